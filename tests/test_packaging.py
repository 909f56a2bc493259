"""The wheel: built, installed into an environment of its own, and run from somewhere else."""

import json
import subprocess
import sys
import sysconfig
import tarfile
import zipfile
from pathlib import Path

import pytest

from tests.conftest import ROOT
from tests.pty import Terminal
from tui import __version__

# One process builds and installs once for all tests here.
pytestmark = pytest.mark.xdist_group("packaging")


def run(*argv: str | Path, cwd: Path) -> str:
    done = subprocess.run(argv, cwd=cwd, capture_output=True, text=True, check=False, timeout=120)
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the source distribution and the wheel, built without a network."""
    folder = tmp_path_factory.mktemp("dist")
    run(sys.executable, "-m", "build", "--no-isolation", "--sdist", "--wheel", "--outdir", folder, cwd=ROOT)
    return folder


@pytest.fixture(scope="session")
def wheel(built: Path) -> Path:
    """The built wheel."""
    return next(built.glob("*.whl"))


@pytest.fixture(scope="session")
def pullquote(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The command as installed from the wheel; only what it depends on comes from the tests' environment."""
    environment = tmp_path_factory.mktemp("installed")
    run(sys.executable, "-m", "venv", "--without-pip", environment, cwd=environment)
    python = environment / "bin/python"
    install = ("install", "--quiet", "--no-index", "--no-deps", wheel)
    run(sys.executable, "-m", "pip", "--python", python, *install, cwd=environment)
    # Written after installing, or pip would find a pullquote there already. A plain line adds the folder
    # behind the environment's own, and does not follow the editable install in it.
    own = run(python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))", cwd=environment).strip()
    Path(own, "dependencies.pth").write_text(sysconfig.get_path("purelib") + "\n", encoding="utf-8")
    return environment / "bin/pullquote"


def test_the_wheel_carries_sheets_and_samples(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        names = set(archive.namelist())
    for folder in ("styles", "episodes"):
        files = {f"tui/{folder}/{path.name}" for path in (ROOT / folder).iterdir()}
        assert files
        assert files <= names


def test_the_wheel_carries_nothing_else(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        tops = {name.split("/")[0] for name in archive.namelist()}
        caches = [name for name in archive.namelist() if "__pycache__" in name]
    assert tops == {"tui", f"pullquote-{__version__}.dist-info"}
    assert caches == []


def test_the_source_distribution_has_what_make_needs(built: Path) -> None:
    with tarfile.open(next(built.glob("*.tar.gz"))) as archive:
        names = {name.partition("/")[2] for name in archive.getnames()}
    needed = {"Makefile", "constraints.txt", "constraints-test.txt", "scripts/venv", "tests/conftest.py"}
    assert needed <= names


def test_the_installed_command_tells_its_version(pullquote: Path, tmp_path: Path) -> None:
    assert run(pullquote, "--version", cwd=tmp_path).strip().endswith(__version__)


def test_the_installed_command_lists_the_samples_of_the_wheel(pullquote: Path, tmp_path: Path) -> None:
    listed = json.loads(run(pullquote, "list", "--json", cwd=tmp_path))["episodes"]
    assert len(listed) == len(list((ROOT / "episodes").iterdir()))
    environment = pullquote.parents[1].resolve()
    assert all(environment in Path(episode["path"]).resolve().parents for episode in listed)


def test_the_installed_reader_opens_and_leaves_the_terminal_as_it_was(
    pullquote: Path, tmp_path: Path
) -> None:
    with Terminal([pullquote], size=(100, 30), cwd=tmp_path) as terminal:
        terminal.wait_for("The Bread Remembers", timeout=20)
        terminal.send("q")
        assert terminal.wait_exit() == 0
        assert terminal.restored() == []
