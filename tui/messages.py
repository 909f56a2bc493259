"""What widgets tell the screens above them: past participles tell, imperatives ask."""

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from textual.message import Message

from tui.core.episode import Episode, Place
from tui.core.finding import Query

if TYPE_CHECKING:
    from textual.screen import Screen

    from tui.core.notebook.changes import Change
    from tui.core.notebook.values import Bookmark, Highlight
    from tui.core.quotes import Quote
    from tui.core.speakers import Speaker


@dataclass
class TextPointed(Message):
    """The mouse pointed at the text."""

    place: Place

    dragged_from: Place | None
    """Where the button went down, while it is held; None for a click."""

    clicks: int = 1
    """How often in a row."""


@dataclass
class SectionChosen(Message):
    """A section was chosen in the outline."""

    ordinal: int


class OutlineLeft(Message):
    """The reader is done with the outline."""


@dataclass
class QueryChanged(Message):
    """What is looked for has changed; comes with every letter typed."""

    query: Query


@dataclass
class HitAsked(Message):
    """Go to the next hit (1) or the one before (-1) while typing."""

    step: int


class SearcherAsked(Message):
    """Have the library made ready to be searched."""


class LibrarySearchAsked(Message):
    """Let the reader search the whole library; the command that posts it ``opens`` a screen."""


@dataclass
class HitPointed(Message):
    """The mouse pointed at a hit of the library."""

    number: int
    """Its number in the list."""

    is_opened: bool
    """Whether its episode is asked for."""


class PreviewPointed(Message):
    """The mouse pointed at the preview of a hit: its episode is asked for."""


@dataclass
class EpisodeChosen(Message):
    """An episode was chosen in the library."""

    path: Path


@dataclass
class ScreenTried(Message):
    """A command was carried out that brings up another screen, unless there was a reason not to."""

    before: "Screen[Any]"
    """The screen it was given on."""


@dataclass
class FoldAsked(Message):
    """Fold a show in the library's list, or unfold it."""

    show: str
    """As it is sorted by."""

    is_folded: bool


class LeaveAsked(Message):
    """Leave the program, once what was asked for before is done."""


class LibraryAsked(Message):
    """Show the library."""


class LibraryChanged(Message):
    """Files of the library are new, changed or gone."""


class LibraryClosed(Message):
    """Back from the library to the episode that is open."""


@dataclass
class NeighbourAsked(Message):
    """Open the next episode (1) or the one before (-1) of the folder."""

    step: int


@dataclass
class VariantAsked(Message):
    """Show another of the episode's texts."""

    number: int
    """Its index among them."""


@dataclass
class CopyAsAsked(Message):
    """Let the reader choose the style in which a quote is copied."""

    quote: "Quote"
    more: "tuple[Quote, ...]" = ()
    """Those that follow it, where several are copied in one go."""


@dataclass
class CopyAsked(Message):
    """Copy a quote, with its citation."""

    quote: "Quote"
    more: "tuple[Quote, ...]" = ()
    """Those that follow it, where several are copied in one go."""


@dataclass
class LinkAsked(Message):
    """Open an address in the browser."""

    url: str
    is_copied: bool = False
    """Whether it is to be copied instead."""


@dataclass
class SpeakersAsked(Message):
    """Let the reader choose whose words are shown."""

    speakers: "tuple[Speaker, ...]"
    only: str | None
    """The one whose words are shown now; None for everyone."""


@dataclass
class NotebookAsked(Message):
    """Show the notebook."""

    episode: Episode | None
    """The one it is asked for; None for the whole library."""

    place: Place | None = None
    """Where the reader is in it."""

    is_back: bool = False
    """Whether it is to be as it was left."""


@dataclass
class ExportAsked(Message):
    """Let the reader take highlights away: into a file, a folder or the clipboard."""

    selected: "tuple[Highlight, ...]"
    shown: "tuple[Highlight, ...]"
    """What passes the filter, if there is one."""

    episode: Episode | None
    """The one that is open in the reader."""

    is_of_episode: bool
    """Whether only that one's are listed."""


class NotebookClosed(Message):
    """Back from the notebook to the screen it was opened on."""


@dataclass
class HighlightChosen(Message):
    """A highlight was chosen: its episode is to be shown where it stands."""

    highlight: "Highlight"


@dataclass
class BookmarkChosen(Message):
    """A place of another episode was chosen."""

    bookmark: "Bookmark"


@dataclass
class NoteAsked(Message):
    """Let the reader write the note on a highlight."""

    highlight: "Highlight"
    is_new: bool = False
    """Whether it was made for the note: without one it is given up."""


@dataclass
class TagsAsked(Message):
    """Let the reader choose the tags of some highlights."""

    highlights: "tuple[Highlight, ...]"


@dataclass
class ReattachAsked(Message):
    """Let the reader show where a highlight belongs that lost its place."""

    highlight: "Highlight"


@dataclass
class ChangeAsked(Message):
    """Make a change in the notebook."""

    change: "Change"


class UndoAsked(Message):
    """Take back the last change of the notebook."""


class RedoAsked(Message):
    """Make the change again that was taken back last."""


@dataclass
class NotebookChanged(Message):
    """What the notebook holds has changed; told to every screen that is open."""

    change: "Change | None"
    """None if another window has changed something."""

    is_kept: bool = True
    """Whether it is on the disk; else it waits, which is said for as long as it does."""
