"""The styles a quote is written in: for a message, a note, a page, a paper or a program.

A style is a function from a quote and the settings to a text. ``render`` gives every style the same
ending: nothing a terminal or a shell could act on, no blanks at the end of a line, no final line break.
"""

import json
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from tui.core.citations import Citation, citation, citation_line, citation_parts
from tui.core.cleaning import clean
from tui.core.episode import clock
from tui.core.escaping import (
    html_text,
    in_blockquote,
    markdown_link,
    markdown_text,
    org_link,
)
from tui.core.quotation_marks import marks_for, quoted
from tui.core.quote_parts import html_of, markdown_of, org_of
from tui.core.quotes import Quote, QuoteSettings, link
from tui.core.references import bibtex, csl_json, latex, latex_url
from tui.core.templates import fill
from tui.errors import UsageError


@dataclass(frozen=True, slots=True)
class Style:
    """One way to write a quote."""

    name: str
    """What settings and the command line call it."""

    label: str
    """What a menu calls it."""

    render: Callable[[Quote, QuoteSettings], str]


def render(quote: Quote, style: str, settings: QuoteSettings) -> str:
    r"""Return a quote in a style.

    Its only control character is ``\n``, and it does not end with one: pasted into a shell it waits.

    Raises:
        UsageError: There is no style and no template of that name.
        PullquoteError: A template of the user's is wrong; the message names its line.
    """
    known = {known.name: known for known in styles(settings)}
    if style not in known:
        raise UsageError(f"no style “{style}”: choose one of {', '.join(known)}")
    text = clean(known[style].render(quote, settings)).text.expandtabs(4)
    return "\n".join(line.rstrip() for line in text.split("\n")).strip("\n")


def render_all(quotes: Sequence[Quote], style: str, settings: QuoteSettings) -> str:
    """Return quotes in a style, a blank line between them; what several would say alike is said once.

    Raises:
        UsageError: There is no style and no template of that name.
        PullquoteError: A template of the user's is wrong; the message names its line.
    """
    return "\n\n".join(dict.fromkeys(render(quote, style, settings) for quote in quotes))


def styles(settings: QuoteSettings) -> tuple[Style, ...]:
    """Return the styles to choose from: ours, then the user's templates, which may replace one of ours."""
    own = {name: _template_style(name, source) for name, source in settings.templates}
    return tuple({**STYLES, **own}.values())


def fields(quote: Quote, settings: QuoteSettings) -> dict[str, object]:
    """Return what a template may name, and the JSON style prints; None for what is not known."""
    return {
        "quote": quote.text,
        "speaker": quote.speaker,
        "title": quote.title,
        "show": quote.show,
        "number": quote.number,
        "people": list(quote.people),
        "part": quote.part,
        "section": quote.section,
        "time": None if quote.start_s is None else clock(quote.start_s),
        "start_s": quote.start_s,
        "date": quote.date,
        "url": quote.url,
        "link": link(quote),
        "language": quote.language,
        "note": quote.note,
        "tags": list(quote.tags),
        "file": None if quote.path is None else quote.path.name,
        "citation": citation(quote, settings),
    }


def _template_style(name: str, source: str) -> Style:
    return Style(name, name, lambda quote, settings: fill(source, fields(quote, settings), name))


def _plain(quote: Quote, settings: QuoteSettings) -> str:
    return quote.text


def _attributed(quote: Quote, settings: QuoteSettings) -> str:
    marks = marks_for(settings.marks, quote.language)
    text = quoted(quote.text, marks) if marks else quote.text
    return f"{text}\n\n{_dash(citation(quote, settings))}"


def _dash(line: str) -> str:
    return f"— {line}" if line else ""


def _linked(parts: Citation, quote: Quote, anchor: Callable[[str, str], str]) -> Citation:
    """Return a citation whose title leads to the episode, and its time to the moment."""
    to_moment = link(quote)
    return replace(
        parts,
        title=anchor(parts.title, quote.url) if parts.title and quote.url else parts.title,
        time=anchor(parts.time, to_moment) if parts.time and to_moment else parts.time,
        url=anchor(parts.url, to_moment) if parts.url and to_moment else parts.url,
    )


