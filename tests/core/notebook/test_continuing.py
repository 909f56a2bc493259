"""Exports into folders: pages of notes are only ever added to, and no file is overwritten unasked."""

import os
import re
import stat
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings

from tests.core.notebook.samples import HARBOURS, LEGS, RIVER, SETTINGS, SILT, THREE, several
from tui.core.notebook.exports import continuing, pages
from tui.core.notebook.exports.entries import entry_name
from tui.core.notebook.exports.folders import Exported, ThereAlreadyError, export_to
from tui.core.notebook.exports.table import FORMATS
from tui.core.notebook.values import Highlight
from tui.errors import PullquoteError, UnreadableError

MARKDOWN = FORMATS["markdown"]
HARBOURS_PAGE = "2024-02-11 Low Water 7 - How harbours silt up.md"
LATER = replace(SETTINGS, exported="2026-03-01T00:00:00Z")
TIDE = replace(RIVER, id="5" * 32, text="The tide takes it.", anchor=replace(RIVER.anchor, start=60, end=78))


def continued(path: Path, *highlights: Highlight) -> Exported:
    return export_to(path, highlights, MARKDOWN, SETTINGS)


def everything(folder: Path) -> dict[str, tuple[bytes, int]]:
    """All files below a folder, with what is in them and when they were written."""
    files = (path for path in sorted(folder.rglob("*")) if path.is_file())
    return {str(path): (path.read_bytes(), path.stat().st_mtime_ns) for path in files}


@pytest.fixture
def notes(tmp_path: Path) -> Path:
    """A folder with a page for each of two episodes."""
    folder = tmp_path / "notes"
    done = continued(folder, *THREE)
    assert (done.added, len(done.files)) == (3, 2)
    return folder


def test_every_episode_gets_a_page(notes: Path) -> None:
    assert sorted(path.name for path in notes.iterdir()) == [HARBOURS_PAGE, "On paper maps.md"]
    text = (notes / HARBOURS_PAGE).read_text(encoding="utf-8")
    assert text.startswith('---\ntitle: "How harbours silt up"\n')
    assert [entry_name(RIVER), entry_name(SILT)] == re.findall(r"^\^(.*)$", text, re.M)


def test_twice_is_the_same_as_once(notes: Path) -> None:
    before = everything(notes)
    done = export_to(notes, THREE, MARKDOWN, LATER)
    assert done == Exported((), 0)
    assert everything(notes) == before


@settings(max_examples=25)
@given(several(least=1))
def test_twice_is_the_same_whatever_the_texts(
    tmp_path_factory: pytest.TempPathFactory, found: list[Highlight]
) -> None:
    folder = tmp_path_factory.mktemp("notes")
    assert continued(folder, *found).added == len(found)
    before = everything(folder)
    assert export_to(folder, found, MARKDOWN, LATER) == Exported((), 0)
    assert everything(folder) == before


def test_what_is_new_is_added_below_what_is_there(notes: Path) -> None:
    page = notes / HARBOURS_PAGE
    before = page.read_text(encoding="utf-8")
    done = export_to(notes, [*THREE, TIDE], MARKDOWN, LATER)
    assert (done.added, done.files) == (1, (page,))
    after = page.read_text(encoding="utf-8")
    ledger = "<!-- pullquote:"
    assert before.split(ledger)[0].replace("2026-02-03", "2026-03-01") == after[: before.index(ledger)]
    assert after[before.index(ledger) :].startswith(
        "## The river\n\n> The tide takes it.\n\n^h-555555555555\n"
    )
    assert after.count(ledger) == 1


def test_a_heading_is_not_repeated_below_itself(notes: Path) -> None:
    more = replace(SILT, id="6" * 32, text="It goes on.")
    continued(notes, *THREE, more)
    assert (notes / HARBOURS_PAGE).read_text(encoding="utf-8").count("## The dredger") == 1


def edited(page: Path, old: str, new: str) -> None:
    text = page.read_text(encoding="utf-8")
    assert old in text
    page.write_text(text.replace(old, new), encoding="utf-8")


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("> Dredging never ends.", "> Dredging *never* ends!"),
        ("Ask Omar.\\\n", "Ask Omar tomorrow.\n"),
        ("## The dredger", "## My own heading\n\nMy own words."),
        ("# How harbours silt up", "# Harbours"),
        ("---\n\n## The dredger", "## The dredger"),
        ('pullquote: "' + "a" * 32 + '"\n', ""),
        ("<!-- pullquote:", "My words below.\n\n<!-- pullquote:"),
        ("\n", "\r\n"),
    ],
)
def test_every_edit_stays(notes: Path, old: str, new: str) -> None:
    page = notes / HARBOURS_PAGE
    data = page.read_bytes().replace(old.encode(), new.encode())
    assert data != page.read_bytes()
    page.write_bytes(data)
    assert export_to(notes, THREE, MARKDOWN, LATER).files == ()
    assert page.read_bytes() == data

    export_to(notes, [*THREE, TIDE], MARKDOWN, LATER)
    ledger = b"<!-- pullquote:"
    kept = data.split(ledger)[0].replace(b"2026-02-03", b"2026-03-01")
    assert page.read_bytes().startswith(kept)
    assert page.read_bytes().count(b"The tide takes it.") == 1


