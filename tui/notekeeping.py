"""The notebook: what the reader marks is kept while they read, and what became of it is said."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rich.console import RenderableType
from textual import on, work
from textual.app import App
from textual.message import Message
from textual.screen import Screen

from tui.messages import (
    BookmarkChosen,
    ChangeAsked,
    HighlightChosen,
    NoteAsked,
    NotebookChanged,
    ReattachAsked,
    RedoAsked,
    TagsAsked,
    UndoAsked,
)
from tui.screens.reader.screen import ReaderScreen
from tui.widgets.hints import Hints

if TYPE_CHECKING:
    from tui.core.notebook.changes import Change
    from tui.core.notebook.news import News
    from tui.core.notebook.notebook import Notebook
    from tui.core.notebook.states import States
    from tui.core.notebook.values import Highlight, Reading
    from tui.screens.library import LibraryScreen
    from tui.screens.note import NoteScreen
    from tui.screens.tags import TagsScreen


class NewsHeard(Message):
    """The notebook has told something."""

    def __init__(self, news: "News") -> None:
        super().__init__()
        self.news = news


class TagsCounted(Message):
    """It is known how often each tag is used."""

    def __init__(self, panel: "TagsScreen", counts: Mapping[str, int]) -> None:
        super().__init__()
        self.panel = panel
        self.counts = counts


class ReadingsRead(Message):
    """It is known how far the reader is in every episode."""

    def __init__(self, readings: "Mapping[Path, Reading]") -> None:
        super().__init__()
        self.readings = readings


class Notekeeping(App[None]):
    """The part of the application that keeps the notebook."""

    folder: Path
    reader: ReaderScreen | None
    shelf: "LibraryScreen | None"

    writing: "NoteScreen | None" = None
    """The note that is being written."""

    not_kept = ""
    """Why something waits to be kept; empty if nothing does."""

    is_warned = False
    """Whether the reader was told, on leaving, that something waits."""

    @cached_property
    def notebook(self) -> "Notebook":
        """The reader's notebook. Not before the first frame: that asks ``core.notebook.first``."""
        from tui.core.notebook.notebook import Notebook

        return Notebook(tell=self._hear)

    def _hear(self, news: "News") -> None:
        """Take news in the notebook's own thread."""
        self.post_message(NewsHeard(news))

    @cached_property
    def _states(self) -> "States":
        from tui.core.notebook.states import States

        return States(self.notebook, self.folder)

    def episodes_in_state(self, name: str) -> frozenset[str]:
        """Return the keys of the library's episodes that are in a state of reading, for its search."""
        return self._states(name)

    def read_readings(self) -> None:
        """Have the library show how far the reader is in its episodes, if it is open."""
        if self.shelf is not None:
            self._read_readings()

    @work(thread=True, exclusive=True, group="readings")
    def _read_readings(self) -> None:
        self.post_message(ReadingsRead(self.notebook.readings()))

    @on(ReadingsRead)
    def _show_readings(self, message: ReadingsRead) -> None:
        if self.shelf is not None and self.shelf.is_mounted:
            self.shelf.show_readings(message.readings)

    def open_at(self, path: Path, then: Callable[[ReaderScreen], None]) -> None:
        """Show an episode, and do something with the reader once it is shown."""
        raise NotImplementedError

    def keep_all(self) -> None:
        """Have kept what the reader did last: before the program ends, however it does."""
        if self.writing is not None:
            self._write(self.writing.highlight, self.writing.note)
            self.writing = None
        if self.reader is not None:
            self.reader.keep_place_now()

    def exit(self, result: None = None, return_code: int = 0, message: RenderableType | None = None) -> None:
        """Leave, with everything kept."""
        self.keep_all()
        super().exit(result, return_code, message)

    def on_unmount(self) -> None:
        """Close the notebook once nothing is asked of it any more."""
        self.keep_all()
        if "notebook" in self.__dict__:
            self.notebook.close()

    def may_leave(self) -> bool:
        """Say whether nothing is lost by leaving; if something is, say so once."""
        if not self.not_kept or self.is_warned:
            return True
        self.is_warned = True
        self.notify(
            f"What you did last is not kept yet: {self.not_kept}. Leaving again leaves without it",
            severity="error",
            markup=False,
        )
        return False

    # Changes

    @on(ChangeAsked)
    def _make_change(self, message: ChangeAsked) -> None:
        self.notebook.make(message.change)

    @on(UndoAsked)
    def _undo(self) -> None:
        said = self.notebook.undo()
        self._say(f"undone: {said}" if said else "nothing to undo")

    @on(RedoAsked)
    def _redo(self) -> None:
        said = self.notebook.redo()
        self._say(f"done again: {said}" if said else "nothing to do again")

    def _say(self, said: str) -> None:
        """Say something in the reader's bar, or on any other screen in a notice."""
        if self.reader is not None and self.screen is self.reader:
            self.reader.tell(said)
        else:
            self.notify(said[:1].upper() + said[1:], markup=False)

    # News

    @on(NewsHeard)
    def _take_news(self, message: NewsHeard) -> None:
        from tui.core.notebook.news import AllKept, ChangedElsewhere, Kept, Told, Waiting

        match message.news:
            case Kept(change):
                self._tell_screens(NotebookChanged, change)
            case Waiting(change, reason):
                self._warn(reason)
                self._tell_screens(partial(NotebookChanged, is_kept=False), change)
            case AllKept():
                self._warn("")
                self._say("all is kept now")
            case ChangedElsewhere():
                self._tell_screens(NotebookChanged, None)
            case Told(said, is_alarm):
                self.notify(said, severity="error" if is_alarm else "information", markup=False)

    def _tell_screens(
        self, make: "Callable[[Change | None], NotebookChanged]", change: "Change | None"
    ) -> None:
        """Tell every screen that is open what has changed."""
        for screen in self._open_screens():
            screen.post_message(make(change))
        self.read_readings()

    def _open_screens(self) -> list[Screen[Any]]:
        """Return the screens that lie upon each other, and the reader below another one."""
        screens: list[Screen[Any]] = list(self.screen_stack)
        if self.reader is not None and self.reader not in screens and self.reader.is_running:
            screens.append(self.reader)
        return screens

    @property
    def warning(self) -> str:
        """What the foot of every screen says while something waits to be kept; else empty."""
        return f"not kept yet: {self.not_kept}" if self.not_kept else ""

    def _warn(self, reason: str) -> None:
        """Say at the foot of every screen why something is not kept, until it is."""
        self.not_kept, self.is_warned = reason, False
        for screen in self._open_screens():
            for hints in screen.query(Hints):
                hints.warn(self.warning)

    # Notes and tags

    @on(NoteAsked)
    async def _ask_note(self, message: NoteAsked) -> None:
        from tui.screens.note import NoteScreen

        self.writing = NoteScreen(message.highlight)
        await self.push_screen(self.writing, partial(self._note_written, message))

    def _note_written(self, asked: NoteAsked, note: str | None) -> None:
        self.writing = None
        if asked.is_new and not note and self.reader is not None:
            self.reader.give_up(asked.highlight)
        else:
            self._write(asked.highlight, note or "")

    def _write(self, highlight: "Highlight", note: str) -> None:
        """Keep a note, if it is another one now."""
        from tui.core.notebook.changes import Change, Edit
        from tui.core.notebook.values import now

        if note != highlight.note:
            said = "note" if note else "note taken away"
            self.notebook.make(
                Change(said, (Edit(highlight, replace(highlight, note=note, modified=now())),))
            )

    @on(TagsAsked)
    async def _ask_tags(self, message: TagsAsked) -> None:
        from tui.screens.tags import TagsScreen

        panel = TagsScreen(message.highlights)
        self._count_tags(panel)
        await self.push_screen(panel, partial(self._tags_given, message.highlights, panel.tags))

    @work(thread=True, group="tags", description="tags")
    def _count_tags(self, panel: "TagsScreen") -> None:
        self.post_message(TagsCounted(panel, self.notebook.tag_counts()))

    @on(TagsCounted)
    def _offer_tags(self, message: TagsCounted) -> None:
        message.panel.offer(message.counts)

    def _tags_given(
        self, highlights: "tuple[Highlight, ...]", before: tuple[str, ...], tags: tuple[str, ...] | None
    ) -> None:
        from tui.core.notebook.changes import Change, Edit
        from tui.core.notebook.tags import changed_tags
        from tui.core.notebook.values import now

        edits = tuple(
            Edit(highlight, replace(highlight, tags=new, modified=now()))
            for highlight in highlights
            if (new := changed_tags(highlight.tags, before, tags or ())) != highlight.tags
        )
        if edits:
            self.notebook.make(Change("tags", edits))

    # Going to what is in the notebook

    @on(HighlightChosen)
    def _go_to_highlight(self, message: HighlightChosen) -> None:
        highlight = message.highlight
        self.open_at(highlight.source.path, lambda reader: reader.show_highlight(highlight))

    @on(BookmarkChosen)
    def _go_to_bookmark(self, message: BookmarkChosen) -> None:
        bookmark = message.bookmark
        self.open_at(bookmark.source.path, lambda reader: reader.show_bookmark(bookmark))

    @on(ReattachAsked)
    def _reattach(self, message: ReattachAsked) -> None:
        highlight = message.highlight
        self.open_at(highlight.source.path, lambda reader: reader.reattach(highlight))
