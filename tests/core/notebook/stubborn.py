"""A window where nothing can be written: ``python -m tests.core.notebook.stubborn KIND FOLDER``.

It makes two highlights, waits until it is told that they wait, reads them, and says what was told. Where that
can be, the obstacle is removed then, and it waits until all is kept.
"""

import json
import os
import resource
import stat
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.core.notebook.conftest import TIDES
from tests.core.notebook.marking import Heard, mark
from tui.core.notebook import keeping
from tui.core.notebook.news import AllKept, Kept, Waiting
from tui.core.notebook.notebook import Notebook
from tui.core.reading import episode_from_bytes

NOBODY = 65534


def set_in_the_way(kind: str, folder: Path) -> None:
    """Make that nothing can be written."""
    if kind == "read-only folder":
        folder.chmod(0o555)
    elif kind == "read-only file":
        (folder / "notebook.db").chmod(0o444)
    elif kind == "no folder":
        folder.parent.chmod(0o555)
    elif kind == "largest file":
        resource.setrlimit(resource.RLIMIT_FSIZE, (1024, resource.RLIM_INFINITY))
    elif kind == "full disk":
        fill(folder)


def fill(folder: Path) -> None:
    """Fill a file system to the last byte."""
    with (folder / "filling").open("wb", buffering=0) as file:
        try:
            while True:
                file.write(bytes(512))
        except OSError:
            pass


def take_away(kind: str, folder: Path) -> None:
    """Make that everything can be written again."""
    if kind == "largest file":
        resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
    elif kind == "full disk":
        (folder / "filling").unlink()
    elif kind == "no folder":
        folder.parent.chmod(0o755)
    else:
        folder.chmod(0o755)
        for path in folder.glob("notebook.db*"):
            path.chmod(stat.S_IRUSR | stat.S_IWUSR)


def rehearse() -> None:
    """Load all that is needed: who runs the tests may keep Python where nobody else can read it."""
    with TemporaryDirectory() as folder:
        tides = episode_from_bytes(TIDES.encode(), Path("-"))
        window = Notebook(Path(folder) / "notebook.db")
        mark(window, tides, "Two hold.")
        assert window.flush(10)
        assert window.of_episode(tides).highlights
        window.close()


def main(kind: str, folder: Path) -> None:
    """Write where nothing can be written."""
    rehearse()
    keeping.LOOK_S = 0.05
    if os.geteuid() == 0 and kind != "full disk":
        # What root may do is not up to permissions.
        os.setgid(NOBODY)
        os.setuid(NOBODY)
    tides = episode_from_bytes(TIDES.encode(), Path("-"))
    heard = Heard()
    set_in_the_way(kind, folder)
    window = Notebook(folder / "notebook.db", heard)
    before = [one.text for one in window.highlights()]
    for words in ("Two hold.", "Three never do."):
        mark(window, tides, words)
    waiting = heard.wait(Waiting, 2)
    while_waiting = [one.text for one in window.highlights()]
    take_away(kind, folder)
    heard.wait(AllKept)
    window.close()
    after = [one.text for one in Notebook(folder / "notebook.db").highlights()]
    told = {"waiting": len(heard.all(Waiting)), "kept": len(heard.all(Kept)), "reason": waiting.reason}
    print(json.dumps({"before": before, "while": while_waiting, "after": after, **told}))


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
