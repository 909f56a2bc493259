"""Which episode a file of highlights means: one that the notebook knows, one of the library, or none of them.

An episode is known by its content, else by its path, its address on the web, or its title and show.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from functools import cached_property

from tui.core.citations import bare_title
from tui.core.episode import Episode
from tui.core.folding import fold
from tui.core.loading import loaded
from tui.core.notebook.exports.entries import UNTITLED
from tui.core.notebook.imports.values import has_file
from tui.core.notebook.text import EpisodeText
from tui.core.notebook.values import Source
from tui.core.quotes import Quote
from tui.errors import PullquoteError


class Index:
    """Episodes, to be found by what a file tells of one."""

    def __init__(self, sources: Iterable[Source]) -> None:
        self.by: dict[tuple[str, str], list[Source]] = {}
        for source in sources:
            for key in (*keys(source), *title_keys(source)):
                self.by.setdefault(key, []).append(source)

    def find(self, wanted: Source) -> Source | None:
        """Return the episode that is meant; None if none is, or more than one may be."""
        for key in keys(wanted):
            found = self.by.get(key, [])
            same = [source for source in found if title_keys(source) & title_keys(wanted)] or found
            # One address may be that of a whole show.
            if found and (key[0] != "url" or len(same) == 1):
                return same[0]
        named = {
            source.id: source
            for key in title_keys(wanted)
            for source in self.by.get(key, [])
            if same_series(source, wanted)
        }
        return next(iter(named.values())) if len(named) == 1 else None


def keys(source: Source) -> list[tuple[str, str]]:
    """Return what tells an episode from all others, the surest first."""
    told = [
        ("id", source.id),
        ("content", source.content),
        ("path", str(source.path) if has_file(source) else ""),
        ("url", (source.url or "").rstrip("/")),
    ]
    return [(kind, value) for kind, value in told if value]


def title_keys(source: Source) -> set[tuple[str, str]]:
    """Return an episode's title, as it is and without its show."""
    bare = bare_title(Quote("", source.title, source.show, source.number))
    titles = {source.title, bare} - {UNTITLED}
    return {("title", fold(" ".join(title.split())).text) for title in titles}


def same_series(one: Source, other: Source) -> bool:
    """Say whether two episodes may be of one series: each names the other's show or people, or tells none."""
    names, others = series(one), series(other)
    return not names or not others or bool(names & others)


def series(source: Source) -> set[str]:
    """Return the names that files give for a series: its show, or who takes part."""
    return {fold(name).text for name in (source.show or "", *source.people) if name}


@dataclass(slots=True)
class Home:
    """The episode that highlights of a file go to."""

    source: Source
    text: EpisodeText | None = None
    """None where there is no file to look into."""

    is_same: bool = False
    """Whether the file's positions are those of the text."""


class Homes:
    """The episodes that highlights can go to."""

    def __init__(
        self,
        known: Iterable[Source],
        library: Callable[[], Iterable[Source]],
        source_for: Callable[[Episode], Source],
    ) -> None:
        """Name where episodes are looked for.

        Args:
            known: Those of the notebook.
            library: Returns those of the library, which is asked only if it must be.
            source_for: Returns what the notebook knows an episode of the library as.
        """
        known = list(known)
        self.ids = {source.id for source in known}
        self.known = Index(known)
        self.library = library
        self.source_for = source_for

    @cached_property
    def shelf(self) -> Index:
        """The library's episodes."""
        return Index(self.library())

    def find(self, wanted: Source) -> Home:
        """Return where the highlights of an episode go."""
        known = self.known.find(wanted)
        if known is not None and has_file(known):
            return home(known, wanted)
        on_shelf = self.shelf.find(wanted)
        episode = episode_at(on_shelf) if on_shelf else None
        if episode is not None:
            source = self.source_for(episode)
            if not {source.id, wanted.id} & self.ids:
                # New to the notebook: it gets the id that it has elsewhere.
                source = replace(source, id=wanted.id)
            return Home(source, EpisodeText(episode), wanted.content == episode.id)
        return home(known or wanted, wanted)


def home(source: Source, wanted: Source) -> Home:
    """Return an episode with its text, as far as its file is there."""
    episode = episode_at(source)
    if episode is None:
        return Home(source)
    return Home(source, EpisodeText(episode), wanted.content == episode.id)


def episode_at(source: Source) -> Episode | None:
    """Return the episode in a source's file; None if it can't be read any more."""
    if not has_file(source):
        return None
    try:
        return loaded(source.path).episode
    except PullquoteError:
        return None
