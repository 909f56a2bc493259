"""Quotes: their text out of the model, their citation, and every style."""

import html
import json
import os
import re
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from tui.core.citations import bare_title, citation
from tui.core.cleaning import has_unsafe
from tui.core.episode import Block, BlockKind, Episode, Place, Section
from tui.core.links import link_at, link_to_words
from tui.core.quotation_marks import marks_for, quoted
from tui.core.quotes import (
    FIELDS,
    Quote,
    QuoteSettings,
    link,
    quote_block,
    quote_blocks,
    quote_section,
)
from tui.core.styles import STYLES, fields, render, styles
from tui.errors import NotFoundError, PullquoteError, UsageError

SHARED = Path(os.environ.get("PULLQUOTE_SHARED") or Path(__file__).resolve().parents[2] / "../shared")
SETTINGS = QuoteSettings()
VIDEO = "https://www.youtube.com/watch?v=tides"
PAGE = "https://example.org/tides"


def paragraph(text: str, **more: Any) -> Block:
    return replace(Block(BlockKind.PARAGRAPH, text), **more)


def bullet(text: str, depth: int = 1) -> Block:
    return Block(BlockKind.BULLET, text, depth=depth)


EPISODE = Episode(
    id="0123456789ab",
    path=Path("tides.md"),
    format="markdown",
    title="Ines Falk: How tides shaped towns | Harbour Talk #17",
    show="Harbour Talk",
    number=17,
    people=("Ines Falk", "Omar Reyes"),
    date="2024-05-02",
    url=PAGE,
    language="en",
    tags=("sea",),
    sections=(
        Section(
            0,
            1,
            "Opening",
            (
                paragraph("The sea decides. Towns obey, she says. The sea decides."),
                paragraph("A second paragraph."),
                bullet("Build high."),
                bullet("Keep boats.", depth=2),
                Block(BlockKind.NUMBERED, "Count the days.", depth=1, number=3),
                Block(BlockKind.RULE, ""),
                Block(BlockKind.TABLE_ROW, "High | 06:10"),
                Block(BlockKind.TABLE_ROW, "Low | 12:20"),
                Block(BlockKind.CODE, "  if tide:\n\twait()"),
            ),
            part="Ines Falk",
        ),
        Section(1, 2, "Walls", (paragraph("Walls are hope."),), speaker="Omar Reyes", start_s=3754.9),
        Section(
            2,
            2,
            "Talk",
            (
                paragraph("Do they hold?", speaker="Host", start_s=61),
                paragraph("For a while.", speaker="Ines Falk"),
                paragraph("I hope longer.", speaker="Ines Falk", start_s=90),
            ),
        ),
        Section(3, 1, "Part two"),
        Section(4, 1, "", ()),
    ),
)


def test_a_sentence_is_taken_from_the_model() -> None:
    quote = quote_blocks(EPISODE, Place(0, 0, 17), Place(0, 0, 39))
    assert quote.text == "Towns obey, she says."
    assert (quote.before, quote.after) == ("The sea decides. ", "The sea decides.")


def test_a_quote_says_where_it_is_from() -> None:
    quote = quote_block(EPISODE, 1, 0)
    assert quote == Quote(
        text="Walls are hope.",
        title=EPISODE.title,
        show="Harbour Talk",
        number=17,
        people=EPISODE.people,
        section="Walls",
        speaker="Omar Reyes",
        start_s=3754.9,
        url=PAGE,
        date="2024-05-02",
        language="en",
        path=Path("tides.md"),
        tags=("sea",),
    )


WHOLE = """The sea decides. Towns obey, she says. The sea decides.

A second paragraph.

- Build high.
  - Keep boats.
3. Count the days.

High | 06:10
Low | 12:20

  if tide:
\twait()"""


def test_a_section_keeps_its_paragraphs_lists_tables_and_code() -> None:
    assert quote_section(EPISODE, 0).text == WHOLE


