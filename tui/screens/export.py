"""Take highlights away: which of them, in which format, and where to."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from textual import on, work
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.message import Message
from textual.screen import ModalScreen
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option
from textual.worker import get_current_worker

from tui.core.cleaning import clean
from tui.core.notebook.destinations import shown_path, suggested_path, typed_path
from tui.core.notebook.exports.folders import ThereAlreadyError, export_to
from tui.core.notebook.exports.previews import preview_of, said_of
from tui.core.notebook.exports.table import export, formats
from tui.core.notebook.exports.values import ExportSettings, Format
from tui.core.notebook.values import Highlight
from tui.errors import PullquoteError
from tui.paths import STYLES
from tui.widgets.hints import Hints
from tui.widgets.keys import app_bindings, bindings
from tui.widgets.path_field import PathField
from tui.widgets.wrapping import cut

NAME_CELLS = 16
"""For the names of the formats."""


@dataclass(frozen=True, slots=True)
class Scope:
    """Some highlights that can be taken away together."""

    name: str
    read: Callable[[], Sequence[Highlight]]
    """Returns them; called in a thread."""


@dataclass(frozen=True, slots=True)
class Taken:
    """What came of it: a text for the clipboard, or something that was written."""

    text: str = ""
    said: str = ""
    """What was written, in a sentence."""

    folder: Path | None = None
    """Where that is."""


@dataclass
class ScopeRead(Message):
    """The highlights of a scope are known."""

    number: int
    highlights: Sequence[Highlight]


@dataclass
class PreviewMade(Message):
    """The beginning of what would be written, or why it can't be."""

    text: str
    is_problem: bool = False


@dataclass
class Done(Message):
    """It was taken away."""

    taken: Taken


@dataclass
class Refused(Message):
    """It could not be taken away."""

    reason: str
    is_there: bool = False
    """Because a file is there already."""


@dataclass(slots=True)
class Choice:
    """What was chosen so far."""

    scope: int = 0
    known: dict[int, Sequence[Highlight]] = field(default_factory=dict)
    """The highlights of the scopes that were read."""

    suggested: str = ""
    """The path that stands there until somebody types another one."""

    may_overwrite: bool = False
    """Whether somebody was told what is there already, and has changed nothing since."""


