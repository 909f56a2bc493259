"""The parts of a quote, text and tables and code, as a markup language writes each."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from tui.core.episode import CELL_BORDER, BlockKind
from tui.core.escaping import html_text, markdown_lines, org_text
from tui.core.marking import fenced, row_markdown, table_rule

_Writer = Callable[[str], Iterable[str]]


@dataclass(frozen=True, slots=True)
class Part:
    """What a quote takes of one table, of one block of code, or of the text between such."""

    kind: BlockKind
    """``TABLE_ROW`` for whole rows of the same width, ``CODE`` for code, ``PARAGRAPH`` for all else."""

    text: str
    """As in the quote's text; rows are lines."""


def markdown_of(parts: Sequence[Part]) -> Iterator[str]:
    """Yield the lines of a quote as Markdown."""
    alone = len(parts) == 1
    writers: dict[BlockKind, _Writer] = {
        BlockKind.CODE: lambda text: fenced(text).split("\n"),
        BlockKind.TABLE_ROW: _markdown_table,
    }
    return _written(parts, writers, lambda text: markdown_lines(text, alone=alone))


def org_of(parts: Sequence[Part]) -> Iterator[str]:
    """Yield the lines of a quote as Org."""
    writers: dict[BlockKind, _Writer] = {BlockKind.CODE: _org_code, BlockKind.TABLE_ROW: _org_table}
    return _written(parts, writers, _org_lines)


def html_of(parts: Sequence[Part]) -> Iterator[str]:
    """Yield the pieces of a quote as HTML: paragraphs, tables and code."""
    for part in parts:
        if part.kind is BlockKind.CODE:
            yield f"<pre><code>{html_text(part.text)}</code></pre>"
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
        yield from writers.get(part.kind, other)(part.text)


def _markdown_table(text: str) -> list[str]:
    first, *others = [row_markdown(row) for row in text.split("\n")]
    columns = text.partition("\n")[0].count(CELL_BORDER) + 1
    return [first, table_rule(columns), *others]


def _org_lines(text: str) -> list[str]:
    return [org_text(line) for line in text.split("\n")]


def _org_code(text: str) -> list[str]:
    return ["#+begin_src", *_org_lines(text), "#+end_src"]


def _org_table(text: str) -> list[str]:
    rows = [[cell.replace("|", r"\vert{}") for cell in row.split(CELL_BORDER)] for row in text.split("\n")]
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
