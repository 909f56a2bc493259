"""A terminal's inside for tests: what a program wrote, as cells, modes and clipboard requests.

pyte draws the cells. What it lacks (the alternate screen, modes asked for by newer programs, the
kitty keyboard, OSC 52) is kept here, because these are what a program may leave behind or act with.
Sequences as in xterm's control sequences (ctlseqs) and the kitty keyboard protocol.
"""

import base64
import binascii
import codecs
import re

import pyte

SEQUENCE = re.compile(
    r"\x1b(?:"
    r"\[(?P<prefix>[<=>?]?)(?P<parameters>[0-9;:]*)(?P<middle>[ -/]*)(?P<final>[@-~])"
    r"|\](?P<command>[^\x07\x1b]*)(?:\x07|\x1b\\)"
    r"|[PX^_][^\x1b]*\x1b\\"
    r"|[ -/]*[0-OQ-WYZ\\`-~]"
    r")"
)
"""One whole control sequence: CSI, OSC, a string of another kind, or a plain escape."""

UNFINISHED = re.compile(r"\x1b(?:\[[<=>?]?[0-9;:]*[ -/]*|[]PX^_][^\x07\x1b]*\x1b?|[ -/]*)?\Z")
"""A control sequence whose end has not come yet."""

ALTERNATE = frozenset({47, 1047, 1049})
"""Private modes that show the alternate screen."""

MODE_NAMES = {
    47: "alternate screen",
    1047: "alternate screen",
    1049: "alternate screen",
    1000: "mouse",
    1002: "mouse",
    1003: "mouse",
    1006: "mouse",
    1015: "mouse",
    1016: "mouse",
    1004: "focus reports",
    2004: "bracketed paste",
    2026: "synchronized output",
    2048: "resize reports",
}
"""Private modes that are off in a fresh terminal and that a program must switch off again."""

CURSOR, WRAP = 25, 7
"""Private modes that are on in a fresh terminal."""

KNOWN_MODES = frozenset(MODE_NAMES) - {2048} | {CURSOR, WRAP}
"""What this terminal knows of, as xterm does; asked for any other mode it answers 0."""