TEXTS = {
    "one bullet has no mark": (Place(0, 2, 0), Place(0, 2, 11), "Build high."),
    "bullets have marks": (Place(0, 2, 0), Place(0, 3, 11), "- Build high.\n  - Keep boats."),
    "a deep bullet alone is not indented": (Place(0, 3, 0), Place(0, 4, 5), "  - Keep boats.\n3. Count"),
    "a bullet begun in its middle has none": (Place(0, 2, 6), Place(0, 3, 4), "high.\n  - Keep"),
    "swapped ends": (Place(0, 1, 8), Place(0, 1, 2), "second"),
    "from a heading": (Place(1, -1, 3), Place(1, 0, 5), "Walls"),
    "over a heading": (Place(0, 8, 12), Place(1, 0, 5), "wait()\n\nWalls\n\nWalls"),
    "two speakers": (
        Place(2, 0, 0),
        Place(2, 2, 6),
        "Host: Do they hold?\n\nInes Falk: For a while.\n\nI hope",
    ),
    "one speaker": (Place(2, 1, 0), Place(2, 2, 6), "For a while.\n\nI hope"),
    "beyond the end of a block": (Place(1, 0, 10), Place(1, 0, 99), "hope."),
    "a rule between": (Place(0, 4, 10), Place(0, 6, 4), "days.\n\nHigh"),
}


@pytest.mark.parametrize(("start", "end", "text"), TEXTS.values(), ids=TEXTS.keys())
def test_what_stands_between_two_places(start: Place, end: Place, text: str) -> None:
    assert quote_blocks(EPISODE, start, end).text == text


def test_hidden_characters_do_not_reach_a_quote() -> None:
    section = Section(0, 1, "S", (paragraph("a\u202eb\x1bc"),))
    assert quote_section(replace(EPISODE, sections=(section,)), 0).text == "ab␛c"


def test_who_says_it_and_when() -> None:
    def said(start: Place, end: Place) -> tuple[str | None, float | None]:
        quote = quote_blocks(EPISODE, start, end)
        return quote.speaker, quote.start_s

    assert said(Place(0, 0, 0), Place(0, 0, 5)) == ("Ines Falk", None)
    assert said(Place(1, 0, 0), Place(1, 0, 5)) == ("Omar Reyes", 3754.9)
    assert said(Place(2, 1, 0), Place(2, 1, 5)) == ("Ines Falk", 61)
    assert said(Place(2, 0, 0), Place(2, 1, 5)) == (None, 61)


def test_a_time_is_looked_for_above_where_it_must_be_earlier() -> None:
    chapter = Section(0, 2, "Silt", (paragraph("It comes."),), start_s=60)
    below = Section(1, 3, "Details", (paragraph("By the river."),))
    beside = Section(
        2, 2, "Notes", (Block(BlockKind.BULLET, "How it ends", 1, start_s=900), paragraph("Read on."))
    )
    apart = Section(3, 2, "Afterwards", (paragraph("Thanks."), paragraph("Bye.", speaker="Host")))
    whole = replace(EPISODE, sections=(chapter, below, beside, apart))
    assert quote_section(whole, 1).start_s == 60
    assert quote_section(whole, 3).start_s is None
    talk = Section(0, 2, "One", (paragraph("Hello.", speaker="Ida", start_s=5),))
    on = Section(1, 2, "Two", (paragraph("And on.", speaker="Ida"),))
    assert quote_section(replace(EPISODE, sections=(talk, on)), 1).start_s == 5


def test_a_heading_alone_is_quoted_by_its_words() -> None:
    assert quote_section(EPISODE, 3).text == "Part two"


@pytest.mark.parametrize("place", [Place(4, 0, 0), Place(9, 0, 0), Place(1, 0, 15), Place(1, 5, 0)], ids=str)
def test_nothing_to_quote_is_said(place: Place) -> None:
    with pytest.raises(NotFoundError, match=r"tides\.md"):
        quote_blocks(EPISODE, place, place)


