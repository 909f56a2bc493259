"""Imports into the notebook: nothing twice, nothing lost, all with their episodes and in their places."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings

from tests.core.notebook.marking import added, changed, mark, new_highlight, texts
from tests.core.notebook.samples import SETTINGS, SILT, THREE, several
from tui.core.episode import Episode
from tui.core.notebook.carrying import Plan, plan_import
from tui.core.notebook.exports.entries import cleaned
from tui.core.notebook.exports.table import FORMATS, export
from tui.core.notebook.imports.combining import all_tags, both_notes, combined
from tui.core.notebook.imports.table import read_import
from tui.core.notebook.notebook import Notebook
from tui.core.notebook.selecting import Order, in_order
from tui.core.notebook.values import Colour, Highlight, Source, new_source
from tui.core.reading import read_episode

NOW = "2026-06-01T00:00:00Z"
MUCH_LATER = "2999-01-01T00:00:00Z"
EVEN_LATER = "2999-02-01T00:00:00Z"
FORMS = ["json", "jsonld", "readwise", "kindle"]


def exported(name: str, notebook: Notebook | Iterable[Highlight]) -> bytes:
    found = notebook.highlights() if isinstance(notebook, Notebook) else notebook
    made = export(in_order(cleaned(list(found)), Order.EPISODE), FORMATS[name], SETTINGS)
    return made if isinstance(made, bytes) else made.encode()


def no_library() -> list[Source]:
    return []


def imported(data: bytes, notebook: Notebook, library: Callable[[], Iterable[Source]] = no_library) -> Plan:
    """Import a file, and wait until it is kept."""
    plan = plan_import(read_import(data, Path("file")), notebook, library)
    if plan.edits:
        notebook.make(plan.change)
        assert notebook.flush(20)
    return plan


def counts(plan: Plan) -> tuple[int, int, int]:
    return plan.new, plan.known, plan.changed


@pytest.fixture
def other(open_window: Callable[..., Notebook], tmp_path: Path) -> Notebook:
    """An empty notebook on another machine."""
    return open_window(tmp_path / "other" / "notebook.db")


@pytest.fixture
def marked(notebook: Notebook, tides: Episode) -> Notebook:
    """A notebook with two highlights of an episode."""
    mark(notebook, tides, "Two hold.")
    source = notebook.of_episode(tides).source
    bare = new_highlight(source, tides, "Spring tides come at new moon.")
    told = replace(bare, note="When?", tags=("moon", "sea"), colour=Colour.BLUE, is_favourite=True)
    notebook.make(added(told))
    assert notebook.flush(20)
    return notebook


def test_what_was_exported_is_the_same_after_an_import(marked: Notebook, other: Notebook) -> None:
    data = exported("json", marked)
    assert counts(imported(data, other)) == (2, 0, 0)
    assert exported("json", other) == data


@settings(max_examples=8)
@given(several(least=1))
def test_any_export_is_the_same_after_an_import(
    tmp_path_factory: pytest.TempPathFactory, found: list[Highlight]
) -> None:
    notebook = Notebook(tmp_path_factory.mktemp("any") / "notebook.db")
    try:
        data = exported("json", found)
        assert imported(data, notebook).new == len(found)
        assert exported("json", notebook) == data
        assert counts(imported(data, notebook)) == (0, len(found), 0)
    finally:
        notebook.close()


@pytest.mark.parametrize("name", FORMS)
def test_what_is_there_is_known_in_every_format(name: str, marked: Notebook) -> None:
    spring = marked.highlights()[1]
    marked.make(changed(spring, replace(spring, tags=("new moon", "Sea"))))
    assert marked.flush(20)
    before = marked.highlights()
    assert counts(imported(exported(name, marked), marked)) == (0, 2, 0)
    assert marked.highlights() == before


@pytest.mark.parametrize("name", FORMS)
def test_twice_is_the_same_as_once(name: str, marked: Notebook, other: Notebook) -> None:
    data = exported(name, [*marked.highlights(), *THREE])
    assert counts(imported(data, other)) == (5, 0, 0)
    once = other.highlights()
    assert counts(imported(data, other)) == (0, 5, 0)
    assert other.highlights() == once


@pytest.mark.parametrize("name", FORMS)
def test_highlights_find_their_episode_in_the_library_and_their_place_in_it(
    name: str, marked: Notebook, other: Notebook, tides: Episode
) -> None:
    data = exported(name, marked)
    plan = imported(data, other, lambda: [new_source(tides)])
    assert (plan.new, plan.lost, plan.homeless) == (2, [], {})
    placed = other.of_episode(tides).highlights
    assert [one.highlight.text for one in placed] == ["Two hold.", "Spring tides come at new moon."]
    assert all(one.stretch for one in placed)
    assert [one.highlight.anchor for one in placed] == [one.anchor for one in marked.highlights()]
    spring = placed[1].highlight
    assert (spring.note, spring.tags, spring.is_favourite) == ("When?", ("moon", "sea"), True)


def test_an_episode_that_was_renamed_is_found_by_its_content(
    marked: Notebook, other: Notebook, tides: Episode
) -> None:
    data = exported("json", marked)
    moved = tides.path.rename(tides.path.with_name("moved.md"))
    plan = imported(data, other, lambda: [new_source(read_episode(moved))])
    assert {highlight.source.path for highlight in other.highlights()} == {moved}
    assert plan.lost == []


@pytest.mark.parametrize(
    ("title", "show", "finds"),
    [
        ("Tides", "Harbour Talk", True),
        ("TIDES", "", True),
        ("Tides | Harbour Talk", "Harbour Talk", True),
        ("Tides", "Another Show", False),
        ("Tide", "Harbour Talk", False),
    ],
)
def test_an_episode_is_found_by_title_and_show(
    title: str, show: str, finds: bool, other: Notebook, tides: Episode
) -> None:
    data = f'Highlight,Title,Author,URL,Note,Location,Date\nTwo hold.,"{title}",{show},,,,\n'.encode()
    shelf = [replace(new_source(tides), show="Harbour Talk")]
    plan = imported(data, other, lambda: shelf)
    assert plan.homeless == ({} if finds else {title: 1})
    assert bool(other.of_episode(tides).highlights) is finds


def test_of_two_episodes_of_one_title_none_is_taken(other: Notebook, tides: Episode, tmp_path: Path) -> None:
    twin = tmp_path / "twin.md"
    twin.write_text(tides.path.read_text(encoding="utf-8") + "\nMore.\n", encoding="utf-8")
    shelf = [new_source(tides), new_source(read_episode(twin))]
    plan = imported(b"Highlight,Title\nTwo hold.,Tides\n", other, lambda: shelf)
    assert plan.homeless == {"Tides": 1}


def test_an_episode_is_found_by_its_address(other: Notebook, tides: Episode) -> None:
    shelf = [replace(new_source(tides), url="https://example.org/tides/")]
    data = b"Highlight,Title,URL\nTwo hold.,Something else,https://example.org/tides\n"
    assert imported(data, other, lambda: shelf).homeless == {}


def test_the_library_is_not_looked_at_for_what_the_notebook_knows(marked: Notebook) -> None:
    def library() -> list[Source]:
        raise AssertionError

    assert counts(imported(exported("readwise", marked), marked, library)) == (0, 2, 0)


def test_what_is_in_no_library_is_kept_and_goes_to_its_episode_once_that_is_there(
    marked: Notebook, other: Notebook, tides: Episode
) -> None:
    data = exported("kindle", marked)
    plan = imported(data, other)
    assert plan.homeless == {"Tides": 2}
    assert [highlight.source.content for highlight in other.highlights()] == ["", ""]
    assert other.of_episode(tides).highlights == ()

    plan = imported(data, other, lambda: [new_source(tides)])
    assert counts(plan) == (0, 0, 2)
    assert len(other.highlights()) == 2
    assert [bool(one.stretch) for one in other.of_episode(tides).highlights] == [True, True]
    assert counts(imported(data, other, lambda: [new_source(tides)])) == (0, 2, 0)


def test_words_that_are_not_in_the_episode_are_said_and_kept(other: Notebook, tides: Episode) -> None:
    data = b"Highlight,Title\nNobody ever said that in any tide at all.,Tides\nTwo hold.,Tides\n"
    plan = imported(data, other, lambda: [new_source(tides)])
    assert [lost.text for lost in plan.lost] == ["Nobody ever said that in any tide at all."]
    assert len(other.highlights()) == 2


def test_list_items_are_found_whatever_their_marks(other: Notebook, tides: Episode) -> None:
    data = 'Highlight,Title\n"• One strand breaks. Two hold.\n• Three never do.",Tides\n'.encode()
    plan = imported(data, other, lambda: [new_source(tides)])
    assert plan.lost == []
    assert texts(other) == ["- One strand breaks. Two hold.\n- Three never do."]


def test_a_highlight_that_stands_twice_in_a_file_is_one(other: Notebook) -> None:
    data = b"Highlight,Title,Note,Location\nTwo hold.,T,First.,3\nTwo hold.,T,Second.,3\nTwo hold.,T,,9\n"
    assert counts(imported(data, other)) == (2, 1, 0)
    assert [highlight.note for highlight in other.highlights()] == ["First.\n\nSecond.", ""]
    assert counts(imported(data, other)) == (0, 3, 0)


def test_an_older_export_takes_nothing_back(marked: Notebook) -> None:
    data = exported("json", marked)
    spring = marked.highlights()[1]
    later = replace(spring, note="At new moon.", tags=("moon",), colour=Colour.ROSE, modified=MUCH_LATER)
    marked.make(changed(spring, later))
    assert marked.flush(20)
    before = marked.highlights()
    assert counts(imported(data, marked)) == (0, 2, 0)
    assert marked.highlights() == before


def test_a_later_export_brings_note_and_tags(marked: Notebook, other: Notebook) -> None:
    imported(exported("json", marked), other)
    spring = other.highlights()[1]
    later = replace(
        spring,
        note="At new moon.",
        tags=("moon", "sea", "new"),
        colour=Colour.ROSE,
        modified=MUCH_LATER,
    )
    other.make(changed(spring, later))
    assert other.flush(20)
    assert counts(imported(exported("json", other), marked)) == (0, 1, 1)
    found = marked.highlights()[1]
    assert (found.note, found.tags, found.colour) == ("At new moon.", ("moon", "sea", "new"), Colour.ROSE)
    assert exported("json", marked) == exported("json", other)


def test_of_two_changed_forms_both_notes_and_all_tags_are_kept(marked: Notebook, other: Notebook) -> None:
    data = exported("json", marked)
    imported(data, other)
    forms = ((marked, "Mine.", "a", MUCH_LATER), (other, "Theirs.", "b", EVEN_LATER))
    for notebook, note, tag, when in forms:
        spring = notebook.highlights()[1]
        notebook.make(changed(spring, replace(spring, note=note, tags=(tag,), modified=when)))
        assert notebook.flush(20)
    data = exported("json", other)
    assert counts(imported(data, marked)) == (0, 1, 1)
    found = marked.highlights()[1]
    assert (found.note, found.tags) == ("Mine.\n\nTheirs.", ("a", "b"))
    assert counts(imported(data, marked)) == (0, 2, 0)


def test_a_trial_writes_nothing(other: Notebook) -> None:
    plan = plan_import(read_import(exported("json", THREE), Path("file")), other, no_library)
    assert (plan.new, other.highlights()) == (3, ())


def test_an_import_can_be_undone(marked: Notebook) -> None:
    before = marked.highlights()
    assert imported(exported("json", [SILT]), marked).new == 1
    assert marked.undo() == "import of 1 highlight"
    assert marked.flush(20)
    assert marked.highlights() == before


FIRST = replace(
    SILT, note="One.", tags=("a",), created="2026-01-01T00:00:00Z", modified="2026-01-01T00:00:00Z"
)
LATER = replace(FIRST, note="Two.", tags=("b",), colour=Colour.ROSE, modified="2026-02-01T00:00:00Z")


@pytest.mark.parametrize(
    ("kept", "incoming", "note", "tags", "colour", "modified"),
    [
        (FIRST, FIRST, "One.", ("a",), Colour.GREEN, FIRST.modified),
        (FIRST, LATER, "Two.", ("a", "b"), Colour.ROSE, NOW),
        (LATER, FIRST, "Two.", ("b",), Colour.ROSE, LATER.modified),
        (FIRST, replace(LATER, tags=("a", "b")), "Two.", ("a", "b"), Colour.ROSE, LATER.modified),
        (FIRST, replace(LATER, note=""), "One.", ("a", "b"), Colour.ROSE, NOW),
        (LATER, replace(LATER, note="Three."), "Two.\n\nThree.", ("b",), Colour.ROSE, NOW),
        (FIRST, replace(FIRST, id="9" * 32, note="Three."), "One.\n\nThree.", ("a",), Colour.GREEN, NOW),
    ],
    ids=["same", "later", "older", "later with all", "later without note", "both changed", "alike"],
)
def test_two_forms_of_a_highlight(
    kept: Highlight, incoming: Highlight, note: str, tags: tuple[str, ...], colour: Colour, modified: str
) -> None:
    found = combined(kept, incoming, NOW)
    assert (found.note, found.tags, found.colour, found.modified) == (note, tags, colour, modified)
    assert combined(found, incoming, "2026-07-01T00:00:00Z") == found


@pytest.mark.parametrize(
    ("one", "other", "both"),
    [
        ("", "", ""),
        ("a", "", "a"),
        ("", "b", "b"),
        ("a\nb", "b", "a\nb"),
        ("b", "a\nb", "a\nb"),
        ("not now", "no", "not now\n\nno"),
    ],
)
def test_notes_are_joined_each_once(one: str, other: str, both: str) -> None:
    assert both_notes(one, other) == both


@pytest.mark.parametrize(
    ("some", "others", "both"),
    [
        ((), ("a",), ("a",)),
        (("a", "b"), ("b", "a"), ("a", "b")),
        (("b",), ("a", "b"), ("a", "b")),
        (("a",), ("b",), ("a", "b")),
        (("two words", "Sea"), ("two-words", "sea"), ("two words", "Sea")),
        (("two words",), ("new", "two-words"), ("new", "two words")),
    ],
)
def test_tags_are_joined_each_once(
    some: tuple[str, ...], others: tuple[str, ...], both: tuple[str, ...]
) -> None:
    assert all_tags(some, others) == both
