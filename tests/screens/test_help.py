"""The help page: what a key does has a column of its own at every width."""

from pathlib import Path

import pytest

from tests.making import episode, paragraph, section
from tui.app import PullquoteApp
from tui.commands import TABLES, display_keys
from tui.screens.help import HelpText
from tui.widgets.wrapping import cells

TALK = episode(section(0, "Talk", paragraph("The ships lie still.")))


@pytest.mark.parametrize(("size", "column"), [((120, 36), 22), ((80, 24), 22), ((50, 20), 2)])
async def test_what_a_key_does_begins_in_the_same_column(size: tuple[int, int], column: int) -> None:
    app = PullquoteApp(Path(), TALK)
    async with app.run_test(size=size) as pilot:
        await pilot.press("question_mark")
        await pilot.pause()
        shown = app.screen.query_one(HelpText)
        lines = [shown.render_line(y).text.rstrip() for y in range(shown.size.height)]
        assert all(cells(line) <= shown.size.width for line in lines)
    keys = tuple(display_keys(command) for table in TABLES.values() for command in table)
    titles = ("pullquote  all keys", *TABLES, "")
    for line in lines:
        assert line in titles or line.startswith((*keys, " " * column + line.lstrip()[:1]))
    words = " ".join(" ".join(lines).split())
    for table in TABLES.values():
        for command in table:
            assert f"{display_keys(command)} {command.help}" in words
