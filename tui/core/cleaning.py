"""Cleaning text where it enters, so that nothing a file holds can act on a terminal or a clipboard.

What is replaced: line ends of all kinds become one line feed; C0 controls and DEL become their
control pictures (Unicode block U+2400); C1 controls and lone surrogates become U+FFFD. What is
dropped: bidirectional controls (Trojan Source, CVE-2021-42574), invisible characters, tag characters.
What stays: tabs, and the joiners and variation selectors that emoji and many scripts need.
"""

import re
from dataclasses import dataclass

BREAKS = re.compile("\r\r?\n|\n\r|[\r\x0b\x0c\x85\u2028\u2029]")
"""Line ends other than a line feed, CR CR LF (a twice converted file) and LF CR among them."""

SIGNED = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff]+")
"""Characters shown as a sign; in runs, for hostile files consist of them."""

HIDDEN = re.compile(
    "[\xad\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\U000e0000-\U000e007f]+"
)
"""Characters that have no place on the page: they hide, or turn the order of what stands around them."""

UNSAFE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\xad\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ud800-\udfff"
    "\ufeff\ufff9-\ufffb\U000e0000-\U000e007f]"
)
"""Any character of the three classes above: one search says that a text is clean."""

LINE_GAPS = str.maketrans("\n\t", "  ")

SIGNS = {code: 0x2400 + code for code in range(0x20)}
"""What a control becomes in ``str.translate``; C1 and surrogates are filled in below."""

SIGNS[0x7F] = 0x2421
SIGNS.update(dict.fromkeys([*range(0x80, 0xA0), *range(0xD800, 0xE000)], 0xFFFD))


@dataclass(frozen=True, slots=True)
class Cleaned:
    """A clean text, and how much had to be changed for it."""

    text: str

    shown: int
    """How many control characters are now shown as signs."""

    dropped: int
    """How many hidden characters were left out."""


def has_unsafe(text: str) -> bool:
    """Say whether a text holds anything that ``clean`` would change: the last gate of what leaves."""
    return UNSAFE.search(text) is not None


def clean(text: str) -> Cleaned:
    """Return a text of many lines clean, its lines ended by line feeds; a clean one comes back as it is."""
    if not has_unsafe(text):
        return Cleaned(text, 0, 0)
    # Ten times as fast as the pattern for line ends, and often all there is to do.
    plain = text.replace("\r\n", "\n")
    if not has_unsafe(plain):
        return Cleaned(plain, 0, 0)
    text = BREAKS.sub("\n", text)
    shown = sum(len(run) for run in SIGNED.findall(text))
    if shown:
        text = SIGNED.sub(lambda run: run[0].translate(SIGNS), text)
    visible = HIDDEN.sub("", text)
    return Cleaned(visible, shown, len(text) - len(visible))


def clean_line(text: str) -> str:
    """Return a name, message or field clean and on one line, without blanks at its ends."""
    return clean(text).text.translate(LINE_GAPS).strip()
