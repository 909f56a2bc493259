"""The cache of parsed episodes: what it gives back is what was read, or nothing."""

import gc
import marshal
import os
import resource
import subprocess
import sys
import time
import zlib
from collections.abc import Callable
from dataclasses import MISSING, Field, fields, replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.conftest import ROOT
from tests.making import long_episode
from tui.core import cache
from tui.core.cache import load, prune, stamp, store
from tui.core.episode import Block, BlockKind, Episode, Section, Span, SpanKind
from tui.core.reading import read_episode

LONG_AGO = 1_700_000_000
"""A time in seconds since 1970 at which no test runs."""

WORDS = st.text(max_size=30)
OPTIONAL_WORDS = st.none() | WORDS
NUMBERS = st.integers(0, 10**7)
SECONDS = st.none() | st.floats(0, 10**6)
SPANS = st.builds(Span, NUMBERS, NUMBERS, st.sampled_from(SpanKind), OPTIONAL_WORDS)
BLOCKS = st.builds(
    Block,
    st.sampled_from(BlockKind),
    WORDS,
    st.integers(0, 9),
    st.lists(SPANS, max_size=3).map(tuple),
    st.none() | NUMBERS,
    OPTIONAL_WORDS,
    SECONDS,
    OPTIONAL_WORDS,
)
SECTIONS = st.builds(
    Section,
    NUMBERS,
    st.integers(1, 6),
    WORDS,
    st.lists(BLOCKS, max_size=4).map(tuple),
    OPTIONAL_WORDS,
    OPTIONAL_WORDS,
    SECONDS,
    st.lists(SPANS, max_size=2).map(tuple),
)
EPISODES = st.builds(
    Episode,
    id=WORDS,
    path=st.just(Path("talk.md")),
    format=WORDS,
    title=WORDS,
    sections=st.lists(SECTIONS, max_size=4).map(tuple),
    show=OPTIONAL_WORDS,
    number=st.none() | st.integers(),
    people=st.lists(WORDS, max_size=3).map(tuple),
    date=OPTIONAL_WORDS,
    url=OPTIONAL_WORDS,
    duration_s=st.none() | NUMBERS,
    language=OPTIONAL_WORDS,
    tags=st.lists(WORDS, max_size=3).map(tuple),
    notices=st.lists(WORDS, max_size=3).map(tuple),
    why=WORDS,
    count=NUMBERS,
)

COMPLETE = Episode(
    "a1b2c3d4e5f6",
    Path("talk.md"),
    "markdown",
    "On Tides",
    (
        Section(
            0,
            2,
            "Ebb",
            (
                Block(
                    BlockKind.NUMBERED,
                    "The sea goes out.",
                    1,
                    (Span(4, 7, SpanKind.LINK, "https://example.org/"),),
                    3,
                    "Ida Brandt",
                    12.5,
                    "transcript",
                    "python",
                ),
            ),
            "Part One",
            "Maren Oduya",
            11.0,
            (Span(0, 3, SpanKind.STRONG),),
        ),
    ),
    "Low Water",
    7,
    ("Ida Brandt",),
    "2024-02-11",
    "https://example.org/7",
    3600,
    "en",
    ("sea",),
    ("A line was left out",),
    "It has the marks of Markdown.",
    3,
)
"""An episode in which no field has its default."""


def old_file(path: Path, data: bytes = b"words", seconds: int = LONG_AGO) -> Path:
    """A file that was last changed long ago."""
    path.write_bytes(data)
    os.utime(path, (seconds, seconds))
    return path


def stored(path: Path, folder: Path) -> Episode:
    """An episode that is in the cache as that of a file."""
    made = replace(COMPLETE, path=path)
    assert store(made, stamp(path), folder=folder)
    assert load(path, folder=folder) == made
    return made


