import shutil
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tui.core import watching
from tui.core.watching import Watch, is_remote, watch_folder

PATIENCE_S = 20.0


class Heard:
    """Counts how often a change was told."""

    def __init__(self) -> None:
        self.count = 0

    def __call__(self) -> None:
        self.count += 1

    def more_after(self, change: Callable[[], object]) -> bool:
        """Make a change, and say whether it is told."""
        before = self.count
        change()
        end = time.monotonic() + PATIENCE_S
        while self.count == before and time.monotonic() < end:
            time.sleep(0.02)
        return self.count > before


@pytest.fixture(params=["told", "polled"])
def watched(
    tmp_path: Path, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> Iterator[tuple[Path, Heard]]:
    monkeypatch.setattr(watching, "POLL_S", 0.05)
    folder, heard = tmp_path / "library", Heard()
    (folder / "sub").mkdir(parents=True)
    (folder / "old.md").write_text("old", encoding="utf-8")
    watch = Watch(folder, heard, polls=request.param == "polled")
    watch.start()
    time.sleep(0.5)
    yield folder, heard
    watch.stop()
    assert not watch.thread.is_alive()


def test_what_comes_goes_or_changes_is_told(watched: tuple[Path, Heard]) -> None:
    folder, heard = watched
    assert heard.more_after(lambda: (folder / "sub" / "new.md").write_text("new", encoding="utf-8"))
    assert heard.more_after(lambda: (folder / "old.md").write_text("older", encoding="utf-8"))
    assert heard.more_after(lambda: (folder / "old.md").rename(folder / "sub" / "moved.md"))
    assert heard.more_after((folder / "sub" / "moved.md").unlink)


def test_a_folder_that_vanishes_and_returns_is_survived(watched: tuple[Path, Heard]) -> None:
    folder, heard = watched
    assert heard.more_after(lambda: shutil.rmtree(folder))

    def returns() -> None:
        folder.mkdir()
        (folder / "back.md").write_text("back", encoding="utf-8")

    assert heard.more_after(returns)
    time.sleep(1.5)
    assert heard.more_after(lambda: (folder / "again.md").write_text("again", encoding="utf-8"))


def test_many_changes_at_once_are_told_as_few(tmp_path: Path) -> None:
    heard = Heard()
    watch = watch_folder(tmp_path, heard)
    time.sleep(0.5)
    for number in range(200):
        (tmp_path / f"{number}.md").write_text("x", encoding="utf-8")
    time.sleep(1.5)
    watch.stop()
    assert 1 <= heard.count <= 10


def test_what_is_no_episode_is_not_told(tmp_path: Path) -> None:
    watch = Watch(tmp_path, lambda: None)
    of_interest = {
        "a.md": True,
        "sub/b.TXT": True,
        "new folder": True,
        "a.md~": False,
        ".obsidian/workspace.json": False,
        "sub/.a.md.swp": False,
        "picture.png": False,
    }
    assert {name: watch.is_of_interest(str(tmp_path / name)) for name in of_interest} == of_interest
    assert watch.is_of_interest(str(tmp_path))


def test_a_folder_that_cannot_be_watched_is_looked_through(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(watching, "POLL_S", 0.05)

    def none_left(*_paths: object, **_more: object) -> Iterator[object]:
        raise OSError("no watches left")

    monkeypatch.setattr("watchfiles.watch", none_left)
    heard = Heard()
    watch = watch_folder(tmp_path, heard)
    time.sleep(0.3)
    assert heard.more_after(lambda: (tmp_path / "new.md").write_text("new", encoding="utf-8"))
    watch.stop()


def test_it_ends_at_once(tmp_path: Path) -> None:
    watches = [
        Watch(tmp_path, lambda: None),
        Watch(tmp_path, lambda: None, polls=True),
        Watch(tmp_path / "nothing", lambda: None),
    ]
    for watch in watches:
        watch.start()
    time.sleep(0.3)
    began = time.monotonic()
    for watch in watches:
        watch.stop()
        assert not watch.thread.is_alive()
    assert time.monotonic() - began < 2
    Watch(tmp_path, lambda: None).stop()


def test_a_folder_of_another_machine_is_known(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    mounts = tmp_path / "mounts"
    monkeypatch.setattr(watching, "MOUNTS", mounts)
    assert not is_remote(tmp_path)
    far = tmp_path / "far"
    lines = ("/dev/sda / ext4 rw 0 0", f"host:/x {far} nfs4 rw 0 0", f"/dev/sdb {far}/near xfs rw 0 0")
    mounts.write_text("\n".join(lines), encoding="utf-8")
    assert not is_remote(tmp_path)
    assert is_remote(tmp_path / "far" / "library")
    assert not is_remote(tmp_path / "farther")
    assert not is_remote(tmp_path / "far" / "near" / "library")
