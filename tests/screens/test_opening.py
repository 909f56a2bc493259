"""Opening links: which one, by a label, by the time; where no browser is, it is copied."""

import pytest
from textual.pilot import Pilot

import tui.core.browsing
from tests.making import episode, paragraph, section
from tests.screens.reading import lines, reading
from tui.app import PullquoteApp
from tui.core.browsing import Opening
from tui.core.clipboard import Outcome
from tui.core.episode import Block, BlockKind, Span, SpanKind
from tui.taking import CopyDone

VIDEO = "https://www.youtube.com/watch?v=abc"


def linked(text: str, words: str, url: str) -> Block:
    start = text.index(words)
    return paragraph(text, spans=(Span(start, start + len(words), SpanKind.LINK, url),))


REPORT = linked("Read the harbour report. It is long.", "harbour report", "https://example.org/report")
LOG = linked("Then read the log of the dredgers, too.", "log", "https://example.org/log")
ONE = episode(section(0, "Silt", REPORT, "Nothing else is linked. " * 90, LOG))
TWO = episode(section(0, "Silt", REPORT, LOG))
TIMED = episode(
    section(
        0,
        "Silt",
        Block(BlockKind.BULLET, "How it arrives", 1, start_s=12.0),
        Block(BlockKind.BULLET, "12:34 What the dredger does", 1, start_s=754.0),
        paragraph("Who pays? Nobody does.", speaker="Host", start_s=800.0),
        REPORT,
        start_s=5.0,
    ),
    url=VIDEO,
)


class Opened(list[str]):
    """What was opened or copied, in order."""


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> Opened:
    """Stands in for the browser and the clipboard."""
    taken = Opened()

    def open_link(url: str) -> Opening:
        taken.append(f"open {url}")
        return Opening(is_open=True, message=f"Opening {url}")

    def copy(self: PullquoteApp, text: str, instead: str = "") -> None:
        taken.append(f"copy {text}")
        outcome = Outcome("test", known=True, characters=len(text), message="Copied")
        self.post_message(CopyDone(text, outcome, instead))

    monkeypatch.setattr(tui.core.browsing, "open_link", open_link)
    monkeypatch.setattr(PullquoteApp, "_copy", copy)
    return taken


async def settled(pilot: Pilot[None]) -> None:
    await pilot.app.workers.wait_for_complete()
    await pilot.pause()


async def test_the_only_link_in_sight_is_opened_at_once(opened: Opened) -> None:
    async with reading(ONE) as (pilot, screen):
        await pilot.press("O")
        await settled(pilot)
        assert opened == ["open https://example.org/report"]
        assert [note.message for note in screen.app._notifications] == ["Opening https://example.org/report"]


async def test_labels_choose_among_several_and_move_nothing(opened: Opened) -> None:
    async with reading(TWO) as (pilot, screen):
        before = lines(screen)
        await pilot.press("O")
        assert opened == []
        during = lines(screen)
        assert [len(line) for line in during] == [len(line) for line in before]
        assert any("Read the aarbour report." in line for line in during)
        await pilot.press("s")
        await settled(pilot)
        assert opened == ["open https://example.org/log"]
        assert lines(screen) == before


async def test_a_capital_copies_the_link_and_escape_does_nothing(opened: Opened) -> None:
    async with reading(TWO) as (pilot, screen):
        await pilot.press("O", "escape")
        assert not screen.is_labelling
        await pilot.press("O", "A")
        await settled(pilot)
        assert opened == ["copy https://example.org/report"]


async def test_times_lead_to_the_episode_at_that_time(opened: Opened) -> None:
    async with reading(TIMED) as (pilot, screen):
        await pilot.press("O")
        shown = [line for line in lines(screen) if line]
        assert any(line.endswith("Silt  a:05") for line in shown)
        assert "• How it arrives  s:12" in shown
        assert "• d2:34 What the dredger does" in shown
        assert "Host  f3:20" in shown
        for label, second in (("a", 5), ("s", 12), ("d", 754), ("f", 800)):
            await pilot.press("escape", "O", label)
            await settled(pilot)
            assert opened[-1] == f"open {VIDEO}&t={second}s"


async def test_the_link_of_a_selected_sentence_else_its_time(opened: Opened) -> None:
    async with reading(TIMED) as (pilot, _):
        await pilot.press("v", "j", "j", "O")
        await settled(pilot)
        assert opened == [f"open {VIDEO}&t=800s"]
        await pilot.press("v", "j", "j", "j", "j", "O")
        await settled(pilot)
        assert opened[1:] == ["open https://example.org/report"]


async def test_without_a_link_in_sight_the_episode_itself_is_opened(opened: Opened) -> None:
    async with reading(episode(section(0, "Silt", "The river."), url="https://example.org/7")) as (pilot, _):
        await pilot.press("O")
        await settled(pilot)
    async with reading(episode(section(0, "Silt", "The river."))) as (pilot, screen):
        await pilot.press("O")
        await settled(pilot)
        assert [note.message for note in screen.app._notifications] == ["There is no link here"]
    assert opened == ["open https://example.org/7"]


async def test_what_is_no_address_of_the_web_is_not_offered(opened: Opened) -> None:
    wrong = linked("A local file.", "local", "file:///etc/passwd")
    async with reading(episode(section(0, "Silt", wrong), url="javascript:alert(1)")) as (pilot, screen):
        await pilot.press("O")
        await settled(pilot)
        assert [note.message for note in screen.app._notifications] == ["There is no link here"]
    assert opened == []


async def test_where_no_browser_is_the_link_is_copied(
    opened: Opened, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        tui.core.browsing, "open_link", lambda _: Opening(is_open=False, message="No browser")
    )
    async with reading(ONE) as (pilot, screen):
        await pilot.press("O")
        await settled(pilot)
        assert opened == ["copy https://example.org/report"]
        assert [note.message for note in screen.app._notifications] == [
            "No browser, so the link is copied: Copied"
        ]


async def test_a_click_with_ctrl_opens_and_one_without_does_not(opened: Opened) -> None:
    async with reading(TIMED) as (pilot, screen):
        y = next(y for y, line in enumerate(lines(screen)) if "harbour report" in line)
        link = (screen.page.margin + len("Read the h"), y)
        await pilot.click(screen.page, offset=link)
        await pilot.click(screen.page, offset=(screen.page.margin, y), control=True)
        await settled(pilot)
        assert opened == []
        await pilot.click(screen.page, offset=link, control=True)
        host = next(y for y, line in enumerate(lines(screen)) if line.startswith("Host"))
        await pilot.click(screen.page, offset=(screen.page.margin + len("Host  1"), host), control=True)
        await settled(pilot)
        assert opened == ["open https://example.org/report", f"open {VIDEO}&t=800s"]


async def test_a_link_over_two_lines_has_one_label(opened: Opened) -> None:
    words = "a report that goes on and on until it needs a second line of the page to be told"
    several = episode(section(0, "Silt", linked(f"Read {words}.", words, "https://example.org/r"), LOG))
    async with reading(several, size=(50, 20)) as (pilot, screen):
        await pilot.press("O")
        assert sorted(screen._labelled) == ["a", "s"]