def test_a_block_or_section_that_is_not_there_is_said() -> None:
    for ordinal, block in ((0, 99), (0, -1), (77, 0)):
        with pytest.raises(NotFoundError, match=r"tides\.md"):
            quote_block(EPISODE, ordinal, block)
    for ordinal in (4, -1):
        with pytest.raises(NotFoundError, match=r"tides\.md"):
            quote_section(EPISODE, ordinal)


def a_quote(**known: Any) -> Quote:
    base = Quote("Walls are hope.", "How tides shaped towns")
    return replace(base, **known)


CITATIONS = {
    "title alone": (a_quote(), "How tides shaped towns"),
    "everything": (
        a_quote(show="Harbour Talk", number=17, section="Walls", speaker="Omar Reyes", start_s=3754),
        "Omar Reyes, How tides shaped towns (Harbour Talk #17), Walls, 1:02:34",
    ),
    "show and number in the title": (
        a_quote(title="Tides | Harbour Talk #17", show="Harbour Talk", number=17),
        "Tides | Harbour Talk #17",
    ),
    "show in the title": (
        a_quote(title="Tides | Harbour Talk", show="Harbour Talk", number=17),
        "Tides | Harbour Talk (#17)",
    ),
    "number in the title": (
        a_quote(title="Episode 17: Tides", show="Harbour Talk", number=17),
        "Episode 17: Tides (Harbour Talk)",
    ),
    "another number in the title": (
        a_quote(title="GPT-4 and the sea", show="Harbour Talk", number=4),
        "GPT-4 and the sea (Harbour Talk #4)",
    ),
    "the speaker begins the title": (
        a_quote(title="Ines Falk: Tides", speaker="Ines Falk", section="Walls"),
        "Ines Falk: Tides, Walls",
    ),
    "the speaker begins the section": (
        a_quote(speaker="Ines Falk", section="Ines Falk - Walls"),
        "Ines Falk, How tides shaped towns, Walls",
    ),
    "the section is the title": (a_quote(section="How tides shaped towns"), "How tides shaped towns"),
}


@pytest.mark.parametrize(("quote", "expected"), CITATIONS.values(), ids=CITATIONS.keys())
def test_a_citation_says_what_is_known_once(quote: Quote, expected: str) -> None:
    assert citation(quote, SETTINGS) == expected


def test_a_citation_says_what_was_chosen() -> None:
    quote = a_quote(show="Harbour Talk", section="Walls", start_s=75, date="2024", url=VIDEO)
    assert citation(quote, QuoteSettings(fields=("show", "time"))) == "Harbour Talk, 1:15"
    assert citation(quote, QuoteSettings(fields=())) == ""
    assert citation(quote, QuoteSettings(fields=FIELDS)) == (
        f"How tides shaped towns (Harbour Talk), Walls, 1:15, 2024, {VIDEO}&t=75s"
    )


@pytest.mark.parametrize(
    ("title", "bare"),
    [
        ("Tides | Harbour Talk #17", "Tides"),
        ("Harbour Talk: Tides", "Tides"),
        ("#17 - Tides", "Tides"),
        ("Harbour Talk", "Harbour Talk"),
        ("Tides", "Tides"),
    ],
)
def test_a_title_is_freed_of_its_show(title: str, bare: str) -> None:
    assert bare_title(a_quote(title=title, show="Harbour Talk", number=17)) == bare


