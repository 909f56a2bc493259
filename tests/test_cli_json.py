"""The JSON that other programs rely on has the keys that the README names, and no others."""

import json
import re
from pathlib import Path

import pytest

from tests.conftest import ROOT
from tui import __main__ as entry


def documented() -> dict[str, set[str]]:
    """The keys that the README's table names, by their row."""
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    table = text[text.index("| key | holds |") : text.index("`list --json` prints")]
    rows = [line.split("|") for line in table.splitlines() if line.startswith("| `")]
    keys: dict[str, set[str]] = {"episode": set()}
    for _, named, holds, _ in rows:
        names = re.findall(r"`(\w+)`", named)
        keys["episode"].update(name for name in names if name != "blocks")
        if names in (["sections"], ["blocks"]):
            keys[names[0]] = set(re.findall(r"`(\w+)`", holds)) - {"show"}
    return keys


def test_the_readme_names_the_keys(library: Path, capsys: pytest.CaptureFixture[str]) -> None:
    keys = documented()
    assert entry.run(["show", str(library / "harbours.md"), "--format", "json"]) == 0
    shown = json.loads(capsys.readouterr().out)
    assert shown.keys() == keys["episode"]
    assert all(section.keys() == keys["sections"] for section in shown["sections"])
    blocks = [block for section in shown["sections"] for block in section["blocks"]]
    assert all({"kind", "text"} <= block.keys() <= keys["blocks"] for block in blocks)


def test_a_list_leaves_sections_out(library: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert entry.run(["list", str(library), "--json"]) == 0
    listed = json.loads(capsys.readouterr().out)
    assert listed.keys() == {"schema", "episodes"}
    keys = documented()["episode"] - {"sections", "schema"}
    assert all(episode.keys() == keys for episode in listed["episodes"])


def test_an_explanation_has_the_keys_that_the_readme_names(
    library: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert entry.run(["show", str(library / "harbours.md"), "--explain", "--format", "json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told.keys() == {"schema", "path", "format", "why", "forced", "episodes", "readers"}
    assert told["path"] == str(library / "harbours.md")
    assert all(reader.keys() == {"name", "fits", "cue"} for reader in told["readers"])
