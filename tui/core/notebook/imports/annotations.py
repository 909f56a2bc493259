"""What the selectors and bodies of annotations tell; what is not known of them is kept as it is."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from tui.core.formats.json_values import Json, mapping, objects
from tui.core.notebook.exports.jsonld import FAVOURITE
from tui.core.notebook.imports import fields
from tui.core.notebook.imports.values import NotUnderstoodError, identity, named_by_contents, own_id
from tui.core.notebook.values import Highlight

OURS = "urn:uuid:"
"""How our ids begin as IRIs."""

TEXTUAL = ("commenting", "replying", "")
"""Purposes of a body that is the reader's note."""

SECONDS = re.compile(r"t=(?:npt:)?(\d{1,9}(?:\.\d{1,6})?)(?:,.*)?")


@dataclass(slots=True)
class Selected:
    """What the selectors of a target tell."""

    exact: str = ""
    prefix: str = ""
    suffix: str = ""
    start: int = 0
    end: int = 0
    start_s: float | None = None
    others: list[object] = field(default_factory=list)

    def take(self, selector: object) -> None:
        """Take in one selector; one that is not known is kept."""
        told = mapping(selector)
        kind = fields.line(told.get("type"))
        seconds = SECONDS.fullmatch(fields.line(told.get("value")))
        if kind == "TextQuoteSelector" and fields.lines(told.get("exact")) and not self.exact:
            self.exact = fields.lines(told.get("exact"))
            self.prefix, self.suffix = fields.lines(told.get("prefix")), fields.lines(told.get("suffix"))
        elif kind == "TextPositionSelector" and not self.end:
            self.start, self.end = fields.count(told.get("start")), fields.count(told.get("end"))
        elif kind == "FragmentSelector" and seconds and self.start_s is None:
            self.start_s = float(seconds[1])
        else:
            self.others.append(selector)


@dataclass(slots=True)
class Bodies:
    """What the bodies of an annotation tell."""

    notes: list[str] = field(default_factory=list)
    tags: list[str] = field(default_factory=list)
    speaker: str | None = None
    is_favourite: bool = False
    others: list[object] = field(default_factory=list)

    def take(self, body: object) -> None:
        """Take in one body; one that is not known is kept."""
        told = mapping(body)
        purpose, value = fields.line(told.get("purpose")), fields.lines(told.get("value"))
        is_plain = fields.line(told.get("type")) in ("TextualBody", "") and told.keys() <= {
            *("type", "purpose", "value", "format"),
        }
        is_text = fields.line(told.get("format")) in ("", "text/plain", "text/markdown")
        if not (is_plain and is_text and value):
            self.others.append(body)
        elif purpose == "tagging":
            self.tags.append(fields.line(value))
        elif purpose in TEXTUAL:
            self.notes.append(value)
        elif purpose == "identifying" and self.speaker is None:
            self.speaker = fields.line(value)
        elif purpose == "assessing" and value == FAVOURITE:
            self.is_favourite = True
        else:
            self.others.append(body)


def listed(value: object) -> Sequence[object]:
    """Return the items of a list, or a single value as one."""
    return value if isinstance(value, list) else [] if value is None else [value]


def selected(target: Json) -> Selected:
    """Return what the selectors of a target tell.

    Raises:
        NotUnderstoodError: No words are selected.
    """
    found = Selected()
    for selector in listed(target.get("selector")):
        found.take(selector)
    if not found.exact.strip():
        raise NotUnderstoodError("it selects no words (it may be about the whole page)")
    return found


def target_of(value: object) -> Json:
    """Return the first target that selects something; an empty one for an address alone."""
    targets = objects(listed(value))
    return next((target for target in targets if target.get("selector")), targets[0] if targets else {})


def identified(highlight: Highlight, told: str) -> Highlight:
    """Return a highlight with its id: ours, or one made of the id it has elsewhere, or of its contents."""
    if not told:
        return named_by_contents(highlight)
    is_ours = told.startswith(OURS)
    return replace(highlight, id=own_id(told.removeprefix(OURS)) if is_ours else identity(told))