MARKED = {
    "English": ("en", "It holds.", "“It holds.”"),
    "unknown": (None, "It holds.", "“It holds.”"),
    "German": ("de-AT", "Es hält.", "„Es hält.“"),
    "Swiss": ("de-CH", "Es hält.", "«Es hält.»"),
    "French": ("fr", "Ça tient.", "«\u202fÇa tient.\u202f»"),
    "Japanese": ("ja", "持つ。", "「持つ。」"),
    "Chinese": ("zh", "持久。", "“持久。”"),
    "Polish": ("pl_PL", "Trzyma.", "„Trzyma.”"),
    "inner marks": ("en", "She said “no” twice.", "“She said ‘no’ twice.”"),
    "typewriter marks inside": ("en", 'She said "no" twice.', "“She said ‘no’ twice.”"),
    "an inch": ("en", 'It is 5" high and 6" wide.', '“It is 5" high and 6" wide.”'),
    "in marks already": ("en", "“It holds.”", "“It holds.”"),
    "in typewriter marks already": ("en", '"It holds."', "“It holds.”"),
    "two quotations": ("en", "“No.” “Yes.”", "“‘No.’ ‘Yes.’”"),
    "German inside German": ("de", "Sie sagte „nein“.", "„Sie sagte ‚nein‘.“"),
    "Japanese inside": ("ja", "彼は「はい」と言った。", "「彼は『はい』と言った。」"),
    "paragraphs": ("en", "One.\n\nTwo.", "“One.\n\n“Two.”"),
    "a list": ("en", "Two things:\n\n- one\n- two", "Two things:\n\n- one\n- two"),
    "a conversation": ("en", "Host: Well?\n\nIna: No.", "Host: Well?\n\nIna: No."),
    "one label": ("en", "One thing: it holds.", "“One thing: it holds.”"),
}


@pytest.mark.parametrize(("language", "text", "expected"), MARKED.values(), ids=MARKED.keys())
def test_quotation_marks(language: str | None, text: str, expected: str) -> None:
    marks = marks_for("auto", language)
    assert marks is not None
    assert quoted(text, marks) == expected


def test_quotation_marks_can_be_chosen() -> None:
    quote = a_quote(text="Say “no”.")
    assert render(quote, "attributed", QuoteSettings(marks="straight", fields=())) == '"Say “no”."'
    assert render(quote, "attributed", QuoteSettings(marks="none", fields=())) == "Say “no”."
    assert render(quote, "attributed", QuoteSettings(marks="fr", fields=())).startswith("«\u202f")


LINKS = {
    "YouTube": (VIDEO, 754.8, VIDEO + "&t=754s"),
    "YouTube with a time": (VIDEO + "&t=5s&list=x", 754, VIDEO + "&list=x&t=754s"),
    "short YouTube": ("https://youtu.be/tides", 754, "https://youtu.be/tides?t=754"),
    "Spotify": ("https://open.spotify.com/episode/1", 754, "https://open.spotify.com/episode/1?t=754"),
    "Snipd": ("https://share.snipd.com/snip/1", 754, "https://share.snipd.com/snip/1"),
    "any other": (PAGE + "#top", 754, PAGE + "#t=754"),
    "broken": ("http://[half", 754, "http://[half"),
}


@pytest.mark.parametrize(("url", "seconds", "expected"), LINKS.values(), ids=LINKS.keys())
def test_a_link_leads_to_the_time(url: str, seconds: float, expected: str) -> None:
    assert link_at(url, seconds) == expected


FRAGMENTS = {
    "short": (("Walls are hope.",), "Walls%20are%20hope."),
    "signs": (("a-b, c & d",), "a%2Db%2C%20c%20%26%20d"),
    "long": (("one two three four five six seven " * 9,), "one%20two%20three%20four%20five%20six,"
             "two%20three%20four%20five%20six%20seven"),
    "paragraphs": (("Walls are hope.\n\n- Build high.",), "Walls%20are%20hope.,Build%20high."),
    "in context": (("hope", "before it", "after it"), "before%20it-,hope,-after%20it"),
    "Chinese": (("海" * 200,), f"{'%E6%B5%B7' * 18},{'%E6%B5%B7' * 18}"),
}  # fmt: skip


@pytest.mark.parametrize(("words", "expected"), FRAGMENTS.values(), ids=FRAGMENTS.keys())
def test_a_link_leads_to_the_words(words: tuple[str, ...], expected: str) -> None:
    assert link_to_words(PAGE, *words) == f"{PAGE}#:~:text={expected}"


