"""Choose whose words are shown: everyone's, or one speaker's."""

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from tui.core.speakers import Speaker
from tui.paths import STYLES
from tui.widgets.hints import Hints
from tui.widgets.keys import app_bindings, bindings
from tui.widgets.page_view import SPEAKER_INKS
from tui.widgets.wrapping import cells, cut

NAME_CELLS = 30
"""The widest a name is shown."""

EVERYONE = "everyone"


class SpeakersScreen(ModalScreen[str | None]):
    """Returns the name of a speaker, nothing for everyone, None to leave all as it is."""

    # The app's own too: a modal screen hides them.
    BINDINGS = [*bindings("Speakers"), *app_bindings("Everywhere")]
    CSS_PATH = STYLES / "speakers.tcss"
    AUTO_FOCUS = "OptionList"

    def __init__(self, speakers: tuple[Speaker, ...], only: str | None) -> None:
        """Take the speakers in the order in which they appear, and who is shown alone now."""
        super().__init__()
        ranked = sorted(speakers, key=lambda speaker: -speaker.words)
        self.chosen_names = ["", *(speaker.name for speaker in ranked)]
        """What each row stands for."""

        self.names = OptionList(*map(Option, rows(speakers, ranked)), markup=False, compact=True)
        self.names.highlighted = self.chosen_names.index(only or "")

    def compose(self) -> ComposeResult:
        """The names, each with its share of the words."""
        with Vertical(id="panel"):
            yield self.names
        yield Hints("Speakers", id="hints")

    @on(OptionList.OptionSelected)
    def _choose(self, event: OptionList.OptionSelected) -> None:
        self.dismiss(self.chosen_names[event.option_index])

    def action_choose(self) -> None:
        """Show only the words of the speaker under the cursor."""
        self.dismiss(self.chosen_names[self.names.highlighted or 0])

    def action_next_speaker(self) -> None:
        """Go to the next speaker."""
        self.names.action_cursor_down()

    def action_previous_speaker(self) -> None:
        """Go to the speaker before."""
        self.names.action_cursor_up()

    def action_first_speaker(self) -> None:
        """Go to everyone."""
        self.names.action_first()

    def action_last_speaker(self) -> None:
        """Go to the last speaker."""
        self.names.action_last()

    def action_close(self) -> None:
        """Leave all as it is."""
        self.dismiss(None)


def rows(speakers: tuple[Speaker, ...], ranked: list[Speaker]) -> list[Content]:
    """Return what the rows say: everyone, then each speaker in the colour that the page gives the name."""
    order = {speaker.name: number for number, speaker in enumerate(speakers)}
    total = max(sum(speaker.words for speaker in speakers), 1)
    names = [cut(speaker.name, NAME_CELLS) for speaker in ranked]
    width = max(map(cells, [EVERYONE, *names]))
    made = [Content.assemble((EVERYONE, "$ink"))]
    for speaker, name in zip(ranked, names, strict=True):
        ink = SPEAKER_INKS[order[speaker.name] % len(SPEAKER_INKS)]
        turns = f"{speaker.turns:,} {'turn' if speaker.turns == 1 else 'turns'}"
        said = f"{100 * speaker.words / total:5.0f} %   {turns}"
        made.append(Content.assemble((name, f"${ink} bold"), " " * (width - cells(name)), (said, "$soft")))
    return made