class Emulator:
    """Reads what a program writes; holds the screen and every mode the program has changed."""

    def __init__(self, columns: int, rows: int) -> None:
        self._decoder = codecs.getincrementaldecoder("utf-8")(errors="replace")
        self._rest = ""
        self._main = pyte.Screen(columns, rows)
        self._alternate = pyte.Screen(columns, rows)
        self._streams = {False: pyte.Stream(self._main), True: pyte.Stream(self._alternate)}
        self.modes = {CURSOR, WRAP}
        """Private modes that are on."""

        self.keyboard_flags: list[int] = []
        """The kitty keyboard protocol's stack for this program."""

        self.modify_other_keys = 0
        """xterm's level of reporting modified keys; 0 is off."""

        self.copied: list[str] = []
        """Every text the program asked to be put on the clipboard (OSC 52), decoded."""

        self.answers: list[bytes] = []
        """What a modern xterm would answer to the questions read so far; the caller sends them."""

    @property
    def cells(self) -> pyte.Screen:
        """The pyte screen that is shown now."""
        return self._alternate if self.modes & ALTERNATE else self._main

    def lines(self) -> list[str]:
        """Return the rows as text, blanks on the right cut; a wide character is one character."""
        screen = self.cells
        columns = range(screen.columns)
        return ["".join(screen.buffer[row][x].data for x in columns).rstrip() for row in range(screen.lines)]

    def resize(self, columns: int, rows: int) -> None:
        """Give both screens a new size."""
        for screen in (self._main, self._alternate):
            screen.resize(rows, columns)

    def left_on(self) -> list[str]:
        """Return the names of the modes that are not as in a fresh terminal, sorted, each once."""
        names = {MODE_NAMES[mode] for mode in self.modes if mode in MODE_NAMES}
        if CURSOR not in self.modes:
            names.add("hidden cursor")
        if WRAP not in self.modes:
            names.add("no line wrap")
        if any(self.keyboard_flags):
            names.add("kitty keyboard")
        if self.modify_other_keys:
            names.add("modified keys")
        return sorted(names)

    def feed(self, data: bytes) -> None:
        """Take output as it comes; a sequence or character cut in two is completed by the next call."""
        text = self._rest + self._decoder.decode(data)
        unfinished = UNFINISHED.search(text)
        end = unfinished.start() if unfinished else len(text)
        self._rest = text[end:]
        at = 0
        for match in SEQUENCE.finditer(text, 0, end):
            self._draw(text[at : match.start()])
            self._obey(match)
            at = match.end()
        self._draw(text[at:end])

    def _draw(self, text: str) -> None:
        if text:
            self._streams[bool(self.modes & ALTERNATE)].feed(text)

    def _obey(self, match: re.Match[str]) -> None:
        command, final = match["command"], match["final"]
        if command is not None:
            self._obey_operating_system_command(command)
        elif final is None:
            # pyte takes the longer strings (DCS and the like) for text.
            if match[0][1] not in "PX^_":
                self._draw(match[0])
        elif final in "cn" and not match["middle"]:
            self._answer(match)
        elif not match["prefix"] and not match["middle"]:
            # pyte does not know parameters with colons (underline styles).
            if ":" not in match["parameters"]:
                self._draw(match[0])
        else:
            self._obey_private(match)

    def _obey_private(self, match: re.Match[str]) -> None:
        prefix, middle, final = match["prefix"], match["middle"], match["final"]
        numbers = [int(number or 0) for number in match["parameters"].split(";")]
        if prefix == "?" and final in "hl" and not middle:
            for mode in numbers:
                self._set_mode(mode, final == "h")
        elif prefix == "?" and final == "p" and middle == "$":
            self._answer_mode(numbers[0])
        elif final == "u" and prefix in "<=>":
            self._set_keyboard(prefix, numbers)
        elif prefix == ">" and final == "m" and numbers[0] in (0, 4):
            self.modify_other_keys = numbers[1] if len(numbers) > 1 else 0

    def _set_mode(self, mode: int, on: bool) -> None:
        if on and mode in ALTERNATE and not self.modes & ALTERNATE:
            self._alternate.reset()
        if on:
            self.modes.add(mode)
        else:
            self.modes.discard(mode)

    def _set_keyboard(self, prefix: str, numbers: list[int]) -> None:
        if prefix == ">":
            self.keyboard_flags.append(numbers[0])
        elif prefix == "<":
            count = max(numbers[0], 1)
            del self.keyboard_flags[-count:]
        else:
            self.keyboard_flags[-1:] = [numbers[0]]

    def _answer_mode(self, mode: int) -> None:
        state = 0 if mode not in KNOWN_MODES else 1 if mode in self.modes else 2
        self.answers.append(b"\x1b[?%d;%d$y" % (mode, state))

    def _answer(self, match: re.Match[str]) -> None:
        """Answer device attributes and the cursor's position as xterm (VT420, patch 390) does."""
        cursor = self.cells.cursor
        known = {
            ("", "", "c"): b"\x1b[?64;1;2;6;9;15;16;17;18;21;22;28c",
            ("", "0", "c"): b"\x1b[?64;1;2;6;9;15;16;17;18;21;22;28c",
            (">", "", "c"): b"\x1b[>41;390;0c",
            (">", "0", "c"): b"\x1b[>41;390;0c",
            ("", "5", "n"): b"\x1b[0n",
            ("", "6", "n"): b"\x1b[%d;%dR" % (cursor.y + 1, cursor.x + 1),
        }
        answer = known.get((match["prefix"], match["parameters"], match["final"]))
        if answer:
            self.answers.append(answer)

    def _obey_operating_system_command(self, command: str) -> None:
        number, _, rest = command.partition(";")
        _selection, _, payload = rest.partition(";")
        if number == "52" and payload != "?":
            try:
                self.copied.append(base64.b64decode(payload, validate=True).decode("utf-8", "replace"))
            except binascii.Error:
                self.copied.append("")