def test_words_that_stand_twice_are_told_apart() -> None:
    twice = link(quote_blocks(EPISODE, Place(0, 0, 39), Place(0, 0, 55)))
    assert twice == f"{PAGE}#:~:text=sea%20decides.%20Towns%20obey%2C%20she%20says.-,The%20sea%20decides."
    once = link(quote_blocks(EPISODE, Place(0, 0, 17), Place(0, 0, 38)))
    assert once == f"{PAGE}#:~:text=Towns%20obey%2C%20she%20says."
    assert link(a_quote(url=VIDEO)) == VIDEO
    assert link(a_quote()) is None


FULL = a_quote(
    show="Harbour Talk",
    number=17,
    people=("Ines Falk", "Omar Reyes"),
    section="Walls",
    speaker="Omar Reyes",
    start_s=3754,
    url=VIDEO,
    date="2024-05-02",
    language="en",
    path=Path("tides.md"),
)

TITLE_LINK = f"[How tides shaped towns]({VIDEO})"
MOMENT = f"{VIDEO}&t=3754s"
SOURCE = "Omar Reyes, How tides shaped towns (Harbour Talk #17), Walls, 1:02:34"

WRITTEN = {
    "plain": "Walls are hope.",
    "citation": SOURCE,
    "attributed": f"“Walls are hope.”\n\n— {SOURCE}",
    "link": MOMENT,
    "markdown": f"""\
> Walls are hope.
>
> — Omar Reyes, {TITLE_LINK} (Harbour Talk #17), Walls, [1:02:34]({MOMENT})""",
    "obsidian": f"""\
> [!quote] {TITLE_LINK} (Harbour Talk #17), Walls
> Walls are hope.
>
> — Omar Reyes, [1:02:34]({MOMENT})""",
    "org": f"""\
#+begin_quote
Walls are hope.

— Omar Reyes, [[{VIDEO}][How tides shaped towns]] (Harbour Talk #17), Walls, [[{MOMENT}][1:02:34]]
#+end_quote""",
    "html": f"""\
<figure>
<blockquote cite="{VIDEO}">
<p>Walls are hope.</p>
</blockquote>
<figcaption>— Omar Reyes, <cite><a href="{VIDEO}">How tides shaped towns</a></cite> \
(Harbour Talk #17), Walls, \
<a href="{VIDEO}&amp;t=3754s">1:02:34</a></figcaption>
</figure>""",
    "latex": f"""\
\\begin{{quote}}
Walls are hope.

\\hfill --- Omar Reyes, \\href{{{VIDEO}}}{{How tides shaped towns}} (Harbour Talk \\#17), Walls, \
\\href{{{VIDEO}\\&t=3754s}}{{1:02:34}}
\\end{{quote}}""",
    "bibtex": f"""\
@misc{{falk-2024-17,
  author = {{Ines Falk and Omar Reyes}},
  title = {{{{How tides shaped towns}}}},
  howpublished = {{Podcast episode, Harbour Talk, no. 17}},
  year = {{2024}},
  month = {{5}},
  url = {{{VIDEO}}}
}}""",
}


@pytest.mark.parametrize(("style", "expected"), WRITTEN.items(), ids=WRITTEN.keys())
def test_a_quote_in_each_style(style: str, expected: str) -> None:
    assert render(FULL, style, SETTINGS) == expected


def test_json_holds_every_field() -> None:
    assert json.loads(render(FULL, "json", SETTINGS)) == fields(FULL, SETTINGS)
    assert json.loads(render(a_quote(), "json", SETTINGS))["speaker"] is None


def test_csl_json_names_the_episode() -> None:
    (item,) = json.loads(render(FULL, "csl-json", SETTINGS))
    assert item["type"] == "broadcast"
    assert item["author"] == [{"family": "Falk", "given": "Ines"}, {"family": "Reyes", "given": "Omar"}]
    assert item["issued"] == {"date-parts": [[2024, 5, 2]]}
    assert (item["container-title"], item["number"], item["URL"]) == ("Harbour Talk", "17", VIDEO)
    (bare,) = json.loads(render(a_quote(people=("田中",)), "csl-json", SETTINGS))
    assert bare["author"] == [{"literal": "田中"}]
    assert "issued" not in bare


