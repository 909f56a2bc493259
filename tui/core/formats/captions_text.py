r"""The text of one cue: its marks read or taken out, its voices apart.

Marks are those of WebVTT (``<v Name>``, ``<c.yellow>``, ``<00:01.500>``, entities), of SubRip (``<i>``,
``<font …>``) and of Advanced SubStation (``{\an8}``), for files have any of them.
"""

import html
import re
from collections.abc import Iterator

from tui.core.cleaning import clean
from tui.core.formats.cues import Cue

OVERRIDE = re.compile(r"\{\\[^{}\n]*\}")
"""Advanced SubStation's codes for place, colour and karaoke."""

VOICE = re.compile(r"<v(?:\.[^\s<>]*)?(?:\s+(?P<name>[^<>]*))?>")
TAG = re.compile(
    r"</?(?:c|i|b|u|s|v|em|strong|font|span|ruby|rt|lang|p)(?:[.\s][^<>]*)?/?>|<(?:\d{1,3}:)?\d{1,2}:\d{2}[.,]\d{1,3}>",
    re.I,
)
BREAK = re.compile(r"<[Bb][Rr]\s*/?>|\\N|\\n(?![a-z])")
TURN = re.compile(r"(?:^|\s)(?:>>+|»)(?=\s|[^\W\d_])[ \t]*")
"""What captioners write where somebody else begins to speak."""


def read_cue_text(start_s: float | None, end_s: float | None, raw: str) -> Iterator[Cue]:
    """Yield the cues that one cue of a file is: one for each voice and turn in it.

    Args:
        start_s: When it begins, in seconds.
        end_s: When it ends.
        raw: Its text with all marks.
    """
    if not raw.strip():
        return
    if "\\" in raw:
        raw = OVERRIDE.sub("", raw)
    if "<" in raw or "\\" in raw:
        raw = BREAK.sub("\n", raw)
    at, speaker = 0, None
    for voice in VOICE.finditer(raw) if "<v" in raw else ():
        yield from turns(start_s, end_s, raw[at : voice.start()], speaker)
        at, speaker = voice.end(), voice["name"]
    yield from turns(start_s, end_s, raw[at:], speaker)


def turns(start_s: float | None, end_s: float | None, raw: str, voice: str | None) -> Iterator[Cue]:
    """Yield the turns of one voice's text."""
    text = plain(raw)
    speaker = " ".join(plain(voice).split()) if voice else ""
    at, is_turn = 0, False
    for mark in TURN.finditer(text) if ">>" in text or "»" in text else ():
        if text[at : mark.start()].strip():
            yield Cue(start_s, end_s, text[at : mark.start()].strip(), speaker or None, is_turn)
        at, is_turn = mark.end(), True
    if text[at:].strip():
        yield Cue(start_s, end_s, text[at:].strip(), speaker or None, is_turn)


def plain(raw: str) -> str:
    """Return a text without tags, its entities decoded, clean."""
    if "<" in raw:
        raw = TAG.sub("", raw)
    if "&" in raw:
        raw = clean(html.unescape(raw)).text
    return raw
