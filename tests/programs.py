"""Programs of the system that tests drive; where one is not installed, the test skips and says so."""

import os
import shutil
import subprocess
from collections.abc import Iterator

import pytest

SYSTEM_PATH = "/usr/bin:/bin"


def program(name: str) -> str:
    """Return the path of a program; without it the test skips."""
    found = shutil.which(name, path=SYSTEM_PATH)
    if found is None:
        pytest.skip(f"{name} is not installed")
    return found


def x_server() -> Iterator[str]:
    """Run a real X server without a screen; give its name."""
    server = program("Xvfb")
    reader, writer = os.pipe()
    process = subprocess.Popen(
        [server, "-displayfd", str(writer), "-screen", "0", "64x64x8", "-nolisten", "tcp"],
        pass_fds=[writer],
        stderr=subprocess.DEVNULL,
    )
    os.close(writer)
    with os.fdopen(reader) as answer:
        number = answer.readline().strip()
    yield f":{number}"
    process.terminate()
    process.wait()