def test_every_style_writes_a_quote_of_which_nothing_is_known() -> None:
    for style in STYLES:
        written = render(a_quote(), style, SETTINGS)
        assert "None" not in written
        assert "()" not in written


def test_an_unknown_style_is_said() -> None:
    with pytest.raises(UsageError, match="no style “nonsense”: choose one of attributed, plain"):
        render(FULL, "nonsense", SETTINGS)


AWKWARD = (
    "# One\n* two *three* _four_ `five` <b>six</b> [seven](eight) ~~nine~~ &amp; \\ 1. ten | #tag + - =="
)


def shown_by_markdown(source: str) -> str:
    """Return what a reader of the rendered page sees in the first block quotation."""
    page = MarkdownIt("commonmark").enable(["strikethrough", "table"]).render(source)
    shown = re.search(r"<blockquote>(.*)</blockquote>", page, re.DOTALL)
    assert shown is not None
    lines = re.sub(r"</?(?:p|br|ul|ol|li)[^>]*>", "", shown[1])
    assert "<" not in lines
    return html.unescape(lines).strip()


@pytest.mark.parametrize(
    "line", [*AWKWARD.split("\n"), "1. one", "- x", "+ x", "---", "> x", "~~~", "12) x", "=="]
)
def test_markdown_shows_the_words_as_they_stand(line: str) -> None:
    written = render(a_quote(text=line), "markdown", QuoteSettings(fields=()))
    assert shown_by_markdown(written) == line


@given(st.text(alphabet="ab #*_`<>[]()~&;\\1.-+=|!", min_size=1, max_size=24))
def test_markdown_shows_any_words_as_they_stand(line: str) -> None:
    line = " ".join(line.split()) or "x"
    written = render(a_quote(text=line), "markdown", QuoteSettings(fields=()))
    assert shown_by_markdown(written) == line


def test_markdown_keeps_lists_and_breaks() -> None:
    quote = a_quote(text="High | 1\nLow | 2\n\n- one\n  - two\n3. three")
    assert render(quote, "markdown", QuoteSettings(fields=())) == (
        "> High | 1\\\n> Low | 2\n>\n> - one\n>   - two\n> 3. three"
    )


LAID_OUT = replace(
    EPISODE,
    sections=(
        Section(
            0,
            1,
            "Tables",
            (
                paragraph("Before."),
                Block(BlockKind.TABLE_ROW, "Tide | *When*"),
                Block(BlockKind.TABLE_ROW, "a|b | <06:10>"),
                Block(BlockKind.TABLE_ROW, "one | two | "),
                bullet("After."),
                Block(BlockKind.CODE, "if a * b:\n    print('```')\n\n* c"),
            ),
        ),
    ),
)


PARTS_WRITTEN = {
    "markdown": """\
> Before.
>
> | Tide | \\*When\\* |
> | --- | --- |
> | a\\|b | \\<06:10> |
>
> | one | two |  |
> | --- | --- | --- |
>
> - After.
>
> ````
> if a * b:
>     print('```')
>
> * c
> ````""",
    "html": """\
<figure>
<blockquote>
<p>Before.</p>
<table>
<tr><th>Tide</th><th>*When*</th></tr>
<tr><td>a|b</td><td>&lt;06:10&gt;</td></tr>
</table>
<table>
<tr><th>one</th><th>two</th><th></th></tr>
</table>
<p>- After.</p>
<pre><code>if a * b:
    print(&#x27;```&#x27;)

* c</code></pre>
</blockquote>
</figure>""",
    "org": """\
#+begin_quote
Before.

| Tide | *When* |
|---+---|
| a\\vert{}b | <06:10> |

| one | two |  |
|---+---+---|

- After.

#+begin_src
if a * b:
    print('```')

,* c
#+end_src
#+end_quote""",
}


