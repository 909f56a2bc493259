"""Typographic quotation marks by language, and a text put between them."""

import re
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Marks:
    """A language's quotation marks, each level a pair: opening and closing."""

    outer: tuple[str, str]
    inner: tuple[str, str]


_ENGLISH = Marks(("“", "”"), ("‘", "’"))
_GERMAN = Marks(("„", "“"), ("‚", "‘"))
_CORNERS = Marks(("「", "」"), ("『", "』"))
_SPANISH = Marks(("«", "»"), ("“", "”"))
_RUSSIAN = Marks(("«", "»"), ("„", "“"))
_POLISH = Marks(("„", "”"), ("«", "»"))
_SWEDISH = Marks(("”", "”"), ("’", "’"))

STRAIGHT = Marks(('"', '"'), ("'", "'"))

MARKS = {
    **dict.fromkeys(("de", "cs", "sk", "sl", "bg", "is", "lt"), _GERMAN),
    **dict.fromkeys(("ja", "zh-tw", "zh-hk", "zh-hant"), _CORNERS),
    **dict.fromkeys(("es", "it", "pt-pt", "ca", "el"), _SPANISH),
    **dict.fromkeys(("ru", "uk", "be"), _RUSSIAN),
    **dict.fromkeys(("pl", "ro", "hu"), _POLISH),
    **dict.fromkeys(("sv", "fi"), _SWEDISH),
    "de-ch": Marks(("«", "»"), ("‹", "›")),
    "da": Marks(("»", "«"), ("›", "‹")),
    "no": Marks(("«", "»"), ("‘", "’")),
    "nb": Marks(("«", "»"), ("‘", "’")),
    # French sets a narrow blank that does not break inside its marks.
    "fr": Marks(("«\u202f", "\u202f»"), ("“", "”")),
}
"""By language, as Unicode CLDR's ``delimiters`` have them; English marks for all others."""

_LIST_LINE = re.compile(r"\s*(?:- |\d+\. )")

_SPEAKER_LABEL = re.compile(r"[^\s:][^:\n]{0,60}: ")

_STRAIGHT_PAIR = re.compile(r"(?<![\w\"])\"(?=[^\s\"])([^\"\n]*[^\s\"])\"(?![\w\"])")
"""A quotation between typewriter marks; an inch mark behind a number is none."""


def marks_for(choice: str, language: str | None) -> Marks | None:
    """Return the marks of a setting (``auto``, ``straight``, ``none`` or a language); None for none."""
    if choice == "none":
        return None
    if choice == "straight":
        return STRAIGHT
    code = (language or "en" if choice == "auto" else choice).casefold().replace("_", "-")
    return MARKS.get(code) or MARKS.get(code.partition("-")[0]) or _ENGLISH


def quoted(text: str, marks: Marks) -> str:
    """Return a text between marks, quotations inside it moved to the inner marks.

    Each paragraph gets an opening mark, only the last a closing one, as books have it. Lists, tables,
    code and conversations come back as they are: marks around them read badly.
    """
    paragraphs = text.split("\n\n")
    if not _is_prose(paragraphs):
        return text
    opening, closing = marks.outer
    inside = [_moved_inside(paragraph, marks) for paragraph in _bare(paragraphs, marks)]
    return "\n\n".join(opening + paragraph for paragraph in inside) + closing


def _is_prose(paragraphs: list[str]) -> bool:
    if any("\n" in paragraph for paragraph in paragraphs):
        return False
    several = len(paragraphs) > 1
    is_list = several and any(map(_LIST_LINE.match, paragraphs))
    return not is_list and sum(_SPEAKER_LABEL.match(paragraph) is not None for paragraph in paragraphs) < 2


def _bare(paragraphs: list[str], marks: Marks) -> list[str]:
    """Return a single paragraph without the marks it already stands between."""
    if len(paragraphs) > 1:
        return paragraphs
    text = paragraphs[0]
    for opening, closing in {marks.outer, _ENGLISH.outer, STRAIGHT.outer}:
        inside = text[len(opening) : len(text) - len(closing)]
        wrapped = len(text) > 2 and text.startswith(opening) and text.endswith(closing)
        if wrapped and opening not in inside and closing not in inside:
            return [inside]
    return [text]


def _moved_inside(paragraph: str, marks: Marks) -> str:
    """Return a paragraph whose own quotations stand between the inner marks."""
    (opening, closing), (first, last) = marks.outer, marks.inner
    if opening != closing:
        pair = re.compile(f"{re.escape(opening)}([^{opening}{closing}\n]*){re.escape(closing)}")
        paragraph = pair.sub(rf"{first}\1{last}", paragraph)
    return _STRAIGHT_PAIR.sub(rf"{first}\1{last}", paragraph)
