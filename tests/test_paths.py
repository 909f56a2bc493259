"""Where things are kept: the platform's folders, or one of the reader's choice."""

from pathlib import Path

import platformdirs
import pytest

from tui import paths

KINDS = {
    "cache": (paths.cache_folder, "XDG_CACHE_HOME"),
    "data": (paths.data_folder, "XDG_DATA_HOME"),
    "config": (paths.config_folder, "XDG_CONFIG_HOME"),
}


@pytest.mark.parametrize("kind", KINDS)
def test_one_variable_moves_all_below_one_folder(
    kind: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PULLQUOTE_HOME", str(tmp_path))
    assert KINDS[kind][0]() == tmp_path / kind


@pytest.mark.parametrize("kind", KINDS)
def test_xdg_variables_are_honoured(kind: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder, variable = KINDS[kind]
    monkeypatch.delenv("PULLQUOTE_HOME")
    monkeypatch.setenv(variable, str(tmp_path))
    assert folder() == tmp_path / "pullquote"


def test_without_a_home_a_temporary_folder_serves(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("PULLQUOTE_HOME")
    monkeypatch.setattr(platformdirs, "user_data_path", lambda *_, **__: Path("~/.local/share/pullquote"))
    assert paths.data_folder().is_absolute()
    assert paths.data_folder() != paths.own_folder("cache")


def test_the_library_is_the_samples_where_nothing_else_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("PULLQUOTE_LIBRARY", raising=False)
    monkeypatch.chdir(tmp_path)
    assert paths.default_library() == paths.SAMPLE_EPISODES
    (tmp_path / "episodes").mkdir()
    assert paths.default_library() == Path("episodes")
    monkeypatch.setenv("PULLQUOTE_LIBRARY", "~/talks")
    assert paths.default_library() == Path("~/talks").expanduser()