@pytest.mark.parametrize(("style", "expected"), PARTS_WRITTEN.items(), ids=PARTS_WRITTEN.keys())
def test_tables_and_code_stay_what_they_are(style: str, expected: str) -> None:
    quote = replace(quote_section(LAID_OUT, 0), url=None)
    assert render(quote, style, QuoteSettings(fields=())) == expected


def test_code_keeps_its_language() -> None:
    code = Block(BlockKind.CODE, "a = 1", language="python")
    quote = replace(quote_block(replace(EPISODE, sections=(Section(0, 1, "", (code,)),)), 0, 0), url=None)
    bare = QuoteSettings(fields=())
    assert render(quote, "markdown", bare) == "> ```python\n> a = 1\n> ```"
    assert '<pre><code class="language-python">a = 1</code></pre>' in render(quote, "html", bare)
    assert "#+begin_src python\na = 1\n#+end_src" in render(quote, "org", bare)


def test_a_callout_holds_tables() -> None:
    quote = quote_blocks(LAID_OUT, Place(0, 1, 0), Place(0, 2, 13))
    written = render(quote, "obsidian", QuoteSettings(fields=()))
    assert written.splitlines()[1:3] == [r"> | Tide | \*When\* |", "> | --- | --- |"]


def test_the_words_alone_stay_the_words_of_a_table() -> None:
    quote = quote_blocks(LAID_OUT, Place(0, 1, 0), Place(0, 2, 13))
    assert render(quote, "plain", SETTINGS) == "Tide | *When*\na|b | <06:10>"


def test_a_cell_or_a_part_of_a_line_of_code_is_text() -> None:
    cell = quote_blocks(LAID_OUT, Place(0, 1, 7), Place(0, 1, 13))
    assert render(cell, "markdown", QuoteSettings(fields=())) == r"> \*When\*"
    piece = quote_blocks(LAID_OUT, Place(0, 5, 3), Place(0, 5, 8))
    assert render(piece, "markdown", QuoteSettings(fields=())) == r"> a \* b"


def test_whole_lines_of_code_stay_code() -> None:
    lines = quote_blocks(LAID_OUT, Place(0, 5, 10), Place(0, 5, 32))
    assert render(lines, "markdown", QuoteSettings(fields=())).startswith("> ````\n>     print(")


def test_html_and_latex_are_escaped() -> None:
    quote = a_quote(text='<script>&"\n\nb', title="A <b> & c", url='https://example.org/"x"?a&b')
    page = render(quote, "html", SETTINGS)
    assert "<script>" not in page
    assert 'cite="https://example.org/&quot;x&quot;?a&amp;b"' in page
    assert "A &lt;b&gt; &amp; c" in page
    paper = render(a_quote(text="50% of $x_1 & {y}\\ ^~#\n[z]"), "latex", QuoteSettings(fields=()))
    assert r"50\% of \$x\_1 \& \{y\}\textbackslash{} \textasciicircum{}\textasciitilde{}\#\\{}" in paper


def test_org_keeps_its_marks_out_of_the_text() -> None:
    written = render(a_quote(text="* no heading\n#+end_quote"), "org", QuoteSettings(fields=()))
    assert written == "#+begin_quote\n,* no heading\n,#+end_quote\n#+end_quote"


def with_template(source: str) -> QuoteSettings:
    return QuoteSettings(templates=(("mine", source),))


def test_a_template_is_a_style() -> None:
    settings = with_template("{{ quote }}\n{% if speaker %}-- {{ speaker|upper }}{% endif %} {{ link }}\n")
    assert [style.name for style in styles(settings)][-1] == "mine"
    assert render(FULL, "mine", settings) == f"Walls are hope.\n-- OMAR REYES {VIDEO}&t=3754s"
    assert render(
        a_quote(tags=("a", "b")), "mine", with_template("{% for t in tags %}#{{ t }} {% endfor %}")
    ) == ("#a #b")


def test_a_template_does_not_change_the_words() -> None:
    quote = a_quote(text="a < b & “c” {{ title }}")
    assert render(quote, "mine", with_template("{{ quote }}")) == quote.text


