"""Files that try to do harm, each opened as a person would: what they hold never acts.

Every sequence in them carries the number 31337, so that one which got through is told from Textual's.
"""

import os
import re
import socket
import sys
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

import pytest

from tests.emulator import SEQUENCE
from tests.pty import Terminal

PULLQUOTE = (sys.executable, "-m", "tui")

LATE = 20
"""Seconds after which something is taken not to come any more, on a slow machine."""

FIRST, LAST = "The first harmless words", "The last harmless words"

CANARY = "31337"

HIDDEN = re.compile(
    "[\x00-\x09\x0b\x0c\x0e-\x1f\x7f-\x9f\xad\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u2064\u2066-\u2069\ufeff"
    "\U000e0000-\U000e007f]"
)
"""Characters that no line on a screen is made of."""


def page(middle: str | bytes, title: str | bytes = b"A harmless title") -> bytes:
    """A page of text whose first and last words show that all of it can be read."""
    body, head = (part.encode() if isinstance(part, str) else part for part in (middle, title))
    words = (b"# " + head, FIRST.encode() + b".", b"## Middle", body, b"## End", LAST.encode() + b".", b"")
    return b"\n\n".join(words)


def kinds(raw: bytes) -> set[str]:
    """Return what kinds of sequences, and what hidden characters, a terminal was sent."""
    text = raw.decode("utf-8", "backslashreplace")
    found = set(HIDDEN.findall(SEQUENCE.sub("", text)))
    for match in SEQUENCE.finditer(text):
        command, final = match["command"], match["final"]
        if command is not None:
            found.add("OSC " + command.partition(";")[0])
        elif final is None:
            found.add(match[0][:2])
        else:
            parameters = match["parameters"] if final in "hlp" else ""
            found.add(f"CSI {match['prefix']}{parameters}{match['middle']}{final}")
    return found


def assert_nothing_acted(terminal: Terminal, usual: set[str]) -> None:
    """What was sent is what the program sends for harmless files too, and the terminal was given back."""
    raw = terminal.raw()
    assert kinds(raw) <= usual
    sent = [match[0] for match in SEQUENCE.finditer(raw.decode("utf-8", "backslashreplace"))]
    assert not [sequence for sequence in sent if CANARY in sequence]
    assert terminal.clipboard() == []
    assert terminal.restored() == []


def press(terminal: Terminal, *keys: str) -> None:
    """Press keys as a person does: each when the one before has been obeyed."""
    for key in keys:
        terminal.send(key)
        # What comes soon after an escape is taken for one sequence with it.
        terminal.quiet(0.2 if key == "escape" else 0.06)


def read_through(terminal: Terminal, first: str = FIRST) -> None:
    """Page through what is open, look for something, look at the outline, leave."""
    terminal.wait_for(first, LATE)
    terminal.wait_for(lambda lines: "reading on" not in lines[0], LATE)
    press(terminal, "space", "space", "G")
    terminal.wait_for(LAST, LATE)
    press(terminal, "g")
    terminal.wait_for(first, LATE)
    press(terminal, "/")
    terminal.send(*"harmless words")
    terminal.wait_for(lambda lines: any("1 / 2" in line for line in lines[1:]), LATE)
    press(terminal, "enter", "n")
    terminal.wait_for(lambda lines: any("2 / 2" in line for line in lines[1:]), LATE)
    press(terminal, "o")
    terminal.wait_for("fold", LATE)
    press(terminal, "escape", "q")
    assert terminal.wait_exit(LATE) == 0
    assert "".join(terminal.screen()) == ""


def assert_reads(file: Path, usual: set[str], first: str = FIRST) -> None:
    with Terminal([*PULLQUOTE, file]) as terminal:
        read_through(terminal, first)
        assert_nothing_acted(terminal, usual)


@pytest.fixture(scope="session")
def usual(tmp_path_factory: pytest.TempPathFactory) -> set[str]:
    """What a terminal is sent for a harmless file, and for the library: Textual's own sequences."""
    folder = tmp_path_factory.mktemp("usual")
    for name in ("one.md", "two.md"):
        (folder / name).write_bytes(page("Nothing here."))
    with Terminal([*PULLQUOTE, folder]) as terminal:
        terminal.wait_for("2 episodes", LATE)
        press(terminal, "enter")
        read_through(terminal)
        return kinds(terminal.raw())