class ExportScreen(ModalScreen[Taken | None]):
    """Returns what came of it, or None."""

    BINDINGS = [*bindings("Export"), *app_bindings("Everywhere")]
    CSS_PATH = STYLES / "export.tcss"
    AUTO_FOCUS = "OptionList"

    def __init__(self, scopes: Sequence[Scope], settings: ExportSettings, folder: Path) -> None:
        """Offer scopes and formats.

        Args:
            scopes: At least one, the likeliest first.
            settings: What the user chose about exports.
            folder: Where to, unless another path is typed.
        """
        super().__init__()
        self.scopes = scopes
        self.settings = settings
        self.folder = folder
        self.formats = formats(settings)
        self.choice = Choice()
        self.names = OptionList(
            *(Option(Content(cut(one.label, NAME_CELLS))) for one in self.formats), markup=False, compact=True
        )
        self.scope_line = Static("", id="scopes", markup=False)
        self.about = Static("", id="about", markup=False)
        self.preview = Static("", id="preview", markup=False)
        self.path_field = PathField(compact=True, select_on_focus=False)
        self.path_field.on_left = self._back_to_formats
        self.said = Static("", id="said", markup=False)
        self.hints = Hints("Export", id="hints")

    def compose(self) -> ComposeResult:
        """Which on top, the formats with a preview, where to at the bottom."""
        with Vertical(id="panel"):
            yield self.scope_line
            with Horizontal(id="formats"):
                yield self.names
                with VerticalScroll(id="preview-pane", can_focus=False):
                    yield self.about
                    yield self.preview
            with Horizontal(id="to"):
                yield Static("to ", id="to-label", markup=False)
                yield self.path_field
            yield self.said
        yield self.hints

    def on_mount(self) -> None:
        """Read what the first scope holds."""
        self.path_field.cursor_blink = False
        self._show_scopes()
        self._read_scope(self.choice.scope)

    @property
    def format(self) -> Format:
        """The one under the cursor."""
        return self.formats[self.names.highlighted or 0]

    @property
    def highlights(self) -> Sequence[Highlight]:
        """What is to be taken away, as far as it is known."""
        return self.choice.known.get(self.choice.scope, ())

    # Which

    def action_next_scope(self) -> None:
        """Choose the next scope."""
        self._choose_scope(self.choice.scope + 1)

    def action_previous_scope(self) -> None:
        """Choose the scope before."""
        self._choose_scope(self.choice.scope - 1)

    def _choose_scope(self, number: int) -> None:
        self.choice.scope = number % len(self.scopes)
        self._show_scopes()
        self._read_scope(self.choice.scope)

    @work(thread=True, exclusive=True, group="scope", description="scope")
    def _read_scope(self, number: int) -> None:
        known = self.choice.known.get(number)
        highlights = self.scopes[number].read() if known is None else known
        if not get_current_worker().is_cancelled:
            self.post_message(ScopeRead(number, highlights))

    @on(ScopeRead)
    def _take_scope(self, message: ScopeRead) -> None:
        self.choice.known[message.number] = message.highlights
        self._show_scopes()
        self._look()

    def _show_scopes(self) -> None:
        parts: list[tuple[str, str]] = []
        for number, scope in enumerate(self.scopes):
            known = self.choice.known.get(number)
            count = "" if known is None else f" {len(known):,}"
            style = "$ink bold" if number == self.choice.scope else "$mute"
            parts += [(f"{scope.name}{count}", style), ("   ", "")]
        self.scope_line.update(Content.assemble(*parts))

    # In which format

    @on(OptionList.OptionHighlighted)
    def _look(self) -> None:
        """Show what a format is for, where it would go, and how it looks."""
        self.choice.may_overwrite = False
        chosen = self.format
        self.about.update(Content(chosen.about))
        if self.path_field.value == self.choice.suggested:
            self.choice.suggested = shown_path(suggested_path(self.folder, chosen))
            self.path_field.value = self.choice.suggested
        if self.choice.scope in self.choice.known:
            self._preview(chosen, self.highlights)

    @work(thread=True, exclusive=True, group="preview", description="preview")
    def _preview(self, format: Format, highlights: Sequence[Highlight]) -> None:
        try:
            made = PreviewMade(preview_of(highlights, format, self.settings))
        except PullquoteError as error:
            made = PreviewMade(str(error), is_problem=True)
        if not get_current_worker().is_cancelled:
            self.post_message(made)

    @on(PreviewMade)
    def _show_preview(self, message: PreviewMade) -> None:
        self.preview.update(Content(message.text))
        self.preview.set_class(message.is_problem, "-problem")
        self.query_one("#preview-pane", VerticalScroll).scroll_home(animate=False)

    def action_next_format(self) -> None:
        """Show the next format."""
        self.names.action_cursor_down()

    def action_previous_format(self) -> None:
        """Show the format before."""
        self.names.action_cursor_up()

    # Where to

    @on(OptionList.OptionSelected)
    def action_confirm(self) -> None:
        """Go on to where it is written."""
        self.path_field.focus()
        self.path_field.cursor_position = len(self.path_field.value)

    def _back_to_formats(self) -> None:
        self.set_focus(self.names)

    @on(Input.Changed)
    def _take_path(self) -> None:
        self.choice.may_overwrite = False
        self._say("")

    @on(Input.Submitted)
    def _write_there(self) -> None:
        text = clean(self.path_field.value).text.strip()
        if not text:
            self._say("Say where to: a file, or a folder")
        elif self._has_some():
            self._write(text, self.format, self.highlights, overwrite=self.choice.may_overwrite)

    def action_copy(self) -> None:
        """Copy it instead."""
        if self.format.is_binary:
            self._say(f"{self.format.label} is no text: it can only be written")
        elif self._has_some():
            self._take_text(self.format, self.highlights)

    def _has_some(self) -> bool:
        if not self.highlights:
            is_known = self.choice.scope in self.choice.known
            self._say("There are no highlights to take away" if is_known else "Reading the notebook …")
        return bool(self.highlights)

    @work(thread=True, exclusive=True, group="taking", description="taking")
    def _write(self, text: str, format: Format, highlights: Sequence[Highlight], *, overwrite: bool) -> None:
        path = typed_path(text)
        try:
            exported = export_to(path, highlights, format, self.settings, overwrite=overwrite)
        except ThereAlreadyError as error:
            self.post_message(Refused(f"{error}; Enter again replaces it", is_there=True))
        except PullquoteError as error:
            self.post_message(Refused(str(error)))
        else:
            folder = path if path.is_dir() else path.parent
            self.post_message(Done(Taken(said=said_of(exported, path), folder=folder)))

    @work(thread=True, exclusive=True, group="taking", description="taking")
    def _take_text(self, format: Format, highlights: Sequence[Highlight]) -> None:
        try:
            made = export(highlights, format, self.settings)
        except PullquoteError as error:
            self.post_message(Refused(str(error)))
        else:
            self.post_message(Done(Taken(text=str(made))))

    @on(Done)
    def _leave(self, message: Done) -> None:
        self.dismiss(message.taken)

    @on(Refused)
    def _say_refused(self, message: Refused) -> None:
        self.choice.may_overwrite = message.is_there
        self._say(message.reason)

    def _say(self, words: str) -> None:
        self.said.update(Content(words))

    def on_descendant_focus(self) -> None:
        """Show the keys of what has the focus."""
        self.hints.show("Export to" if self.path_field.has_focus else "Export")

    def action_close(self) -> None:
        """Take nothing away."""
        self.dismiss(None)
