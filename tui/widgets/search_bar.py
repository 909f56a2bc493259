"""The one line in which everything is typed: finding in the text or the library, filtering a list."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass

from textual import events
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.content import Content
from textual.widgets import Input, Static

from tui.commands import TABLES
from tui.core.cleaning import clean
from tui.core.finding import LONGEST_QUERY, Query
from tui.messages import HitAsked, QueryChanged
from tui.widgets.line_input import EDITS, LineInput
from tui.widgets.wrapping import cells, cut

MOST_KEPT = 100
"""How many earlier searches are kept."""


@dataclass(frozen=True, slots=True)
class Purpose:
    """What the line is for just now."""

    placeholder: str
    has_history: bool = True
    """Whether ``up`` and ``down`` go through earlier searches; else they ask for another row."""

    takes_patterns: bool = True

    table: str = "Find"
    """The table of commands whose keys work meanwhile."""

    sign: str = "/ "
    """Stands before what is typed."""


FIND_IN_EPISODE = Purpose("find in this episode")
SEARCH_LIBRARY = Purpose("search the library", takes_patterns=False, table="Search", sign="library / ")
RELATED = Purpose("", has_history=False, takes_patterns=False, table="Related", sign="")
FILTER_SECTIONS = Purpose("filter the outline", has_history=False, takes_patterns=False, table="Filter")
FILTER_HIGHLIGHTS = Purpose(
    "filter: words, #tag, is:favourite, has:note, colour:rose",
    has_history=False,
    takes_patterns=False,
    table="Filter",
)
FILTER_EPISODES = Purpose("filter the episodes", has_history=False, takes_patterns=False, table="Filter")


class Field(LineInput):
    """The text field; its keys are carried out by the screen, at once and in the order they were typed.

    Textual's bindings would hear of Enter, or ctrl+u, only after the next letters were put into the field.
    """

    async def on_key(self, event: events.Key) -> None:
        """Give the key to whoever takes it."""
        bar = self.parent
        if not isinstance(bar, SearchBar) or bar.key_taker is None:
            return
        taken = await bar.key_taker(event)
        if taken:
            event.stop()
        if taken or not bar.is_open:
            event.prevent_default()


class SearchBar(Horizontal):
    """Shows the query and what came of it; a text field only while it is open."""

    key_taker: Callable[[events.Key], Awaitable[bool]] | None = None
    """Is asked about every key of the text field, and gives it back (``type_in``) if the bar is open."""

    on_kept: Callable[[Query], None] | None = None
    """Is told of the query that the reader stays with. Not by a message: the next key may be waiting."""

    on_stepped: Callable[[int], None] | None = None
    """Is told to go to the next hit (1) or the one before (-1); without it, a message is posted."""

    on_clicked: Callable[[], Awaitable[None]] | None = None
    """Is asked to open the bar when it is clicked."""

    on_cancelled: Callable[[], None] | None = None
    """Is told that the reader wants back."""

    def __init__(self, purpose: Purpose = FIND_IN_EPISODE, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.purpose = purpose
        self.histories: dict[str, list[str]] = {}
        """Earlier searches, the latest last, by the table of their purpose."""

        self.is_open = False
        self.is_regex = False
        self._prompt = Static("", id="prompt", markup=False)
        self._answer = Static("", id="status", markup=False)
        self._field = Field(compact=True, select_on_focus=False, max_length=LONGEST_QUERY)
        self._field.cursor_blink = False
        self._answers: Sequence[str] = ("",)
        """What came of the query, in words and in fewer of them."""

        self._answer_cells = 0
        self._is_alarm = False
        self._kept = ""
        """What the closed bar shows."""

        self._at = 0
        """Index in the history; its length is the query being typed."""

        self._draft = ""
        self._shown_words: Content | None = None

    def compose(self) -> ComposeResult:
        """A sign, (once it is needed) a text field, and what came of it."""
        yield self._prompt
        yield self._answer

    def on_mount(self) -> None:
        """Say what can be typed here."""
        self._draw()

    async def open(self, purpose: Purpose, text: str = "", *, replaces: bool = False) -> None:
        """Let the reader type.

        Args:
            purpose: What for.
            text: What is typed already.
            replaces: The first letter takes the place of that.
        """
        self.is_open = True
        self._set_purpose(purpose, text)
        await self.prepare()
        field = self._field
        with self.prevent(Input.Changed):
            field.value = text
        field.display = True
        field.cursor_position = len(text)
        if replaces:
            field.select_all()
        # Not by ``focus()``, which waits its turn while letters come in.
        self.screen.set_focus(field)
        self._draw()

    def change_purpose(self, purpose: Purpose) -> None:
        """Let the reader go on typing, for another purpose."""
        self._set_purpose(purpose, self.text)
        self._draw()

    def _set_purpose(self, purpose: Purpose, text: str) -> None:
        self.purpose, self.is_regex = purpose, False
        self.say("")  # what was said of the last query is not true of this one
        self._at, self._draft = len(self.history), text

    @property
    def history(self) -> list[str]:
        """Earlier searches of this purpose, the latest last."""
        return self.histories.get(self.purpose.table, [])

    def add_history(self, purpose: Purpose, texts: Sequence[str]) -> None:
        """Take in searches of another day, the latest last."""
        known = self.histories.get(purpose.table, [])
        self.histories[purpose.table] = [*(text for text in texts if text not in known), *known]
        if purpose is self.purpose:
            self._at += len(self.history) - len(known)

    async def on_click(self) -> None:
        """Let the reader type."""
        if not self.is_open and self.on_clicked is not None:
            await self.on_clicked()

    async def prepare(self) -> None:
        """Make the text field, if it is not there yet: the first frame has no time for it."""
        if not self._field.is_attached:
            self._field.display = False
            await self.mount(self._field, after=self._prompt)

    async def type_in(self, event: events.Key) -> bool:
        """Carry out a key, or put its letter into the text field; say whether that is all that was to do."""
        for command in TABLES[self.purpose.table]:
            if event.key in command.key_list:
                return await self._carry_out(command.action)
        field = self._field
        edit = EDITS.get(event.key)
        if edit is not None:
            await self.app.run_action(edit, field)
        elif event.is_printable and event.character:
            field.replace(event.character, *field.selection)
        elif field.has_focus:
            return False
        return True

    async def _carry_out(self, action: str) -> bool:
        """Carry out a command, or have the screen do it."""
        return bool(await self.app.run_action(action, self) or await self.app.run_action(action, self.screen))

    def close(self, kept: str = "", purpose: Purpose | None = None) -> None:
        """Show what is kept of the query, if anything.

        Args:
            kept: The query.
            purpose: What it was for.
        """
        self.purpose = purpose or self.purpose
        self.is_open, self._kept = False, kept
        self._field.display = False
        self._draw()

    def say(self, *answers: str, is_alarm: bool = False) -> None:
        """Show what came of the query, at the right: the first of several wordings that fits."""
        self._answers, self._is_alarm = answers, is_alarm
        if self.is_mounted:
            self._draw()

    @property
    def status(self) -> str:
        """What came of the query, in the most words."""
        return self._answers[0]

    def on_resize(self) -> None:
        """Say it in as many words as fit."""
        self._draw()

    @property
    def text(self) -> str:
        """What is in the text field, without anything that could act on a terminal."""
        return clean(self._field.value).text.replace("\n", " ")

    def _words(self) -> Content:
        if self.is_open:
            return Content.assemble((".* " if self.is_regex else self.purpose.sign, "$accent bold"))
        if self._kept:
            return Content.assemble((self.purpose.sign, "$accent bold"), (self._kept, "$ink"))
        return Content.assemble((f"/ {self.purpose.placeholder}", "$mute"))

    def _draw(self) -> None:
        self.set_class(not self.is_open, "-closed")
        words = self._words()
        if words != self._shown_words:
            # As wide as its text: a new one needs a new layout, which not every letter may cost.
            self._shown_words = words
            self._prompt.update(words)
        room = self.content_size.width // 2  # as the sheet has it
        said = next((words for words in self._answers if cells(words) <= room), self._answers[-1])
        answer = Content.assemble((said, "$alarm" if self._is_alarm else "$mute"))
        # While nothing is said the words of the closed bar have all the room.
        self._answer.display = self.is_open or bool(said)
        # Of a fixed width while it is open, so that a count that changes with every letter needs no new
        # layout; else the words of the bar have what is left.
        is_as_wide = self.is_open or cells(said) == self._answer_cells
        self._answer_cells = cells(said)
        self._answer.update(answer, layout=not is_as_wide)
        if self.is_open:
            left = self.content_size.width // 2 - words.cell_length  # as the sheet has it
            self._field.placeholder = cut(self.purpose.placeholder, left - 1)

    def _tell(self) -> None:
        self.post_message(QueryChanged(Query(self.text, self.is_regex)))

    def put_text(self, text: str) -> None:
        """Take a text for what is typed."""
        self._field.value = text
        self._field.cursor_position = len(text)

    def on_input_changed(self, event: Input.Changed) -> None:
        """Tell the screen what is looked for now."""
        event.stop()
        if self.is_open:
            self._tell()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Stay at the hit."""
        event.stop()
        self.action_keep()

    def action_keep(self) -> None:
        """Stay at the hit, remember the query."""
        text = self.text
        if self.purpose.has_history and text.strip():
            kept = [*(one for one in self.history if one != text), text][-MOST_KEPT:]
            self.histories[self.purpose.table] = kept
        if self.is_open and self.on_kept is not None:
            self.on_kept(Query(text, self.is_regex))

    def action_cancel(self) -> None:
        """Give the query up."""
        if self.is_open and self.on_cancelled is not None:
            self.on_cancelled()

    def action_next(self) -> None:
        """Ask for the next hit."""
        self._step(1)

    def action_previous(self) -> None:
        """Ask for the hit before; on an empty line, take up an earlier search."""
        if self.purpose is SEARCH_LIBRARY and not self.text:
            self._recall(-1)
        else:
            self._step(-1)

    def _step(self, step: int) -> None:
        if self.on_stepped is not None:
            self.on_stepped(step)
        else:
            self.post_message(HitAsked(step))

    def action_older(self) -> None:
        """Take up an earlier search; in a list, ask for the row above."""
        self._recall(-1)

    def action_newer(self) -> None:
        """Take up a later search; in a list, ask for the row below."""
        self._recall(1)

    def _recall(self, step: int) -> None:
        if not self.purpose.has_history:
            self._step(step)
            return
        if self._at == len(self.history):
            self._draft = self.text
        at = self._at + step
        if 0 <= at <= len(self.history):
            self._at = at
            self.put_text(self.history[at] if at < len(self.history) else self._draft)

    def action_toggle_regex(self) -> None:
        """Take the words as a pattern, or literally again."""
        if self.purpose.takes_patterns:
            self.is_regex = not self.is_regex
            self._draw()
            self._tell()