ENDS = ("\x07", "\x1b\\", "\x9c")

ESCAPES = {
    "OSC": " ".join(
        f"x\x1b]{command}{end}y"
        for command in (
            f"0;{CANARY}",
            f"2;{CANARY}",
            "52;c;MzEzMzc=",
            "52;p;MzEzMzc=",
            "52;c;?",
            f"8;;https://example.com/{CANARY}",
            f"4;1;#{CANARY}",
            f"10;#{CANARY}",
            f"9;{CANARY}",
            f"777;notify;{CANARY}",
            f"1337;SetMark={CANARY}",
            f"7;file://{CANARY}",
            "133;A",
        )
        for end in ENDS
    ),
    "CSI": " ".join(
        f"x\x1b[{sequence}y"
        for sequence in (
            *(f"{CANARY}{final}" for final in "ABCDEFGHJKLMPSTXZabdefgmnrt`@"),
            *("2J", "3J", "1;1H", "8m", "6n", "21t", "c", ">c", "5i", "4i", "!p", "1 q", f"{CANARY}b"),
            *(
                f"?{mode}{on}"
                for mode in (1, 5, 7, 25, 47, 1000, 1049, 1003, 2004, 2026, 31337)
                for on in "hl"
            ),
            *("1;1;31337;31337$x", ">31u", "<u", "?u", "38:2::31337:1:1m"),
        )
    ),
    "strings": " ".join(
        f"x\x1b{kind}{CANARY}{end}y"
        for kind in (
            "P",
            "P1$r",
            "P+q",
            "Pq#0;2;0;0;0",
            "Ptmux;\x1b\x1b]52;c;MzEzMzc=\x07",
            "_",
            "_Ga=T;",
            "^",
            "X",
        )
        for end in ENDS
    ),
    "unterminated": f"x\x1b\n]0;{CANARY}\n\n\x1b[\n\n\x1b\x1b\x1b\n\n"
    + "word " * 13
    + "\x1b]0;"
    + f"{CANARY} " * 9,
    "unterminated OSC 52": "\x1b]52;c;MzEzMzc",
    "plain escapes": " \x1b".join(("x", *"c78=>MDENOZn|", "#8", "(0", ")0", "%@")),
    "C1 as UTF-8": f"\x9d52;c;MzEzMzc=\x9c \x9b{CANARY}m \x9b2J \x90{CANARY}\x9c "
    + "".join(map(chr, range(128, 160))),
    "controls": "\x07" * 200
    + "secret"
    + "\x08" * 6
    + "public\rover \x05\x0e\x0f\x7f\x0b\x0c\x18\x1a\x11\x13\x00\x1c\x1d",
    "bidi and hidden": " ".join(
        "a\u202eb\u202ac\u2066d\u2069\u200e\u200f\u061ce\u200bf\u2060g\xadh\ufeff\U000e0041\U000e007f"
    ),
    "separators": "one\u2028two\u2029three\x85four",
    "markup": "[red]x[/red] [/] [b [@click=app.quit]y[/] [link=https://example.com]z[/link] \\[ [[ {x} $ink",
    "links": (
        "[a](javascript:alert(31337)) [b](file:///etc/passwd) [c](data:text/html,31337)"
        " [d](https://example.com/\x1b]0;31337\x07) <https://example.com/%1b]0;31337%07> [e](https://example.com)"
    ),
    "entities": "&#27;]0;31337&#7; &#x1b;[31337m &#155;31337m &#8238; &#0; &ESC; \\x1b[31337m %1b[31337m",
    "combining marks": "z"
    + "\u0301" * 500
    + " \u200d\u200d \U0001f468\u200d\U0001f469\u200d\U0001f467 \ufe0f\ufe0f",
}
"""What a paragraph may hold (A01 to A06, A08, A11 to A13 of what is promised)."""


@pytest.mark.parametrize("middle", ESCAPES.values(), ids=ESCAPES)
def test_what_a_paragraph_or_a_title_holds_does_not_act(tmp_path: Path, usual: set[str], middle: str) -> None:
    file = tmp_path / "evil.md"
    title = middle.replace("\n", " ").replace("\r", " ")[:400]
    file.write_bytes(page(middle, "A harmless title " + title))
    assert_reads(file, usual)