def _escaped(parts: Citation, escape: Callable[[str], str]) -> Citation:
    """Return a citation with every part escaped."""

    def safe(part: str | None) -> str | None:
        return None if part is None else escape(part)

    return Citation(
        safe(parts.speaker), safe(parts.title), safe(parts.show), safe(parts.section),
        safe(parts.time), safe(parts.date), safe(parts.url),
    )  # fmt: skip


def _markdown(quote: Quote, settings: QuoteSettings) -> str:
    parts = _linked(_escaped(citation_parts(quote, settings), markdown_text), quote, markdown_link)
    line = _dash(citation_line(parts))
    return in_blockquote([*markdown_of(quote.parts_of_text), *(["", line] if line else [])])


def _obsidian(quote: Quote, settings: QuoteSettings) -> str:
    parts = _escaped(citation_parts(quote, settings), markdown_text)
    linked = _linked(parts, quote, markdown_link)
    heading = citation_line(Citation(title=linked.title, show=linked.show, section=linked.section))
    line = _dash(citation_line(replace(linked, title=None, show=None, section=None)))
    lines = [f"[!quote] {heading}", *markdown_of(quote.parts_of_text), *(["", line] if line else [])]
    return in_blockquote(lines)


def _org(quote: Quote, settings: QuoteSettings) -> str:
    parts = _linked(citation_parts(quote, settings), quote, org_link)
    line = _dash(citation_line(parts))
    return "\n".join(
        ["#+begin_quote", *org_of(quote.parts_of_text), *(["", line] if line else []), "#+end_quote"]
    )


def _html_link(words: str, url: str) -> str:
    return f'<a href="{html_text(url)}">{words}</a>'


def _html(quote: Quote, settings: QuoteSettings) -> str:
    cite = f' cite="{html_text(quote.url)}"' if quote.url else ""
    parts = _linked(_escaped(citation_parts(quote, settings), html_text), quote, _html_link)
    parts = replace(parts, title=f"<cite>{parts.title}</cite>" if parts.title else None)
    line = _dash(citation_line(parts))
    caption = [f"<figcaption>{line}</figcaption>"] if line else []
    return "\n".join(
        [
            "<figure>",
            f"<blockquote{cite}>",
            *html_of(quote.parts_of_text),
            "</blockquote>",
            *caption,
            "</figure>",
        ]
    )


def _latex_link(words: str, url: str) -> str:
    return f"\\href{{{latex_url(url)}}}{{{words}}}"


def _latex(quote: Quote, settings: QuoteSettings) -> str:
    # "\\{}": without the braces a line that begins with "[" or "*" would be read as an argument.
    text = re.sub(r"(?<=[^\n])\n(?=[^\n])", lambda _: "\\\\{}\n", latex(quote.text))
    parts = _linked(_escaped(citation_parts(quote, settings), latex), quote, _latex_link)
    line = citation_line(parts)
    source = ["", f"\\hfill --- {line}"] if line else []
    return "\n".join(["\\begin{quote}", text, *source, "\\end{quote}"])


def _json(quote: Quote, settings: QuoteSettings) -> str:
    return json.dumps(fields(quote, settings), ensure_ascii=False, indent=2)


def _link(quote: Quote, settings: QuoteSettings) -> str:
    """Return the address alone; the citation where the episode has none."""
    return link(quote) or citation(quote, settings)


STYLES = {
    style.name: style
    for style in (
        Style("attributed", "With its source", _attributed),
        Style("plain", "The words alone", _plain),
        Style("markdown", "Markdown quotation", _markdown),
        Style("obsidian", "Obsidian callout", _obsidian),
        Style("org", "Org mode quotation", _org),
        Style("html", "HTML quotation", _html),
        Style("latex", "LaTeX quotation (links need hyperref)", _latex),
        Style("json", "JSON", _json),
        Style("link", "Link to the place", _link),
        Style("citation", "The source alone", citation),
        Style("bibtex", "Episode as BibTeX", lambda quote, _: bibtex(quote)),
        Style("csl-json", "Episode as CSL-JSON", lambda quote, _: csl_json(quote)),
    )
}
"""Our styles by name, in the order of the menu."""
