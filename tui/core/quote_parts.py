"""The parts of a quote, text and tables and code, as a markup language writes each."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from tui.core.episode import CELL_BORDER, BlockKind
from tui.core.escaping import html_text, markdown_lines, org_text
from tui.core.marking import fenced, row_markdown, table_rule

_Writer = Callable[["Part"], Iterable[str]]


@dataclass(frozen=True, slots=True)
class Part:
    """What a quote takes of one table, of one block of code, or of the text between such."""

    kind: BlockKind
    """``TABLE_ROW`` for whole rows of the same width, ``CODE`` for code, ``PARAGRAPH`` for all else."""

    text: str
    """As in the quote's text; rows are lines."""

    language: str | None = None
    """What code is written in, where that is known."""


def markdown_of(parts: Sequence[Part]) -> Iterator[str]:
    """Yield the lines of a quote as Markdown."""
    alone = len(parts) == 1
    writers: dict[BlockKind, _Writer] = {
        BlockKind.CODE: lambda part: fenced(part.text, part.language).split("\n"),
        BlockKind.TABLE_ROW: _markdown_table,
    }
    return _written(parts, writers, lambda part: markdown_lines(part.text, alone=alone))


def org_of(parts: Sequence[Part]) -> Iterator[str]:
    """Yield the lines of a quote as Org."""
    writers: dict[BlockKind, _Writer] = {BlockKind.CODE: _org_code, BlockKind.TABLE_ROW: _org_table}
    return _written(parts, writers, lambda part: _org_lines(part.text))


def html_of(parts: Sequence[Part]) -> Iterator[str]:
    """Yield the pieces of a quote as HTML: paragraphs, tables and code."""
    for part in parts:
        if part.kind is BlockKind.CODE:
            known = f' class="language-{html_text(part.language)}"' if part.language else ""
            yield f"<pre><code{known}>{html_text(part.text)}</code></pre>"
        elif part.kind is BlockKind.TABLE_ROW:
            yield _html_table(part.text)
        else:
            for paragraph in html_text(part.text).split("\n\n"):
                yield f"<p>{paragraph}</p>".replace("\n", "<br>\n")


def _written(parts: Sequence[Part], writers: dict[BlockKind, _Writer], other: _Writer) -> Iterator[str]:
    """Yield the lines of parts, a blank one between them."""
    for index, part in enumerate(parts):
        if index:
            yield ""
        yield from writers.get(part.kind, other)(part)


def _markdown_table(part: Part) -> list[str]:
    first, *others = [row_markdown(row) for row in part.text.split("\n")]
    columns = part.text.partition("\n")[0].count(CELL_BORDER) + 1
    return [first, table_rule(columns), *others]


def _org_lines(text: str) -> list[str]:
    return [org_text(line) for line in text.split("\n")]


def _org_code(part: Part) -> list[str]:
    return [f"#+begin_src {part.language or ''}".rstrip(), *_org_lines(part.text), "#+end_src"]


def _org_table(part: Part) -> list[str]:
    texts = part.text.replace(CELL_BORDER, "\t").replace("|", r"\vert{}").split("\n")
    rows = [text.split("\t") for text in texts]
    lines = ["| " + " | ".join(row) + " |" for row in rows]
    return [lines[0], "|" + "+".join("---" for _ in rows[0]) + "|", *lines[1:]]


def _html_table(text: str) -> str:
    """Return a table; its first row is the head, as in Markdown, which knows no table without one."""
    rows = []
    for index, row in enumerate(text.split("\n")):
        tag = "td" if index else "th"
        cells = "".join(f"<{tag}>{html_text(cell)}</{tag}>" for cell in row.split(CELL_BORDER))
        rows.append(f"<tr>{cells}</tr>")
    return "\n".join(["<table>", *rows, "</table>"])