def test_raw_c1_bytes_do_not_act(tmp_path: Path, usual: set[str]) -> None:
    file = tmp_path / "evil.md"
    file.write_bytes(page(b"\x9d52;c;MzEzMzc=\x9c \x9b31337m \x9b2J \x84\x85\x88\x8d\x90x\x9c\x9a"))
    assert_reads(file, usual)


FIELDS = {
    "yaml": (
        '---\ntitle: "A harmless title \\e]0;31337\\a \\x9b31337m"\nshow: "\\e[31337m"\n'
        'people: ["\\e]52;c;MzEzMzc=\\a"]\ntags: ["\\e[2J"]\ndate: "\\e[31337m2024"\n'
        'url: "https://example.com/\\e]0;31337\\a"\n---\n'
    ),
    "json": '{"title": "A harmless title \\u001b]0;31337\\u0007", "show": "\\u009b31337m\\u202e"}\n',
    "toml": '+++\ntitle = "A harmless title \\u001b]0;31337\\u0007"\nshow = "\\u009b31337m"\n+++\n',
    "raw": "---\ntitle: A harmless title \x1b]0;31337\x07\nshow: \x1b[31337m\n---\n",
}
"""Fields whose controls are born by decoding (A07, A08)."""


@pytest.mark.parametrize("front", FIELDS.values(), ids=FIELDS)
def test_what_fields_hold_does_not_act(tmp_path: Path, usual: set[str], front: str) -> None:
    file = tmp_path / "evil.md"
    file.write_bytes(front.encode() + page("\x1b]0;31337\x07")[len("# A harmless title\n\n") :])
    assert_reads(file, usual)


NAMES = (
    b"\x1b]0;31337\x07.md",
    b"a\nb\r\x1b[2J.txt",
    b"\xe2\x80\xaegpj.md",
    b"not \xff\xfe UTF-8.md",
    b"\xc2\x9b31337m.md",
    b"[red]a[@click=app.quit] b.md",
    b"-rf.md",
    b"--help.md",
    b"two  blanks .md",
    b"caf\xc3\xa9.md",
    b"cafe\xcc\x81.md",
    b"LOUD.TXT",
    b"n" * 240 + b".md",
)


def test_what_names_hold_does_not_act_in_the_library_nor_in_messages(tmp_path: Path, usual: set[str]) -> None:
    folder = os.fsencode(tmp_path) + b"/a \x1b]0;31337\x07 folder"
    Path(os.fsdecode(folder)).mkdir()
    for name in NAMES:
        Path(os.fsdecode(folder + b"/" + name)).write_bytes(page("Nothing.", b""))
    Path(os.fsdecode(folder + b"/empty \x1b[31337m.md")).touch()
    with Terminal([*PULLQUOTE, os.fsdecode(folder)], size=(100, 30)) as terminal:
        terminal.wait_for(f"{len(NAMES) + 1} episodes", LATE)
        press(terminal, "s", "s", "G", "g", "/", *CANARY)
        terminal.wait_for("3 of", LATE)
        press(terminal, "escape", "enter")
        terminal.wait_for("] section", LATE)
        press(terminal, ">", ">", ">", ">", "r", "l")
        terminal.wait_for("Library", LATE)
        press(terminal, "q")
        assert terminal.wait_exit(LATE) == 0
        assert_nothing_acted(terminal, usual)


@pytest.mark.parametrize("name", NAMES[:5], ids=ascii)
def test_a_name_in_an_error_does_not_act(tmp_path: Path, name: bytes) -> None:
    with Terminal([*PULLQUOTE, os.fsdecode(os.fsencode(tmp_path) + b"/" + name)], size=(200, 5)) as terminal:
        assert terminal.wait_exit(LATE) == 1
        assert kinds(terminal.raw()) == set()
        assert [line[:11] for line in terminal.screen() if line] == ["pullquote: "]