def entry_for(path: Path, folder: Path) -> Path:
    return cache.entry_of(cache.key_of(path), folder)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Where entries are kept; made by the first."""
    return tmp_path / "kept" / "episodes"


@pytest.fixture
def talk(tmp_path: Path) -> Path:
    return old_file(tmp_path / "talk.md")


# What comes back


@given(made=EPISODES)
def test_what_was_stored_is_loaded(made: Episode, tmp_path_factory: pytest.TempPathFactory) -> None:
    home = tmp_path_factory.getbasetemp()
    path = old_file(home / "talk.md")
    made = replace(made, path=path)
    assert store(made, stamp(path), folder=home / "entries")
    found = load(path, folder=home / "entries")
    assert found == made
    assert found is not None
    assert found.words == made.words
    assert all(type(block.kind) is BlockKind for section in found.sections for block in section.blocks)


def test_every_field_is_kept(talk: Path, folder: Path) -> None:
    ebb = COMPLETE.sections[0]
    block = ebb.blocks[0]
    for value in (COMPLETE, ebb, block, block.spans[0]):
        unset = [field.name for field in fields(value) if is_default(field, getattr(value, field.name))]
        assert unset == (["partial"] if value is COMPLETE else []), "the episode above sets every field"
    assert load(talk, folder=folder) is None
    assert stored(talk, folder).sections[0].blocks == ebb.blocks


def is_default(field: "Field[object]", value: object) -> bool:
    return field.default is not MISSING and value == field.default


@pytest.mark.parametrize("path", sorted((ROOT / "episodes").iterdir()), ids=lambda path: path.name)
def test_the_samples_come_back_as_they_were_read(path: Path, folder: Path) -> None:
    before = stamp(path)
    made = read_episode(path)
    if before is None:
        pytest.skip("this file was changed within the last two seconds")
    assert store(made, before, folder=folder)
    assert load(path, folder=folder) == made


def test_real_documents_come_back_as_they_were_read(shared: Path, folder: Path) -> None:
    paths = [path for path in sorted((shared / "corpus").rglob("*")) if path.suffix in {".md", ".txt"}]
    assert paths
    for path in paths:
        before, made = stamp(path), read_episode(path)
        assert store(made, before, folder=folder), path
        assert load(path, folder=folder) == made, path


def test_the_path_is_the_one_that_was_asked_for(
    talk: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stored(talk, folder)
    monkeypatch.chdir(talk.parent)
    found = load(Path("talk.md"), folder=folder)
    assert found == replace(COMPLETE, path=Path("talk.md"))


def test_our_cache_folder_is_used_unless_another_is_named(talk: Path, home: Path) -> None:
    assert store(replace(COMPLETE, path=talk), stamp(talk))
    assert load(talk) is not None
    assert [path.suffix for path in (home / "cache" / "episodes").iterdir()] == [".episode"]
    assert list(talk.parent.iterdir()) == [talk], "nothing is written beside the file"


def test_names_that_look_the_same_stay_two(tmp_path: Path, folder: Path) -> None:
    composed, decomposed = tmp_path / "caf\u00e9.md", tmp_path / "cafe\u0301.md"
    old_file(composed)
    if decomposed.exists():
        pytest.skip("the file system takes the two names for one")
    old_file(decomposed)
    stored(composed, folder)
    assert load(decomposed, folder=folder) is None
    stored(decomposed, folder)
    assert load(composed, folder=folder) == replace(COMPLETE, path=composed)


def test_a_name_that_is_no_text_is_found(tmp_path: Path, folder: Path) -> None:
    stored(old_file(tmp_path / os.fsdecode(b"talk \xff\n.md")), folder)


def test_loading_needs_no_parser(talk: Path, folder: Path) -> None:
    stored(talk, folder)
    check = (
        "import sys; from pathlib import Path; from tui.core.cache import load;"
        f"assert load(Path({str(talk)!r}), folder=Path({str(folder)!r})).title == 'On Tides';"
        "print([name for name in sys.modules if name.startswith('tui.core.')"
        " or name in ('hashlib', 'json', 'pickle', 'struct', 'typing', 'markdown_it', 'yaml')])"
    )
    done = subprocess.run([sys.executable, "-c", check], capture_output=True, text=True, check=True, cwd=ROOT)
    assert done.stdout.strip() == "['tui.core.episode', 'tui.core.cache']"


@pytest.mark.parametrize("running", [True, False])
def test_the_garbage_collector_is_left_as_it_was(talk: Path, folder: Path, running: bool) -> None:
    stored(talk, folder)
    (gc.enable if running else gc.disable)()
    try:
        assert load(talk, folder=folder) is not None
        assert gc.isenabled() == running
    finally:
        gc.enable()


# A file that is not the same any more


def change_content(path: Path) -> None:
    path.write_bytes(b"other")


def touch(path: Path) -> None:
    os.utime(path, (LONG_AGO + 10, LONG_AGO + 10))


def change_and_set_the_time_back(path: Path) -> None:
    # The system's own time of change may tick as seldom as a hundred times a second.
    time.sleep(0.02)
    old_file(path, b"other")


def replace_by_another(path: Path) -> None:
    old_file(path.with_name("new.md"), b"other").replace(path)


def grow(path: Path) -> None:
    old_file(path, b"words and words")


def become_a_folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


@pytest.mark.parametrize(
    "change",
    [
        change_content,
        touch,
        change_and_set_the_time_back,
        replace_by_another,
        grow,
        become_a_folder,
        Path.unlink,
    ],
    ids=lambda change: change.__name__,
)
def test_a_changed_file_is_not_found(change: Callable[[Path], None], talk: Path, folder: Path) -> None:
    stored(talk, folder)
    change(talk)
    assert load(talk, folder=folder) is None


def test_a_file_changed_while_it_was_read_is_not_stored(talk: Path, folder: Path) -> None:
    before = stamp(talk)
    old_file(talk, b"other", LONG_AGO + 10)
    assert not store(replace(COMPLETE, path=talk), before, folder=folder)
    assert not folder.exists()


@pytest.mark.parametrize("age_s", [-60.0, 0.0, 1.5])
def test_a_file_changed_just_now_is_not_trusted(age_s: float, talk: Path, folder: Path) -> None:
    changed = time.time() - age_s
    os.utime(talk, (changed, changed))
    assert stamp(talk) is None
    assert not store(replace(COMPLETE, path=talk), stamp(talk), folder=folder)


def test_a_file_left_alone_for_two_seconds_is_trusted(talk: Path, folder: Path) -> None:
    changed = time.time() - 2.1
    os.utime(talk, (changed, changed))
    stored(talk, folder)


def test_a_later_state_replaces_the_earlier(talk: Path, folder: Path) -> None:
    stored(talk, folder)
    grow(talk)
    later = replace(COMPLETE, path=talk, title="On Tides, again")
    assert store(later, stamp(talk), folder=folder)
    assert load(talk, folder=folder) == later
    assert len(list(folder.iterdir())) == 1


def test_the_head_of_an_episode_is_stored_beside_the_whole(talk: Path, folder: Path) -> None:
    head = replace(COMPLETE, path=talk, partial=True)
    assert store(head, stamp(talk), folder=folder)
    assert load(talk, folder=folder) is None
    assert load(talk, head=True, folder=folder) == head
    stored(talk, folder)
    assert load(talk, head=True, folder=folder) == head
    grow(talk)
    assert load(talk, head=True, folder=folder) is None


# What is never stored


def test_standard_input_is_not_stored_even_beside_a_file_of_its_name(
    tmp_path: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    path = old_file(Path("-"))
    assert stamp(path) is None
    assert not store(replace(COMPLETE, path=path), stamp(path.absolute()), folder=folder)
    assert load(path, folder=folder) is None


@pytest.mark.parametrize("name", ["gone.md", "nul\x00byte.md", "half\ud800.md", "."])
def test_what_is_no_file_has_no_stamp(name: str, tmp_path: Path, folder: Path) -> None:
    assert stamp(tmp_path / name) is None
    assert load(tmp_path / name, folder=folder) is None


def test_a_pipe_has_no_stamp(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.md")
    os.utime(tmp_path / "pipe.md", (LONG_AGO, LONG_AGO))
    assert stamp(tmp_path / "pipe.md") is None


def test_a_text_that_is_more_than_text_is_not_stored(talk: Path, folder: Path) -> None:
    class Markup(str):
        __slots__ = ()

    assert not store(replace(COMPLETE, path=talk, title=Markup("x")), stamp(talk), folder=folder)
    assert not folder.exists()


def test_an_entry_over_the_limit_is_neither_written_nor_read(
    talk: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = stored(talk, folder)
    size = entry_for(talk, folder).stat().st_size
    monkeypatch.setattr(cache, "LARGEST_ENTRY", size - 1)
    assert load(talk, folder=folder) is None
    assert not store(made, stamp(talk), folder=folder)
    monkeypatch.setattr(cache, "LARGEST_ENTRY", size)
    assert load(talk, folder=folder) == made
    assert store(made, stamp(talk), folder=folder)


# Entries that can't be relied on


@given(damage=st.dictionaries(st.floats(0, 1, exclude_max=True), st.integers(1, 255), min_size=1, max_size=4))
def test_a_damaged_entry_is_never_another_episode(
    damage: dict[float, int], tmp_path_factory: pytest.TempPathFactory
) -> None:
    home = tmp_path_factory.getbasetemp()
    path, folder = old_file(home / "talk.md"), home / "entries"
    made = replace(long_episode(3, 20), path=path)
    assert store(made, stamp(path), folder=folder)
    entry = entry_for(path, folder)
    whole = entry.read_bytes()
    data = bytearray(whole)
    for place, change in damage.items():
        data[int(place * len(data))] ^= change
    entry.write_bytes(data)
    assert load(path, folder=folder) == (made if bytes(data) == whole else None)


@given(part=st.floats(0, 1, exclude_max=True))
def test_a_torn_entry_is_not_used(part: float, tmp_path_factory: pytest.TempPathFactory) -> None:
    home = tmp_path_factory.getbasetemp()
    path, folder = old_file(home / "talk.md"), home / "entries"
    assert store(replace(COMPLETE, path=path), stamp(path), folder=folder)
    entry = entry_for(path, folder)
    os.truncate(entry, int(part * entry.stat().st_size))
    assert load(path, folder=folder) is None


def with_last_byte_changed(data: bytes) -> bytes:
    return data[:-1] + bytes([data[-1] ^ 1])


def with_a_byte_more(data: bytes) -> bytes:
    return data + b"\0"


def with_another_length(data: bytes) -> bytes:
    at = data.index(b"\0") + 1 + cache.CHECKSUM_BYTES + cache.LENGTH_BYTES - 1
    return data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :]


@pytest.mark.parametrize("damage", [with_last_byte_changed, with_a_byte_more, with_another_length])
def test_a_damaged_entry_is_removed_and_made_again(
    damage: Callable[[bytes], bytes], talk: Path, folder: Path
) -> None:
    stored(talk, folder)
    entry = entry_for(talk, folder)
    entry.write_bytes(damage(entry.read_bytes()))
    assert load(talk, folder=folder) is None
    assert not entry.exists()
    stored(talk, folder)


@pytest.mark.parametrize(
    "body",
    [b"", b"\xff", marshal.dumps(7), marshal.dumps((1, 2, 3)), marshal.dumps(("i", "f", "t", (("x",),)))],
    ids=["nothing", "no marshal", "a number", "too short", "no section"],
)
def test_a_fitting_checksum_alone_makes_no_episode(body: bytes, talk: Path, folder: Path) -> None:
    stored(talk, folder)
    now = stamp(talk)
    assert now is not None
    heading = cache.heading(cache.key_of(talk), now)
    checksum = zlib.crc32(body).to_bytes(cache.CHECKSUM_BYTES, "big")
    length = len(body).to_bytes(cache.LENGTH_BYTES, "big")
    entry_for(talk, folder).write_bytes(heading + checksum + length + body)
    assert load(talk, folder=folder) is None


@pytest.mark.parametrize(
    ("name", "value"),
    [("__version__", "99.0"), ("FORMAT", 99), ("edition", lambda: 99)],
    ids=["version", "format", "code"],
)
def test_an_entry_of_another_version_is_not_used(
    name: str, value: object, talk: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stored(talk, folder)
    with monkeypatch.context() as other:
        other.setattr(cache, name, value)
        assert load(talk, folder=folder) is None
    assert load(talk, folder=folder) is not None


def test_an_entry_of_another_python_is_not_used(
    talk: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stored(talk, folder)
    monkeypatch.setattr(sys, "version_info", (3, 99, 0))
    assert load(talk, folder=folder) is None


def test_changed_code_is_another_edition(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "formats").mkdir()
    monkeypatch.setattr(cache, "__file__", str(tmp_path / "cache.py"))
    found = [cache.edition.__wrapped__()]
    old_file(tmp_path / "formats/page.py")
    found.append(cache.edition.__wrapped__())
    old_file(tmp_path / "formats/page.py", b"words", LONG_AGO + 1)
    found.append(cache.edition.__wrapped__())
    old_file(tmp_path / "reading.py")
    found.append(cache.edition.__wrapped__())
    assert len(set(found)) == 4
    old_file(tmp_path / "notes.txt")
    assert cache.edition.__wrapped__() == found[-1]


def test_without_files_of_its_own_the_code_has_one_edition(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cache, "__file__", str(tmp_path / "archive.zip/tui/core/cache.py"))
    assert cache.edition.__wrapped__() == zlib.crc32(b"[]")


def test_the_entry_of_another_path_is_not_used(tmp_path: Path, folder: Path) -> None:
    one = old_file(tmp_path / "one.md")
    stored(one, folder)
    # The same file under another name, and its entry where it would lie if both checksums collided.
    other = tmp_path / "other.md"
    other.symlink_to(one)
    assert stamp(other) == stamp(one)
    entry_for(one, folder).rename(entry_for(other, folder))
    assert load(other, folder=folder) is None


def test_a_stamp_tells_apart_files_of_the_same_size_and_time(tmp_path: Path) -> None:
    one, other = stamp(old_file(tmp_path / "one.md")), stamp(old_file(tmp_path / "other.md", b"other"))
    assert one is not None
    assert other is not None
    assert one[:2] == other[:2]
    assert one[3] != other[3]


def test_each_part_of_a_stamp_counts(talk: Path) -> None:
    now = stamp(talk)
    assert now is not None
    changed = [tuple(value + (place == at) for at, value in enumerate(now)) for place in range(len(now))]
    headings = {cache.heading(b"/talk.md", other) for other in (now, *changed)}  # type: ignore[arg-type]
    assert len(headings) == 6


def test_the_entry_of_another_user_is_not_used(
    talk: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stored(talk, folder)
    stranger = os.geteuid() + 1
    monkeypatch.setattr(os, "geteuid", lambda: stranger)
    assert load(talk, folder=folder) is None


def test_an_entry_that_is_a_link_is_not_followed(talk: Path, folder: Path) -> None:
    stored(talk, folder)
    entry = entry_for(talk, folder)
    entry.rename(folder / "elsewhere")
    entry.symlink_to(folder / "elsewhere")
    assert load(talk, folder=folder) is None


def test_an_entry_that_is_a_pipe_does_not_block(talk: Path, folder: Path) -> None:
    folder.mkdir(parents=True)
    os.mkfifo(entry_for(talk, folder))
    assert load(talk, folder=folder) is None


# The folder


def test_entries_are_for_their_owner_only(talk: Path, folder: Path) -> None:
    before = os.umask(0)
    try:
        stored(talk, folder)
    finally:
        os.umask(before)
    assert folder.stat().st_mode & 0o777 == 0o700
    assert [path.stat().st_mode & 0o777 for path in folder.iterdir()] == [0o600]


def test_a_folder_that_cannot_be_made_is_no_cache(tmp_path: Path, talk: Path) -> None:
    folder = talk / "episodes"
    assert not store(replace(COMPLETE, path=talk), stamp(talk), folder=folder)
    assert load(talk, folder=folder) is None
    assert prune(folder) == 0
    assert list(tmp_path.iterdir()) == [talk]


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_read_only_folder_still_gives_what_it_has(tmp_path: Path, talk: Path, folder: Path) -> None:
    made = stored(talk, folder)
    other = old_file(tmp_path / "other.md")
    folder.chmod(0o500)
    try:
        assert not store(replace(COMPLETE, path=other), stamp(other), folder=folder)
        assert load(talk, folder=folder) == made
        assert prune(folder, 0) == 0
    finally:
        folder.chmod(0o700)


def test_a_full_disk_leaves_nothing_behind(talk: Path, folder: Path) -> None:
    script = (
        "import sys, resource; from pathlib import Path; from tui.core.cache import stamp, store;"
        "from tests.making import long_episode; from dataclasses import replace;"
        "path, folder, most = Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3]);"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (most, resource.getrlimit(resource.RLIMIT_FSIZE)[1]));"
        "print(store(replace(long_episode(), path=path), stamp(path), folder=folder))"
    )
    answers = []
    for most in (4096, resource.RLIM_INFINITY):
        command = [sys.executable, "-c", script, str(talk), str(folder), str(most)]
        done = subprocess.run(command, capture_output=True, text=True, check=True, cwd=ROOT)
        answers.append((done.stdout.strip(), len(list(folder.iterdir()))))
    assert answers == [("False", 0), ("True", 1)]


def test_the_current_folder_may_be_gone(
    tmp_path: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    gone = tmp_path / "gone"
    gone.mkdir()
    monkeypatch.chdir(gone)
    gone.rmdir()
    assert load(Path("talk.md"), folder=folder) is None


def test_two_processes_storing_at_once_leave_one_whole_entry(talk: Path, folder: Path) -> None:
    script = (
        "import sys; from pathlib import Path; from tui.core.cache import stamp, store;"
        "from tests.making import long_episode; from dataclasses import replace;"
        "path, folder = Path(sys.argv[1]), Path(sys.argv[2]);"
        "made = replace(long_episode(), path=path, title=sys.argv[3]);"
        "assert all([store(made, stamp(path), folder=folder) for _ in range(150)])"
    )
    titles = ("one", "another")
    writers = [
        subprocess.Popen([sys.executable, "-c", script, str(talk), str(folder), title], cwd=ROOT)
        for title in titles
    ]
    expected = [replace(long_episode(), path=talk, title=title) for title in titles]
    seen = 0
    while any(writer.poll() is None for writer in writers):
        found = load(talk, folder=folder)
        if found is None:
            assert not seen, "once there is an entry, there always is one"
        else:
            assert found in expected
            seen += 1
    assert [writer.returncode for writer in writers] == [0, 0]
    assert load(talk, folder=folder) in expected
    assert len(list(folder.iterdir())) == 1
    assert seen, "the entry was loaded while others stored it"


# Pruning


def filled(folder: Path, ages_s: list[int]) -> list[Path]:
    """Entries that were last of use at these times, in seconds after LONG_AGO."""
    entries = []
    for age in ages_s:
        path = old_file(folder.parent.parent / f"talk {age}.md")
        assert store(replace(COMPLETE, path=path, title="On Tides, as told"), stamp(path), folder=folder)
        entries.append(entry_for(path, folder))
        os.utime(entries[-1], (LONG_AGO + age, LONG_AGO + age))
    return entries


def test_pruning_removes_what_was_of_no_use_for_longest(folder: Path) -> None:
    entries = filled(folder, [30, 10, 20])
    room = entries[0].stat().st_size + entries[2].stat().st_size
    assert prune(folder, room) == 1
    assert [entry.exists() for entry in entries] == [True, False, True]
    assert prune(folder, room) == 0
    assert prune(folder, room - 1) == 1
    assert [entry.exists() for entry in entries] == [True, False, False]


def test_an_entry_that_was_loaded_counts_as_new(folder: Path, talk: Path) -> None:
    stored(talk, folder)
    kept = entry_for(talk, folder)
    os.utime(kept, (LONG_AGO, LONG_AGO))
    newer = filled(folder, [10])[0]
    assert load(talk, folder=folder) is not None
    prune(folder, kept.stat().st_size)
    assert kept.exists()
    assert not newer.exists()


def test_pruning_touches_only_what_is_ours(folder: Path) -> None:
    entry = filled(folder, [10])[0]
    left = old_file(folder / "notes.txt")
    abandoned = old_file(folder / "tmp1234.part")
    writing = folder / "tmp5678.part"
    writing.write_bytes(b"half")
    assert prune(folder, entry.stat().st_size) == 1
    assert sorted(folder.iterdir()) == sorted([entry, left, writing])
    assert not abandoned.exists()


def test_pruning_without_a_folder_does_nothing(folder: Path, home: Path) -> None:
    assert prune(folder) == 0
    assert prune() == 0
    assert not (home / "cache").exists()