def test_what_was_deleted_from_a_page_is_not_written_again(notes: Path) -> None:
    page = notes / HARBOURS_PAGE
    text = page.read_text(encoding="utf-8")
    start, end = text.index("## The dredger"), text.index("<!-- pullquote:")
    page.write_text(text[:start] + text[end:], encoding="utf-8")
    assert continued(notes, *THREE).added == 0
    continued(notes, *THREE, TIDE)
    assert "Dredging" not in page.read_text(encoding="utf-8")
    assert continued(notes, *THREE, TIDE) == Exported((), 0)


def test_a_page_that_was_renamed_and_moved_is_found(notes: Path) -> None:
    moved = notes / "Sea" / "harbours.md"
    moved.parent.mkdir()
    (notes / HARBOURS_PAGE).rename(moved)
    done = continued(notes, *THREE, TIDE)
    assert done.files == (moved,)
    assert not (notes / HARBOURS_PAGE).exists()


def test_a_page_without_front_matter_is_known_by_its_highlights(notes: Path) -> None:
    page = notes / HARBOURS_PAGE
    page.write_text(page.read_text(encoding="utf-8").split("---\n", 2)[2], encoding="utf-8")
    assert continued(notes, *THREE, TIDE).files == (page,)


def test_a_highlight_that_was_moved_to_another_page_is_not_written_again(notes: Path) -> None:
    page, other = notes / HARBOURS_PAGE, notes / "Other.md"
    text = page.read_text(encoding="utf-8")
    other.write_text("# Mine\n\n> Dredging never ends. ^h-111111111111\n", encoding="utf-8")
    page.write_text(text[: text.index("## The dredger")], encoding="utf-8")
    assert continued(notes, *THREE).added == 0
    assert other.read_text(encoding="utf-8") == "# Mine\n\n> Dredging never ends. ^h-111111111111\n"


def test_a_changed_note_is_written_where_nobody_edited(notes: Path) -> None:
    done = continued(notes, RIVER, replace(SILT, note="He knew."), LEGS)
    assert (done.added, done.changed, done.edited) == (0, 1, 0)
    text = (notes / HARBOURS_PAGE).read_text(encoding="utf-8")
    assert "\n\nHe knew.\n\n#two-words" in text
    assert "Ask Omar." not in text
    assert continued(notes, RIVER, replace(SILT, note="He knew."), LEGS) == Exported((), 0)


def test_a_changed_note_stays_out_of_what_was_edited(notes: Path) -> None:
    page = notes / HARBOURS_PAGE
    edited(page, "Ask Omar.", "Asked Omar.")
    before = page.read_bytes()
    done = continued(notes, RIVER, replace(SILT, note="He knew."), LEGS)
    assert (done.files, done.changed, done.edited) == ((), 0, 1)
    assert page.read_bytes() == before


def test_deleted_highlights_stay_in_the_notes(notes: Path) -> None:
    before = everything(notes)
    assert continued(notes, RIVER, LEGS) == Exported((), 0)
    assert everything(notes) == before


def test_one_page_for_all_is_added_to_below_the_titles_of_episodes(tmp_path: Path) -> None:
    page = tmp_path / "all.md"
    assert continued(page, RIVER, LEGS).files == (page,)
    assert continued(page, RIVER, LEGS, SILT).added == 1
    assert continued(page, RIVER, LEGS, SILT) == Exported((), 0)
    headings = re.findall("^#+ .*", page.read_text(encoding="utf-8"), re.M)
    assert headings == [
        *("# How harbours silt up", "## The river", "# On paper maps"),
        *("# How harbours silt up", "## The dredger"),
    ]


def test_what_was_piped_into_a_file_is_known_too(tmp_path: Path) -> None:
    page = tmp_path / "piped.md"
    made = MARKDOWN.render([RIVER, SILT], SETTINGS)
    assert isinstance(made, str)
    page.write_text(made, encoding="utf-8")
    assert continued(tmp_path, RIVER, SILT) == Exported((), 0)
    assert continued(tmp_path, RIVER, SILT, TIDE).files == (page,)


def test_somebody_elses_file_of_the_name_stays(tmp_path: Path) -> None:
    (tmp_path / HARBOURS_PAGE).write_text("mine", encoding="utf-8")
    done = continued(tmp_path, RIVER)
    assert [path.name for path in done.files] == [HARBOURS_PAGE.replace(".md", " (2).md")]
    assert (tmp_path / HARBOURS_PAGE).read_text(encoding="utf-8") == "mine"