@pytest.mark.parametrize("name", ["-rf.md", "--help", "keys", "e\u0301.md", "n" * 240, "LOUD.TXT"])
def test_any_name_can_be_opened(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(page("Nothing."))
    with Terminal([*PULLQUOTE, "--", name], cwd=tmp_path) as terminal:
        terminal.wait_for(FIRST, LATE)
        terminal.send("q")
        assert terminal.wait_exit(LATE) == 0


def test_a_copy_of_evil_text_is_clean(tmp_path: Path) -> None:
    file = tmp_path / "evil.md"
    evil = "\x1b]52;c;MzEzMzc=\x07rm\x00 -rf\x08 \u202e~\u2066\x9b31337m\r\nnext"
    file.write_bytes(
        page("x", f"A title \x1b[31337m {evil[:9]}").replace(FIRST.encode(), f"{FIRST} {evil}".encode())
    )
    with Terminal([*PULLQUOTE, file]) as terminal:
        terminal.wait_for(FIRST, LATE)
        press(terminal, "y", "y")
        terminal.wait_for("OSC 52", LATE)
        (copied,) = terminal.clipboard()
        assert FIRST in copied
        assert HIDDEN.findall(copied) == []
        assert "\r" not in copied
        assert not copied.endswith("\n")
        terminal.send("q")
        assert terminal.wait_exit(LATE) == 0


def test_what_a_clipboard_tool_says_does_not_act(tmp_path: Path, usual: set[str]) -> None:
    tool = tmp_path / "bin" / "xclip"
    tool.parent.mkdir()
    tool.write_text(
        "#!/bin/sh\nprintf '\\033]0;31337\\007\\033[31337m' >&2\nprintf '\\033[2J' > /dev/tty\nexit 1\n"
    )
    tool.chmod(0o755)
    file = tmp_path / "plain.md"
    file.write_bytes(page("Nothing."))
    env = {"PATH": f"{tool.parent}:{os.environ['PATH']}", "DISPLAY": ":99"}
    with Terminal([*PULLQUOTE, file], size=(120, 30), env=env) as terminal:
        terminal.wait_for(FIRST, LATE)
        press(terminal, "y", "y")
        terminal.wait_for("OSC 52", LATE)
        assert len(terminal.clipboard()) == 1
        terminal.send("q")
        assert terminal.wait_exit(LATE) == 0
        assert kinds(terminal.raw()) <= usual | {"OSC 52"}


# Files of all kinds

ENCODINGS: dict[str, Callable[[str], bytes]] = {
    "UTF-8 with a mark": lambda text: text.encode("utf-8-sig"),
    "UTF-16": lambda text: text.encode("utf-16"),
    "UTF-16 big endian": lambda text: b"\xfe\xff" + text.encode("utf-16-be"),
    "UTF-32": lambda text: text.encode("utf-32"),
    "Windows": lambda text: text.encode("cp1252"),
    "CR LF": lambda text: text.replace("\n", "\r\n").encode(),
    "CR": lambda text: text.replace("\n", "\r").encode(),
    "CR CR LF": lambda text: text.replace("\n", "\r\r\n").encode(),
    "no final line end": lambda text: text.rstrip("\n").encode(),
    "cut in a character": lambda text: text.encode() + b"\xe2\x82",
}
"""Ways to write one text (B01, B04)."""

ODD = {
    "damaged UTF-8": b"caf\xc3\xa9 \xff\xfe \xc0\xaf \xed\xa0\x80 \xf8\x88\x80 ok " + "ü".encode() * 20,
    "NUL inside": b"one\x00two",
    "a million letters in a line": b"x" * 1_000_000,
    "a line of words": b"word " * 100_000,
    "a heading of 50,000 letters": b"x\n\n## " + b"long " * 10_000 + b"\n\nx",
    "300 equal headings": b"## Same\n\nx\n\n" * 300,
    "5,000 bullets": b"- point\n" * 5_000,
    "100,000 blanks": b"x" + b" " * 100_000 + b"y",
    "quotes in quotes": b">" * 5_000 + b" x",
    "brackets": b"[" * 20_000 + b"x",
    "stars": b"*a " * 20_000,
    "backticks": b"".join(b"`" * number + b" " for number in range(1, 300)),
    "lists in lists": b"".join(b"  " * depth + b"- x\n" for depth in range(500)),
    "a wide table": b"a|" * 2_000 + b"\n" + b"-|" * 2_000 + b"\n" + b"a|" * 2_000,
    "an open HTML element": b"<!-- a --> <div <a href='x <script>alert(31337)",
}
"""What the middle of a file may be, and the file still be read to its end (B02, B05 to B07)."""


def walk(folder: Path, files: Sequence[bytes], usual: set[str]) -> None:
    """Read files with the titles ``Case 00``, ``Case 01`` … to their ends, in one terminal."""
    for number, data in enumerate(files):
        (folder / f"Case {number:02}.md").write_bytes(data)
    with Terminal([*PULLQUOTE, "."], cwd=folder) as terminal:
        terminal.wait_for(f"{len(files)} episodes", LATE)
        press(terminal, "enter")
        for number in range(len(files)):
            terminal.wait_for(partial(shows_case, f"Case {number:02}"), LATE)
            press(terminal, "space", "G")
            terminal.wait_for(LAST, LATE)
            terminal.send(">")
        terminal.wait_for("This is the last", LATE)
        press(terminal, "q")
        assert terminal.wait_exit(LATE) == 0
        assert_nothing_acted(terminal, usual)


def shows_case(title: str, lines: list[str]) -> bool:
    """Say whether an episode is shown, and was read to its end."""
    return title in lines[0] and "reading on" not in lines[0]


def test_every_encoding_is_read_to_its_end(tmp_path: Path, usual: set[str]) -> None:
    texts = [
        page("Grüße aus Århus – “so” …", f"Case {number:02}").decode() for number in range(len(ENCODINGS))
    ]
    walk(tmp_path, [encode(text) for encode, text in zip(ENCODINGS.values(), texts, strict=True)], usual)


def test_odd_files_are_read_to_their_end(tmp_path: Path, usual: set[str]) -> None:
    files = [page(middle, f"Case {number:02}") for number, middle in enumerate(ODD.values())]
    walk(tmp_path, [*files, page("x", f"Case {len(files):02} " + "T" * 10_000)], usual)


YAML = {
    "billion laughs": "a: &a [x,x,x,x,x,x,x,x,x]\n"
    + "".join(
        f"{b}: &{b} [*{a},*{a},*{a},*{a},*{a},*{a},*{a},*{a},*{a}]\n"
        for a, b in zip("abcdefgh", "bcdefghi", strict=True)
    ),
    "python object": "x: !!python/object/apply:os.system ['touch ran']",
    "recursive": "a: &a\n  b: *a",
    "brackets": "a: " + "[" * 10_000,
    "a huge number": "number: " + "9" * 100_000,
    "wrong types": "title: [1, {a: b}]\nshow: {x: y}\nnumber: x\npeople: 5\ndate: [1]\ntags: {a: b}\nurl: 7",
    "colons": "title: a: b: c\n\tx: y\n? [a, b]\n: c",
}


@pytest.mark.parametrize("front", YAML.values(), ids=YAML)
def test_front_matter_does_not_run_nor_hang(tmp_path: Path, usual: set[str], front: str) -> None:
    file = tmp_path / "evil.md"
    file.write_bytes(f"---\n{front}\n---\n\n".encode() + page("Nothing."))
    assert_reads(file, usual)
    assert not Path("ran").exists()


def refused(path: Path | str, *, cwd: Path | None = None, words: tuple[str, ...] = ()) -> tuple[int, str]:
    """Return the exit status and the one line with which something is not opened."""
    with Terminal([*PULLQUOTE, path, *words], size=(240, 5), cwd=cwd) as terminal:
        status = terminal.wait_exit(LATE)
        assert kinds(terminal.raw()) == set()
        (line,) = [line for line in terminal.screen() if line]
        return status, line


BINARIES = {
    "NULs": bytes(5_000),
    "noise": bytes(number * number * 7 % 251 for number in range(5_000)),
    "PNG": b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 4,
    "program": b"\x7fELF" + bytes(1_000),
    "PDF": b"%PDF-1.7\n" + bytes(range(256)) * 4,
    "gzip": b"\x1f\x8b\x08" + bytes(range(256)) * 4,
}


@pytest.mark.parametrize("data", BINARIES.values(), ids=BINARIES)
def test_a_file_that_is_no_text_is_refused_in_one_line(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "binary.txt").write_bytes(data)
    status, line = refused(tmp_path / "binary.txt")
    assert status == 1
    assert "is not a text file" in line


@pytest.mark.parametrize("data", [b"", b" \t\n\n", b"\xef\xbb\xbf"], ids=["empty", "blank", "a mark only"])
def test_a_file_without_text_opens_or_says_so(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "empty.txt").write_bytes(data)
    with Terminal([*PULLQUOTE, tmp_path / "empty.txt"]) as terminal:
        terminal.wait_for("empty", LATE)
        press(terminal, "space", "G", "]", "y", "escape", "/", "x", "escape", "o", "escape", "q")
        assert terminal.wait_exit(LATE) == 0
        assert terminal.restored() == []
        assert b"mistake" not in terminal.raw()


def test_things_that_are_no_files_are_refused_at_once(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.md")
    (tmp_path / "zero.md").symlink_to("/dev/zero")
    (tmp_path / "terminal.md").symlink_to("/dev/tty")
    (tmp_path / "loop.md").symlink_to("loop.md")
    (tmp_path / "dangling.md").symlink_to("nowhere")
    with socket.socket(socket.AF_UNIX) as listener:
        os.chdir(tmp_path)
        listener.bind("socket.md")
        for name in ("pipe", "zero", "terminal", "socket", "loop", "dangling"):
            status, line = refused(tmp_path / f"{name}.md")
            assert status == 1
            assert f"{name}.md" in line


def test_a_folder_with_traps_lists_the_rest(tmp_path: Path, usual: set[str]) -> None:
    folder = tmp_path / "library"
    folder.mkdir()
    (folder / "good.md").write_bytes(page("Nothing."))
    (folder / "other.md").write_bytes(page("Nothing.", "Another title"))
    (folder / "binary.md").write_bytes(bytes(5_000))
    (folder / "loop").symlink_to(folder)
    (folder / "up").symlink_to(tmp_path)
    (folder / "dangling.md").symlink_to("nowhere")
    (folder / "zero.md").symlink_to("/dev/zero")
    os.mkfifo(folder / "pipe.md")
    locked = folder / "locked.md"
    locked.write_bytes(page("Nothing."))
    locked.chmod(0)
    with Terminal([*PULLQUOTE, folder], size=(120, 30)) as terminal:
        terminal.wait_for("Another title", LATE)
        press(terminal, "/", *"another", "enter")
        terminal.wait_for(FIRST, LATE)
        press(terminal, *"<<<>>>", "q")
        assert terminal.wait_exit(LATE) == 0
        assert_nothing_acted(terminal, usual)


# Files that change while they are open


@pytest.fixture
def changing(tmp_path: Path) -> Path:
    file = tmp_path / "changing.md"
    file.write_bytes(page("Nothing. " * 400))
    return file


def test_a_file_that_is_deleted_can_still_be_read(changing: Path) -> None:
    with Terminal([*PULLQUOTE, changing]) as terminal:
        terminal.wait_for(FIRST, LATE)
        changing.unlink()
        press(terminal, "r")
        terminal.wait_for("not there", LATE)
        press(terminal, "e", "G")
        terminal.wait_for(LAST, LATE)
        press(terminal, "/", *"first harmless")
        terminal.wait_for("1 / 1", LATE)
        terminal.send("ctrl+q")
        assert terminal.wait_exit(LATE) == 0


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (page("Something else.", "A new title"), "A new title"),
        (b"\x00" * 5_000, "is not a text file"),
        (b"", "The file is empty"),
    ],
    ids=["replaced", "made binary", "emptied"],
)
def test_a_file_that_changes_is_read_again_when_asked(changing: Path, data: bytes, said: str) -> None:
    with Terminal([*PULLQUOTE, changing.name], cwd=changing.parent) as terminal:
        terminal.wait_for(FIRST, LATE)
        other = changing.with_suffix(".new")
        other.write_bytes(data)
        other.replace(changing)
        press(terminal, "G", "r")
        terminal.wait_for(said, LATE)
        terminal.send("q")
        assert terminal.wait_exit(LATE) == 0
        assert terminal.restored() == []


# The command line


@pytest.mark.parametrize(
    ("words", "status"),
    [(("nowhere.md",), 1), (("a.md", "b.md"), 2), (("--no-such-option",), 2), (("empty",), 1)],
    ids=str,
)
def test_what_can_not_be_opened_is_one_line_before_the_screen_is_taken(
    tmp_path: Path, words: tuple[str, ...], status: int
) -> None:
    (tmp_path / "empty").mkdir()
    for name in ("a.md", "b.md"):
        (tmp_path / name).write_bytes(page("Nothing."))
    found, line = refused(words[0], cwd=tmp_path, words=words[1:])
    assert found == status
    assert line.startswith("pullquote: ")
