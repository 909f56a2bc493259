"""``kill -9`` at any moment: what was told as kept is there, and the notebook is whole.

So many times as CRASHES says, 25 if it says nothing; ``make crash`` kills 200 times.
"""

import os
import random
import shutil
import sqlite3
import time
from contextlib import closing
from pathlib import Path

import pytest

from tests.core.notebook.crashing import Confirmed, check, damage, lost, windows
from tests.core.notebook.damage import flip_bits
from tests.core.notebook.writer import NEXT_VERSION
from tui.core.notebook.changes import Change, Edit
from tui.core.notebook.connecting import connect
from tui.core.notebook.notebook import Notebook
from tui.core.notebook.schema import MIGRATIONS, migrate
from tui.core.notebook.values import Anchor, Highlight, Source, new_id

KILLS = int(os.environ.get("CRASHES", "25"))

SEED = os.environ.get("CRASH_SEED") or str(time.time_ns())
"""Shown when something is lost."""


def test_nothing_that_was_confirmed_is_lost(tmp_path: Path) -> None:
    generator = random.Random(SEED)
    file, confirmed = tmp_path / "data" / "notebook.db", Confirmed()
    with windows() as starter:
        for number in range(KILLS):
            if number % 5 == 0:
                # A new notebook, killed while it is made.
                file, confirmed = tmp_path / f"{number}" / "notebook.db", Confirmed()
            longest = 0.01 if number % 5 == 0 else 0.15
            for line in starter.kill_after(generator.random() * longest, "use", file, f"{SEED}-{number}"):
                confirmed.take(line)
            assert check(file, confirmed) == [], f"CRASH_SEED={SEED}, kill {number}"
    assert not list(tmp_path.rglob("*.bad-*"))


def test_mending_that_is_cut_off_is_done_again(old_notebook: Path, tmp_path: Path) -> None:
    generator = random.Random(SEED)
    data = flip_bits(bytearray(old_notebook.read_bytes()), 300, seed=generator.randrange(1_000))
    with windows() as starter:
        for number in range(max(KILLS // 5, 5)):
            file = tmp_path / f"{number}" / "notebook.db"
            (file.parent / "backups").mkdir(parents=True)
            file.write_bytes(data)
            shutil.copy(old_notebook, file.parent / "backups" / "notebook-000001-2026-01-01.db")
            starter.kill_after(generator.random() * 0.4, "use", file, SEED)
            window = Notebook(file)
            window.start()
            window.make(Change("nothing", ()))
            assert window.flush(60)
            window.close()
            assert (damage(file), lost(file, ids(old_notebook))) == ("", []), f"CRASH_SEED={SEED}"
            bad = [path for path in file.parent.glob("*.bad-*") if path.read_bytes() == data]
            assert bad, f"CRASH_SEED={SEED}"


@pytest.fixture
def old_notebook(tmp_path: Path) -> Path:
    """A notebook of the version before the next, large enough for that to take a while."""
    file = tmp_path / "notebook.db"
    source = Source(new_id(), tmp_path / "tides.md", "c", "Tides")
    words = "Words of tides. " * 20
    made = [Highlight(new_id(), source, Anchor(words), words) for _ in range(2_000)]
    window = Notebook(file)
    window.make(Change("2000 highlights", tuple(Edit(None, one) for one in made)))
    assert window.flush(60)
    window.close()
    return file


def test_a_migration_that_is_cut_off_can_be_done_again(old_notebook: Path, tmp_path: Path) -> None:
    generator = random.Random(SEED)
    with windows() as starter:
        for number in range(max(KILLS // 5, 5)):
            file = Path(shutil.copy(old_notebook, tmp_path / f"{number}.db"))
            starter.kill_after(generator.random() * 0.06, "migrate", file)
            with closing(connect(file, "rw", 1)) as connection:
                migrate(connection, (*MIGRATIONS, NEXT_VERSION))
            assert (damage(file), count(file)) == ("", 2_000), f"CRASH_SEED={SEED}"


def ids(file: Path) -> list[str]:
    """Return the ids of the highlights in a notebook."""
    with closing(sqlite3.connect(file)) as connection:
        return [row[0] for row in connection.execute("SELECT id FROM highlights")]


def count(file: Path) -> int:
    """Return how many highlights are in a notebook."""
    with closing(sqlite3.connect(file)) as connection:
        found: int = connection.execute("SELECT count(*) FROM highlights").fetchone()[0]
    return found