WRONG_TEMPLATES = {
    "unknown field": ("a\nb {{ titel }}", r"template “mine”, line 2: 'titel' is undefined \(fields: quote,"),
    "syntax": ("a\n\n{% if %}", "line 3: Expected an expression"),
    "open": ("{{ quote", "line 1: unexpected end of template"),
    "type": ("a\n{{ title|truncate('x') }}", "line 2: "),
    "program": ("{{ quote.__class__.__mro__ }}", "line 1: access to attribute '__class__'"),
    "method": ("{{ quote.upper() }}", "line 1: call is not allowed here"),
    "file": ("{% include '/etc/passwd' %}", "line 1: include is not allowed here"),
    "power": ("{{ 9**9**9 }}", "line 1: pow is not allowed here"),
    "times": ("{{ 'x' * 999999999 }}", "line 1: mul is not allowed here"),
    "assignment": ("{% set x = 1 %}", "line 1: assign is not allowed here"),
    "macro": ("{% macro m() %}{% endmacro %}", "line 1: macro is not allowed here"),
    "width": ("{{ quote|center(999999999) }}", "line 1: No filter named 'center'"),
    "loops in loops": (
        "{% for a in tags %}{% for b in a %}{% endfor %}{% endfor %}",
        "loops can't be nested",
    ),
    "growth": ("{{ quote" + "|replace('a', quote)" * 40 + " }}", "line 1: the result is too long"),
    "length": ("x" * 10_001, "longer than 10,000 characters"),
    "blocks in blocks": ("{% if tags %}" * 110 + "{% endif %}" * 110, "line 1: too many"),
    "depth": ("{{ " + "[" * 3000 + "title" + "]" * 3000 + " }}", "line 1: "),
}


@pytest.mark.parametrize(("source", "message"), WRONG_TEMPLATES.values(), ids=WRONG_TEMPLATES.keys())
def test_a_wrong_template_is_said_with_its_line(source: str, message: str) -> None:
    with pytest.raises(PullquoteError, match=message) as caught:
        render(a_quote(text="a banana " * 20), "mine", with_template(source))
    assert "\n" not in str(caught.value)


def test_a_template_that_makes_too_much_is_stopped() -> None:
    with pytest.raises(PullquoteError, match="makes more than 1,000,000 characters"):
        render(
            a_quote(text="a" * 10_000), "mine", with_template("{% for c in quote %}{{ quote }}{% endfor %}")
        )


@given(st.text(max_size=60), st.text(min_size=1, max_size=30), st.sampled_from([*STYLES, "mine"]))
def test_no_style_lets_anything_out_that_acts(text: str, title: str, style: str) -> None:
    quote = a_quote(
        text=text + "\n\x1b]52;c;x\x07\t\u202e\n", title=title, speaker="a\rb", url="https://a.b/\x1b"
    )
    written = render(quote, style, with_template("{{ quote }}\x1b{{ title }}\n\n"))
    assert not has_unsafe(written)
    assert not {sign for sign in written if ord(sign) < 32} - {"\n"}
    assert not written.endswith("\n")


@pytest.mark.skipif(not SHARED.is_dir(), reason="the shared documents are not here")
def test_every_paragraph_of_real_documents_is_quoted_byte_for_byte() -> None:
    files = sorted([*SHARED.glob("seed/*.txt"), *SHARED.glob("corpus/**/*.md")])
    checked = 0
    for path in files:
        texts = [" ".join(block.split()) for block in path.read_text(encoding="utf-8").split("\n\n")]
        blocks = tuple(paragraph(text) for text in texts if text and not has_unsafe(text))
        episode = replace(EPISODE, path=path, sections=(Section(0, 1, "All", blocks),))
        for index, block in enumerate(blocks[:40]):
            quote = quote_block(episode, 0, index)
            assert render(quote, "plain", SETTINGS) == block.text
            words = unquote(link(quote) or "").partition(":~:text=")[2]
            assert words
            checked += 1
        assert quote_section(episode, 0).text == "\n\n".join(block.text for block in blocks)
    assert checked > 1000
