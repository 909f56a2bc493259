"""The line at the foot: its words have all the room that is left, and a sign where they are cut."""

from tests.making import episode, paragraph, section
from tests.screens.reading import reading
from tests.screens.settling import wait_for
from tui.widgets.search_bar import RELATED, SearchBar

TALK = episode(section(0, "Talk", paragraph("The ships lie still.")))
LONG = "related to “Limits of LLM scaling, and what may lie beyond them”"


def shown(bar: SearchBar) -> str:
    return bar.query_one("#prompt").render_line(0).text.rstrip()


async def test_what_is_kept_has_the_room_beside_a_count() -> None:
    async with reading(TALK, size=(80, 24)) as (pilot, screen):
        screen.bar.close(LONG, RELATED)
        screen.bar.say("1 / 8")
        await wait_for(pilot, lambda: shown(screen.bar) == LONG)
        screen.bar.say("nothing of the kind is known so far")
        await wait_for(pilot, lambda: shown(screen.bar).endswith("…"))
        assert shown(screen.bar)[:-1] == LONG[: len(shown(screen.bar)) - 1]
        assert len(shown(screen.bar)) >= 80 - 4 - 2 - len(screen.bar.status) - 1


async def test_what_can_be_typed_is_cut_with_a_sign() -> None:
    async with reading(TALK, size=(40, 20)) as (pilot, screen):
        screen.bar.say("moved to “Talk”, 12 words")
        await wait_for(pilot, lambda: shown(screen.bar).startswith("/ find") and shown(screen.bar)[-1] == "…")
        screen.bar.say("")
        await wait_for(pilot, lambda: shown(screen.bar) == "/ find in this episode")
        await pilot.press("slash")
        await wait_for(pilot, lambda: screen.bar._field.placeholder.endswith("…"))
        assert len(screen.bar._field.placeholder) < screen.bar._field.size.width