def test_links_and_rights_stay(notes: Path, tmp_path: Path) -> None:
    real = tmp_path / "real.md"
    page = notes / HARBOURS_PAGE
    page.rename(real)
    page.symlink_to(real)
    real.chmod(0o600)
    continued(notes, *THREE, TIDE)
    assert page.is_symlink()
    assert stat.S_IMODE(real.stat().st_mode) == 0o600
    assert "The tide takes it." in real.read_text(encoding="utf-8")


def test_a_page_written_meanwhile_is_read_again(notes: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    page = notes / HARBOURS_PAGE
    really, times = pages.is_as_read, 0

    def somebody_writes(read: pages.Page) -> bool:
        nonlocal times
        times += 1
        if times == 1:
            edited(page, "# How harbours silt up", "# Mine, just now")
        return really(read)

    monkeypatch.setattr(continuing, "is_as_read", somebody_writes)
    continued(notes, *THREE, TIDE)
    text = page.read_text(encoding="utf-8")
    assert "# Mine, just now" in text
    assert text.count("The tide takes it.") == 1


def test_a_page_that_is_always_being_written_is_left(notes: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(continuing, "is_as_read", lambda _: False)
    before = everything(notes)
    with pytest.raises(PullquoteError, match="is being written by another program"):
        continued(notes, *THREE, TIDE)
    assert everything(notes) == before


def test_a_page_in_another_encoding_is_left_and_said(notes: Path) -> None:
    page = notes / HARBOURS_PAGE
    page.write_bytes(page.read_bytes().replace(b"Omar", b"Om\xe4r"))
    before = page.read_bytes()
    done = continued(notes, *THREE)
    assert any("is not in UTF-8" in notice for notice in done.notices)
    assert page.read_bytes() == before
    with pytest.raises(UnreadableError, match="is not in UTF-8"):
        pages.read_page(page)


def test_hidden_folders_and_huge_files_are_not_looked_into(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(continuing, "LARGEST", 1000)
    hidden = tmp_path / ".obsidian"
    hidden.mkdir()
    for path in (hidden / "a.md", tmp_path / "big.md"):
        path.write_text("> x ^h-222222222222\n" + " " * 2000, encoding="utf-8")
    os.mkfifo(tmp_path / "pipe.md")
    assert continued(tmp_path, RIVER).added == 1


FILES = {
    "text": [HARBOURS_PAGE.replace(".md", ".txt"), "On paper maps.txt"],
    "org": [HARBOURS_PAGE.replace(".md", ".org"), "On paper maps.org"],
    "json": ["highlights.json"],
    "kindle": ["My Clippings.txt"],
    "anki": ["highlights.apkg"],
}


@pytest.mark.parametrize("name", FILES)
def test_other_formats_fill_a_folder_and_overwrite_nothing_unasked(name: str, tmp_path: Path) -> None:
    folder, format = tmp_path / "out", FORMATS[name]
    done = export_to(folder, THREE, format, SETTINGS)
    assert sorted(path.name for path in done.files) == FILES[name]
    assert done.added == 3
    other = replace(SILT, text="Other words.")
    with pytest.raises(ThereAlreadyError) as caught:
        export_to(folder, [RIVER, other, LEGS], format, SETTINGS)
    assert [path.name for path in caught.value.paths] == FILES[name][:1]
    done = export_to(folder, [RIVER, other, LEGS], format, SETTINGS, overwrite=True)
    assert [path.name for path in done.files] == FILES[name][:1]


def test_a_file_that_is_the_same_is_not_written(tmp_path: Path) -> None:
    path = tmp_path / "quotes.json"
    export_to(path, THREE, FORMATS["json"], SETTINGS)
    assert export_to(path, THREE, FORMATS["json"], SETTINGS).files == ()


def test_episodes_of_one_name_get_files_of_their_own(tmp_path: Path) -> None:
    twin = replace(SILT, id="7" * 32, source=replace(HARBOURS, id="d" * 32))
    done = export_to(tmp_path, [SILT, twin], FORMATS["org"], SETTINGS)
    assert len({path.name.casefold() for path in done.files}) == 2
    assert continued(tmp_path / "notes", SILT, twin).added == 2
    assert len(list((tmp_path / "notes").iterdir())) == 2


@pytest.fixture
def sealed(tmp_path: Path) -> Iterator[Path]:
    """A folder that nobody may write to."""
    folder = tmp_path / "sealed"
    folder.mkdir()
    folder.chmod(0o500)
    yield folder
    folder.chmod(0o700)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_that_may_not_be_written_is_said(sealed: Path) -> None:
    with pytest.raises(PullquoteError, match="you are not allowed to write there"):
        continued(sealed, RIVER)
