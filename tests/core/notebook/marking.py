"""Making highlights, bookmarks and places, and hearing what the notebook tells."""

from collections.abc import Callable
from dataclasses import replace
from threading import Condition
from time import monotonic, sleep
from typing import TypeVar

from tui.core.episode import Episode, Place
from tui.core.notebook.changes import Change, Edit
from tui.core.notebook.highlighting import highlight_of
from tui.core.notebook.news import News
from tui.core.notebook.notebook import Notebook
from tui.core.notebook.places import place_anchor
from tui.core.notebook.text import EpisodeText
from tui.core.notebook.values import Bookmark, Highlight, Kept, Reading, ReadingState, Source, new_id
from tui.core.stretches import Stretch

PATIENCE_S = 20.0
"""How long is waited for what should be there at once, in seconds."""

N = TypeVar("N", bound=News)


class Heard:
    """What a notebook told, in order."""

    def __init__(self) -> None:
        self.news: list[News] = []
        self.told = Condition()

    def __call__(self, news: News) -> None:
        with self.told:
            self.news.append(news)
            self.told.notify_all()

    def all(self, kind: type[N]) -> list[N]:
        """Return the news of a kind."""
        with self.told:
            return [news for news in self.news if isinstance(news, kind)]

    def wait(self, kind: type[N], count: int = 1) -> N:
        """Return the last of so many news of a kind, as soon as there are so many."""
        with self.told:
            came = self.told.wait_for(lambda: len(self.all_unlocked(kind)) >= count, PATIENCE_S)
            assert came, f"{kind.__name__} was not told; told was {self.news}"
            return self.all_unlocked(kind)[-1]

    def all_unlocked(self, kind: type[N]) -> list[N]:
        return [news for news in self.news if isinstance(news, kind)]


def stretch_of(episode: Episode, words: str) -> Stretch:
    """Return where words stand in an episode."""
    for section in episode.sections:
        for index, block in enumerate(section.blocks):
            at = block.text.find(words)
            if at >= 0:
                place = Place(section.ordinal, index, at)
                return Stretch(place, replace(place, offset=at + len(words)))
    raise AssertionError(f"there is no {words!r}")


def mark(notebook: Notebook, episode: Episode, words: str) -> Highlight:
    """Highlight words of an episode."""
    made = new_highlight(notebook.of_episode(episode).source, episode, words)
    notebook.make(added(made))
    return made


def new_highlight(source: Source, episode: Episode, words: str) -> Highlight:
    """Return a highlight of words."""
    return highlight_of(episode, stretch_of(episode, words), EpisodeText(episode), source)


def added(thing: Kept) -> Change:
    """Return the change that adds something."""
    return Change("highlight", (Edit(None, thing),))


def changed(before: Kept, after: Kept) -> Change:
    """Return the change of something."""
    return Change("change", (Edit(before, after),))


def removed(thing: Kept) -> Change:
    """Return the change that removes something."""
    return Change("highlight deleted", (Edit(thing, None),))


def bookmark_at(source: Source, episode: Episode, words: str, letter: str = "") -> Bookmark:
    """Return a bookmark where words stand."""
    return Bookmark(
        new_id(), source, place_anchor(EpisodeText(episode), stretch_of(episode, words).start), letter
    )


def reading_at(
    source: Source, episode: Episode, words: str, state: ReadingState = ReadingState.READING
) -> Reading:
    """Return that reading was left where words stand."""
    return Reading(source, state, place_anchor(EpisodeText(episode), stretch_of(episode, words).start), 0.5)


def texts(notebook: Notebook) -> list[str]:
    """Return what is highlighted, in order."""
    return [highlight.text for highlight in notebook.highlights()]


def wait_for(holds: Callable[[], bool]) -> None:
    """Wait until something holds that another thread or process brings about."""
    end = monotonic() + PATIENCE_S
    while not holds():
        assert monotonic() < end, "it does not come about"
        sleep(0.01)
