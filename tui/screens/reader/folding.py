"""Opening and closing folds; a fold that a search looks into is open only while it does."""

from tui.core.episode import Episode, Place
from tui.core.finding import Hits, Query
from tui.core.folds import FoldKey
from tui.screens.reader.finding import Finding


class Folding(Finding):
    """The keys of the folds."""

    def __init__(self, episode: Episode) -> None:
        super().__init__(episode)
        self._opened_before: frozenset[FoldKey] | None = None
        """Which folds were open before the query that is being typed; None while none is."""

    def action_toggle_fold(self) -> None:
        """Open the fold nearest the reading position, or close it."""
        fold = self.page.near_fold
        if fold is None:
            self.notify("Nothing is folded here", markup=False)
        else:
            self.page.toggle_fold(fold)

    def action_unfold_all(self) -> None:
        """Open all folds; close them if all are open."""
        folds = list(self.page.folds.all)
        if folds:
            is_closed = [not self.page.folds.is_open(fold) for fold in folds]
            self.page.set_folds(folds, is_open=any(is_closed))
        else:
            self.notify("Nothing is folded in this episode", markup=False)

    # While a query is typed, the fold with the hit of each letter is open, and closed again after it.

    def _episode_changed(self, *, is_another: bool) -> None:
        if is_another:
            self._opened_before = None
        super()._episode_changed(is_another=is_another)

    def _begin_find(self) -> None:
        self._opened_before = frozenset(self.page.folds.state.opened)
        super()._begin_find()

    def _take_hits(self, hits: Hits, origin: Place | None) -> None:
        if origin is not None and self._opened_before is not None:
            current = hits.first_from(origin)
            fold = self.page.folds.at(hits.place(current)) if current is not None else None
            self.page.open_only(self._opened_before | ({fold.key} if fold is not None else set()))
        super()._take_hits(hits, origin)

    def _keep_query(self, query: Query) -> None:
        super()._keep_query(query)
        self._opened_before = None

    def _cancel_query(self) -> None:
        if self._opened_before is not None:
            self.page.open_only(self._opened_before)
            self._opened_before = None
        super()._cancel_query()
