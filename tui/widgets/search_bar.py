"""The one line in which everything is typed: finding in the text, filtering a list."""

from collections.abc import Awaitable, Callable
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
from tui.widgets.wrapping import cells

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


FIND_IN_EPISODE = Purpose("find in this episode")
FILTER_SECTIONS = Purpose("filter the outline", has_history=False, takes_patterns=False, table="Filter")
FILTER_HIGHLIGHTS = Purpose(
    "filter: words, #tag, is:favourite, has:note, colour:rose",
    has_history=False,
    takes_patterns=False,
    table="Filter",
)
FILTER_EPISODES = Purpose("filter the episodes", has_history=False, takes_patterns=False, table="Filter")


class Field(Input):
    """The text field; what its keys mean is asked of the bar, at once and in the order they were typed.

    Textual's bindings would hear of Enter only after the next letters were put into the field.
    """

    async def on_key(self, event: events.Key) -> None:
        """Give the key to the bar; it is a letter if the bar has no use for it."""
        bar = self.parent
        if not isinstance(bar, SearchBar):
            return
        taken = await bar.take_key(event)
        if taken:
            event.stop()
        if taken or not bar.is_open:
            event.prevent_default()


class SearchBar(Horizontal):
    """Shows the query and what came of it; a text field only while it is open."""

    key_taker: Callable[[events.Key], Awaitable[bool]] | None = None
    """Is asked about the keys that come after the bar was closed and before the text has the focus."""

    on_kept: Callable[[Query], None] | None = None
    """Is told of the query that the reader stays with. Not by a message: the next key may be waiting."""

    on_clicked: Callable[[], Awaitable[None]] | None = None
    """Is asked to open the bar when it is clicked."""

    on_cancelled: Callable[[], None] | None = None
    """Is told that the reader wants back."""

    def __init__(self, purpose: Purpose = FIND_IN_EPISODE, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.purpose = purpose
        self.history: list[str] = []
        self.is_open = False
        self.is_regex = False
        self._prompt = Static("", id="prompt", markup=False)
        self._answer = Static("", id="status", markup=False)
        self._field = Field(compact=True, select_on_focus=False, max_length=LONGEST_QUERY)
        self._field.cursor_blink = False
        self.status = ""
        """What came of the query, as it is shown."""

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

    async def open(self, purpose: Purpose, text: str = "") -> None:
        """Let the reader type."""
        self.purpose, self.is_open, self.is_regex = purpose, True, False
        self.say("")  # what was said of the last query is not true of this one
        self._at, self._draft = len(self.history), text
        await self.prepare()
        field = self._field
        with self.prevent(Input.Changed):
            field.value = text
        field.placeholder = purpose.placeholder
        field.display = True
        field.cursor_position = len(text)
        # Not by ``focus()``, which waits its turn while letters come in.
        self.screen.set_focus(field)
        self._draw()

    async def on_click(self) -> None:
        """Let the reader type."""
        if not self.is_open and self.on_clicked is not None:
            await self.on_clicked()

    async def prepare(self) -> None:
        """Make the text field, if it is not there yet: the first frame has no time for it."""
        if not self._field.is_attached:
            self._field.display = False
            await self.mount(self._field, after=self._prompt)

    async def take_key(self, event: events.Key) -> bool:
        """Carry out what a key means in the text field; say whether it means anything there."""
        if not self.is_open:
            return self.key_taker is not None and await self.key_taker(event)
        for command in TABLES[self.purpose.table]:
            if event.key in command.key_list:
                return bool(await self.app.run_action(command.action, self))
        return False

    async def type_ahead(self, event: events.Key) -> bool:
        """Take a key that was pressed before the text field had the focus."""
        if await self.take_key(event):
            return True
        if event.is_printable and event.character:
            self._field.insert_text_at_cursor(event.character)
        elif event.key == "backspace":
            self._field.action_delete_left()
        return True

    def close(self, kept: str = "") -> None:
        """Show what is kept of the query, if anything."""
        self.is_open, self._kept = False, kept
        self._field.display = False
        self._draw()

    def say(self, status: str, *, is_alarm: bool = False) -> None:
        """Show what came of the query, at the right."""
        self.status, self._is_alarm = status, is_alarm
        if self.is_mounted:
            self._draw()

    @property
    def text(self) -> str:
        """What is in the text field, without anything that could act on a terminal."""
        return clean(self._field.value).text.replace("\n", " ")

    def _words(self) -> Content:
        if self.is_open:
            return Content.assemble((".* " if self.is_regex else "/ ", "$accent bold"))
        if self._kept:
            return Content.assemble(("/ ", "$accent bold"), (self._kept, "$ink"))
        return Content.assemble((f"/ {self.purpose.placeholder}", "$mute"))

    def _draw(self) -> None:
        # More than a count is said of what was done or chosen: then it has more room.
        room = max(self.size.width // 2 - 3, 0)
        self.set_class(not self.is_open and cells(self.status) > room, "-wordy")
        words = self._words()
        if words != self._shown_words:
            # As wide as its text: a new one needs a new layout, which not every letter may cost.
            self._shown_words = words
            self._prompt.update(words)
        answer = Content.assemble((self.status, "$alarm" if self._is_alarm else "$mute"))
        # Of a fixed width, so that a count that changes with every letter needs no new layout.
        self._answer.update(answer, layout=False)

    def _tell(self) -> None:
        self.post_message(QueryChanged(Query(self.text, self.is_regex)))

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
            self.history = [*(one for one in self.history if one != text), text][-MOST_KEPT:]
        if self.is_open and self.on_kept is not None:
            self.on_kept(Query(text, self.is_regex))

    def action_cancel(self) -> None:
        """Give the query up."""
        if self.is_open and self.on_cancelled is not None:
            self.on_cancelled()

    def action_next(self) -> None:
        """Ask for the next hit."""
        self.post_message(HitAsked(1))

    def action_previous(self) -> None:
        """Ask for the hit before."""
        self.post_message(HitAsked(-1))

    def action_older(self) -> None:
        """Take up an earlier search; in a list, ask for the row above."""
        self._recall(-1)

    def action_newer(self) -> None:
        """Take up a later search; in a list, ask for the row below."""
        self._recall(1)

    def _recall(self, step: int) -> None:
        if not self.purpose.has_history:
            self.post_message(HitAsked(step))
            return
        if self._at == len(self.history):
            self._draft = self.text
        at = self._at + step
        if 0 <= at <= len(self.history):
            self._at = at
            field = self._field
            field.value = self.history[at] if at < len(self.history) else self._draft
            field.cursor_position = len(field.value)

    def action_toggle_regex(self) -> None:
        """Take the words as a pattern, or literally again."""
        if self.purpose.takes_patterns:
            self.is_regex = not self.is_regex
            self._draw()
            self._tell()
