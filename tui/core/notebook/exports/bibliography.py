"""The episodes of highlights as a list of references, what was marked in them as its annotations."""

import json
from collections.abc import Iterator, Sequence

from tui.core.notebook.exports.entries import by_source, moment, plain_quote
from tui.core.notebook.exports.values import ExportSettings
from tui.core.notebook.values import Highlight
from tui.core.quotes import Quote
from tui.core.references import bibtex, csl_item, reference_key

LETTERS = "abcdefghijklmnopqrstuvwxyz"


def render_bibtex(highlights: Sequence[Highlight], settings: ExportSettings) -> str:
    """Return the episodes as BibTeX, each once."""
    entries = [bibtex(quote, end, annotation(group)) for quote, end, group in episodes(highlights)]
    return "\n\n".join(entries) + "\n" if entries else ""


def render_csl(highlights: Sequence[Highlight], settings: ExportSettings) -> str:
    """Return the episodes as CSL-JSON, each once."""
    items = []
    for quote, end, group in episodes(highlights):
        item = csl_item(quote)
        items.append({**item, "id": f"{item['id']}{end}", "annote": annotation(group)})
    return json.dumps(items, ensure_ascii=False, indent=2) + "\n"


def episodes(highlights: Sequence[Highlight]) -> Iterator[tuple[Quote, str, list[Highlight]]]:
    """Yield each episode as a quote of it, what sets its key apart from earlier ones, and its highlights."""
    seen: dict[str, int] = {}
    for _, group in by_source(highlights):
        quote = plain_quote(group[0])
        key = reference_key(quote)
        seen[key] = seen.get(key, 0) + 1
        yield quote, key_end(seen[key]), group


def key_end(number: int) -> str:
    """Return what the nth of equal keys ends with: nothing, then ``b``, ``c`` … ``z``, ``-27``."""
    if number == 1:
        return ""
    return LETTERS[number - 1] if number <= len(LETTERS) else f"-{number}"


def annotation(highlights: Sequence[Highlight]) -> str:
    """Return what was marked, each with its place and note."""
    pieces = []
    for highlight in highlights:
        place = ", ".join(filter(None, (highlight.speaker, highlight.anchor.heading, moment(highlight))))
        lines = (f"“{highlight.text}”", f"({place})" if place else "", highlight.note)
        pieces.append("\n".join(filter(None, lines)))
    return "\n\n".join(pieces)
