"""Give highlights tags, completed from those that are in use."""

from collections.abc import Mapping

from textual import events, on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.suggester import Suggester
from textual.widgets import Input, Static

from tui.commands import TABLES
from tui.core.notebook.tags import LONGEST, offered, tag_of, with_tag
from tui.core.notebook.values import Highlight
from tui.paths import STYLES
from tui.widgets.hints import Hints
from tui.widgets.keys import app_bindings, bindings
from tui.widgets.line_input import LineInput

MOST_SHOWN = 8
"""How many tags are offered in sight."""


class TagSuggester(Suggester):
    """Completes what is typed to the likeliest tag that begins with it."""

    def __init__(self, panel: "TagsScreen") -> None:
        super().__init__(use_cache=False, case_sensitive=True)
        self._panel = panel

    async def get_suggestion(self, value: str) -> str | None:
        """Return what is typed with the rest of a tag."""
        rest = self._panel.rest_of(value)
        return value + rest if rest else None


class TagField(LineInput):
    """The line for a tag; what its keys mean is asked of the panel, in the order they were typed."""

    async def on_key(self, event: events.Key) -> None:
        """Give the panel the keys that are its own."""
        panel = self.screen
        if not isinstance(panel, TagsScreen):
            return
        for command in TABLES["Tags"]:
            if event.key in command.key_list and (command.action != "take_last" or not self.value):
                event.stop()
                event.prevent_default()
                await self.app.run_action(command.action, panel)
                return


class TagsScreen(ModalScreen[tuple[str, ...]]):
    """Returns the tags. However it is left, what was given is kept: the change can be taken back."""

    # The app's own too: a modal screen hides them.
    BINDINGS = [*bindings("Tags"), *app_bindings("Everywhere")]
    CSS_PATH = STYLES / "tags.tcss"
    AUTO_FOCUS = "Input"

    def __init__(self, highlights: tuple[Highlight, ...]) -> None:
        super().__init__()
        first, *others = highlights
        self.tags = tuple(tag for tag in first.tags if all(tag in one.tags for one in others))
        """Those that all have."""

        self._counts: Mapping[str, int] = {}
        """How often each tag is used."""

        words = " ".join(first.text.split())
        self._about = words if not others else f"{len(highlights):,} highlights"
        self.field = TagField(
            compact=True, max_length=LONGEST, suggester=TagSuggester(self), placeholder="a tag"
        )
        self.field.cursor_blink = False

    def compose(self) -> ComposeResult:
        """What the tags are given to, the tags, the line for another one, those that it may become."""
        with Vertical(id="panel"):
            yield Static(Content(self._about), id="about", markup=False)
            yield Static(self._given(), id="given", markup=False)
            yield self.field
            yield Static(self._offered(), id="offered", markup=False)
        yield Hints("Tags", id="hints")

    def on_mount(self) -> None:
        """Show no hints of keys that are letters here."""
        self.query_one(Hints).show("Tags", typing=True)

    def offer(self, counts: Mapping[str, int]) -> None:
        """Complete to tags that are in use, given how often each is."""
        self._counts = counts
        if self.is_mounted:
            self._show_offered()

    def _given(self) -> Content:
        if not self.tags:
            return Content.styled("no tags yet", "$mute")
        return Content("  ").join(Content.styled(f"#{tag}", "$accent") for tag in self.tags)

    def _offered(self) -> Content:
        found = offered(self.field.value, self._counts, self.tags)[:MOST_SHOWN]
        parts = [Content.assemble((tag, "$soft"), (f" {self._counts[tag]:,}", "$mute")) for tag in found]
        return Content("   ").join(parts)

    def rest_of(self, typed: str) -> str:
        """Return the rest of the likeliest tag that begins with what is typed; nothing without one."""
        if not tag_of(typed):
            return ""
        found = offered(typed, self._counts, self.tags)
        beginning = typed.lstrip().lstrip("#")
        tag = next((tag for tag in found if tag.casefold().startswith(beginning.casefold())), "")
        return tag[len(beginning) :]

    @on(Input.Changed)
    def _show_offered(self) -> None:
        self.query_one("#given", Static).update(self._given())
        self.query_one("#offered", Static).update(self._offered())

    def action_complete(self) -> None:
        """Complete the tag; if it is whole, add it."""
        rest = self.rest_of(self.field.value)
        if rest:
            self.field.value += rest
            self.field.cursor_position = len(self.field.value)
        else:
            self._take()

    def action_add(self) -> None:
        """Add the tag that is typed; if there is none, keep the tags."""
        if tag_of(self.field.value):
            self._take()
        else:
            self.dismiss(self.tags)

    def _take(self) -> None:
        typed = tag_of(self.field.value)
        # As it is in use already, however it was typed.
        known = next((tag for tag in self._counts if tag.casefold() == typed.casefold()), typed)
        self.tags = with_tag(self.tags, known)
        self.field.value = ""
        self._show_offered()

    def action_take_last(self) -> None:
        """Take the last tag away."""
        self.tags = self.tags[:-1]
        self._show_offered()

    def action_close(self) -> None:
        """Keep the tags, the one that is being typed among them."""
        if tag_of(self.field.value):
            self._take()
        self.dismiss(self.tags)
