"""Choose the style of a copy, with the text as it will be pasted; or take an earlier copy again."""

from collections.abc import Sequence
from dataclasses import dataclass

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from tui.core.quotes import Quote, QuoteSettings
from tui.core.styles import render_all, styles
from tui.errors import PullquoteError
from tui.paths import STYLES
from tui.widgets.hints import Hints
from tui.widgets.keys import app_bindings, bindings
from tui.widgets.wrapping import cells, cut

COPY_CELLS = 26
"""For the beginnings of earlier copies; the names of the styles have as many as they need."""

BESIDE_NAMES = 3
"""Cells beside a name, as the sheet has them: a blank on each side, the mark of a list that goes on."""

LONGEST_PREVIEW = 20_000
"""Characters of a copy that are shown; all of it is copied."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One row: a style of the quote, or an earlier copy as it was."""

    name: str
    text: str
    is_problem: bool = False
    """Whether the text says why there is nothing to copy (a template that is wrong)."""


def choices(quotes: Sequence[Quote], settings: QuoteSettings, copies: Sequence[str]) -> list[Choice]:
    """Return all rows: the styles, the default one first, then earlier copies, the last one first."""
    made: list[Choice] = []
    for style in sorted(styles(settings), key=lambda style: style.name != settings.style):
        try:
            made.append(Choice(style.label, render_all(quotes, style.name, settings)))
        except PullquoteError as error:
            made.append(Choice(style.label, str(error), is_problem=True))
    made = [choice for choice in made if choice.text]
    return made + [Choice(cut(f"↺ {' '.join(text.split())}", COPY_CELLS), text) for text in reversed(copies)]


def preview(choice: Choice) -> Content:
    """Return a choice's text as it is shown, the beginning of a very long one."""
    text = choice.text
    if len(text) > LONGEST_PREVIEW:
        text = f"{text[:LONGEST_PREVIEW]}\n… and {len(text) - LONGEST_PREVIEW:,} characters more"
    return Content(text)


class CopyAsScreen(ModalScreen[str | None]):
    """Returns the text to copy, or None."""

    # The app's own too: a modal screen hides them.
    BINDINGS = [*bindings("Copy as"), *app_bindings("Everywhere")]
    CSS_PATH = STYLES / "copyas.tcss"
    AUTO_FOCUS = "OptionList"

    def __init__(self, quotes: Sequence[Quote], settings: QuoteSettings, copies: Sequence[str]) -> None:
        super().__init__()
        self.choices = choices(quotes, settings, copies)
        self.names = OptionList(
            *(Option(Content(choice.name)) for choice in self.choices),
            markup=False,
            compact=True,
        )
        self.names.styles.width = max(cells(choice.name) for choice in self.choices) + BESIDE_NAMES
        # With its first text from the start: one that came during the first layout would get one line.
        self.preview = Static(preview(self.choices[0]), id="preview", markup=False)

    def compose(self) -> ComposeResult:
        """The styles on the left, the text on the right."""
        with Horizontal(id="panel"):
            yield self.names
            with VerticalScroll(id="preview-pane", can_focus=False):
                yield self.preview
        yield Hints("Copy as", id="hints")

    @property
    def chosen(self) -> Choice:
        """The row under the cursor."""
        return self.choices[self.names.highlighted or 0]

    @on(OptionList.OptionHighlighted)
    def _show_preview(self) -> None:
        self.preview.update(preview(self.chosen))
        self.preview.set_class(self.chosen.is_problem, "-problem")
        self.query_one("#preview-pane", VerticalScroll).scroll_home(animate=False)

    @on(OptionList.OptionSelected)
    def _choose(self, event: OptionList.OptionSelected) -> None:
        # Not the row under the cursor: keys typed after Enter may have moved it before this is heard.
        self._take(self.choices[event.option_index])

    def action_take(self) -> None:
        """Copy the text that is shown."""
        self._take(self.chosen)

    def _take(self, choice: Choice) -> None:
        if not choice.is_problem:
            self.dismiss(choice.text)

    def action_next_style(self) -> None:
        """Show the next style."""
        self.names.action_cursor_down()

    def action_previous_style(self) -> None:
        """Show the style before."""
        self.names.action_cursor_up()

    def action_close(self) -> None:
        """Copy nothing."""
        self.dismiss(None)
