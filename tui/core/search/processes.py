"""Processes of our own program that work beside the reader: how they are started."""

import os
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

BOOTSTRAP = (
    "import sys; path, module = sys.argv[1:3]; sys.path[:] = path.split('\\n'); "
    "from importlib import import_module; sys.exit(import_module(module).main(sys.argv[3:]))"
)
"""Gives the process the import path of the one that starts it: nothing else that lies in the current folder,
or is called like a part of ours, can get in between."""

NICENESS = 10
"""How far such a process stands back behind other programs."""

AUTOGROUP = Path("/proc/self/autogroup")
"""Where Linux has the niceness of a whole session; see sched(7), The autogroup feature."""

TRIES, AGAIN_S = 10, 0.1
"""How often its niceness is set until it is taken, and how long to wait in between, in seconds."""


def start(
    module: str, *words: str, stdin: int = subprocess.DEVNULL, stdout: int = subprocess.DEVNULL
) -> "subprocess.Popen[bytes]":
    """Start ``main(words)`` of a module in a process of its own, apart from our terminal.

    Args:
        module: Its full name.
        words: What ``main`` is given, after the program's own.
        stdin: As for ``subprocess.Popen``.
        stdout: As for ``subprocess.Popen``.

    Returns:
        The process. What it writes to its standard error is lost: the engine writes there when it gives up.

    Raises:
        OSError: It can't be started.
    """
    if not sys.executable:
        raise OSError("no Python interpreter is known")
    return subprocess.Popen(
        [sys.executable, "-P", "-c", BOOTSTRAP, import_path(), module, *words],
        stdin=stdin,
        stdout=stdout,
        stderr=subprocess.DEVNULL,
        # Ctrl+C is for the reader; and the folder it was started in may go.
        start_new_session=True,
        cwd=os.sep,
    )


def stand_back() -> None:
    """Give this process a low priority, so that the reader's keys never wait for it; once is enough."""
    with suppress(OSError):
        if os.nice(0) < NICENESS:
            os.nice(NICENESS)
    # Linux shares the processors among sessions first, and this process has one of its own: against
    # the reader its niceness counts for nothing, only its session's does.
    for _ in range(TRIES):
        try:
            AUTOGROUP.write_text(str(NICENESS), encoding="ascii")
        except BlockingIOError:
            # Only one change in a tenth of a second is taken from those who may not do everything.
            time.sleep(AGAIN_S)
        except OSError:
            return
        else:
            return


def import_path() -> str:
    """Return where modules are looked for, as one text."""
    # The system's own sign may be in a path on other systems, a line break hardly.
    return "\n".join(os.path.abspath(entry) for entry in sys.path)  # noqa: PTH100 - zip files, too
