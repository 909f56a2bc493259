"""Saved pages: their text with its structure, furniture folded at the end, nothing lost, nothing slow."""

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.core.counting import calls
from tui.core.cleaning import has_unsafe
from tui.core.episode import Block, BlockKind, SpanKind
from tui.core.formats.draft import Draft, Source
from tui.core.formats.html_page import fits, html_items, html_to_draft, read
from tui.core.formats.table import reader_for
from tui.core.reading import read_episode

Row = tuple[str, int, str]

POST = """<!DOCTYPE html>
<html lang="en-GB">
<head>
<title>How harbours silt up | Low Water</title>
<style>h2 { color: red }</style>
<script>document.write("<h2>Not a heading</h2>")</script>
</head>
<body class="single has-sidebar">
<header class="site-header"><h1>Low Water</h1><nav><ul><li><a href="/">Home</a></li></ul></nav></header>
<main id="content">
  <article class="post type-post">
    <header class="entry-header"><h1 class="entry-title">How harbours silt up</h1>
      <p class="byline">By <a rel="author" href="/ida">Ida Brandt</a></p></header>
    <div class="entry-content">
      <p>Every river carries <em>its hills</em> to the sea.</p>
      <h2>The river brings it<a class="anchor" href="#river">#</a></h2>
      <ul><li>Sand settles first.<ul><li>Gravel before it.</li></ul></li><li>Mud comes last.</li></ul>
      <h3>A spoonful at a time</h3>
      <blockquote><p>It never stops.</p><footer>the pilot</footer></blockquote>
      <div class="sharedaddy"><h3>Share this:</h3><ul><li><a href="/t">Post it</a></li></ul></div>
      <h2>The dredger takes it away</h2>
      <p>Dredging only falls behind.</p>
    </div>
    <footer class="entry-footer">Filed under <a rel="tag" href="/tag/sea">Sea</a></footer>
  </article>
  <section id="comments" class="comments-area"><h2>Two comments</h2>
    <article><p>Lovely!</p></article></section>
</main>
<aside class="widget-area"><h2>Recent posts</h2><p>Maps</p></aside>
<footer class="site-footer"><p>© 2024 Low Water</p><p>© 2024 Low Water</p></footer>
</body>
</html>
"""


def rows(draft: Draft) -> list[Row]:
    """Return kind, depth and text of all blocks that are not folded."""
    return [(b.kind.value, b.depth, b.text) for s in draft.sections for b in s.blocks if not b.fold]


def outline(draft: Draft) -> list[tuple[int, str]]:
    return [(section.level, section.title) for section in draft.sections if section.title]


def blocks(draft: Draft) -> list[Block]:
    return [block for section in draft.sections for block in section.blocks]


def page(body: str, head: str = "<title>A page</title>") -> Draft:
    return html_to_draft(f"<!doctype html><html><head>{head}</head><body>{body}</body></html>")


def test_a_post_is_its_article_with_its_own_headings() -> None:
    draft = read(Source(POST, "post.html"))
    assert draft.title == "How harbours silt up"
    assert outline(draft) == [
        (2, "The river brings it"),
        (3, "A spoonful at a time"),
        (2, "The dredger takes it away"),
    ]
    assert rows(draft) == [
        ("paragraph", 0, "By Ida Brandt"),
        ("paragraph", 0, "Every river carries its hills to the sea."),
        ("bullet", 1, "Sand settles first."),
        ("bullet", 2, "Gravel before it."),
        ("bullet", 1, "Mud comes last."),
        ("quote", 1, "It never stops."),
        ("quote", 1, "the pilot"),
        ("paragraph", 0, "Dredging only falls behind."),
        ("paragraph", 0, "Filed under Sea"),
    ]


def test_furniture_stands_folded_at_the_end_each_piece_once() -> None:
    last = read(Source(POST, "post.html")).sections[-1].blocks
    folded = [block.text for block in last if block.fold == "page furniture"]
    for words in ("Low Water", "Home", "Share this:", "Two comments", "Lovely!", "Recent posts"):
        assert words in folded
    assert folded.count("© 2024 Low Water") == 1
    assert not any("Not a heading" in block.text or "color" in block.text for block in last)


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("<p>one<br>two<br/>three", [("paragraph", 0, word) for word in ("one", "two", "three")]),
        (
            "<ol start=3><li>c<li>d<li value=9>i</ol>",
            [("numbered", 1, "c"), ("numbered", 1, "d"), ("numbered", 1, "i")],
        ),
        ("<ul><li><p>first</p><p>more</p></ul>", [("bullet", 1, "first"), ("paragraph", 1, "more")]),
        ("<pre>  x = 1\n\n  y</pre>", [("code", 0, "  x = 1\n\n  y")]),
        (
            "<table><tr><th>a<th>b<tr><td><p>1</p><td>2<br>3</table>",
            [("table_row", 0, "a | b"), ("table_row", 0, "1 | 2 3")],
        ),
        ("<table role=presentation><tr><td>x<td>y</table>", [("paragraph", 0, "x"), ("paragraph", 0, "y")]),
        (
            "<dl><dt>Host<dd>Ann Lee<dt>Length<dd>1:02:03</dl>",
            [("paragraph", 0, "Host: Ann Lee"), ("paragraph", 0, "Length: 1:02:03")],
        ),
        (
            "<dl><dt>Tea<dd>hot<dd>cold</dl>",
            [("paragraph", 0, "Tea"), ("bullet", 1, "hot"), ("bullet", 1, "cold")],
        ),
        ("<p>a<hr>b", [("paragraph", 0, "a"), ("rule", 0, ""), ("paragraph", 0, "b")]),
        (
            "<figure><img alt='A hill'><figcaption>A hill.</figcaption></figure>",
            [("paragraph", 0, "A hill.")],
        ),
        ("<p>see <img alt='the map'> here <img alt='IMG_01.jpg'>", [("paragraph", 0, "see the map here")]),
        (
            "<p><ruby>漢<rp>(</rp><rt>かん</rt><rp>)</rp></ruby>と<q>本</q>",
            [("paragraph", 0, "漢(かん)と“本”")],
        ),
        (
            "<ul><li><input type=checkbox checked> done<li><input type=checkbox> not",
            [("bullet", 1, "☑ done"), ("bullet", 1, "☐ not")],
        ),
        ("<div><span class=tag>tea</span><span class=tag>milk</span></div>", [("paragraph", 0, "tea milk")]),
        ("<p>in<wbr>side H<sub>2</sub>O &amp; &lt;b&gt; &nbsp; x", [("paragraph", 0, "inside H2O & <b> x")]),
        (
            "<x-card><x-head>one</x-head><p>two <x-tip>three</x-tip></p></x-card>",
            [("paragraph", 0, "one"), ("paragraph", 0, "two three")],
        ),
        (
            "<div><template shadowrootmode=open><p>drawn</p></template></div><template>no</template>",
            [("paragraph", 0, "drawn")],
        ),
    ],
    ids=lambda value: value[:40] if isinstance(value, str) else "",
)
def test_elements_become_blocks(body: str, expected: list[Row]) -> None:
    assert rows(page(f"<main>{body}</main>")) == expected


def test_numbers_of_lists_are_the_pages_own() -> None:
    numbers = [
        block.number
        for block in blocks(page("<ol start=3><li>c<li value=9>i</ol><ol reversed><li>b<li>a</ol>"))
    ]
    assert numbers == [3, 9, 2, 1]


def test_details_fold_below_their_summary_unless_they_are_open() -> None:
    text = "Words that are shown without a fold, enough of them to be the page. " * 4
    draft = page(
        f"<main><h2>Tea</h2><p>{text}</p><details><summary>More</summary><p>inside</p></details>"
        "<details open><summary>Seen</summary><p>outside</p></details></main>"
    )
    assert [(block.text, block.fold) for block in blocks(draft)[1:]] == [
        ("More", None),
        ("inside", "details"),
        ("Seen", None),
        ("outside", None),
    ]


def test_words_of_a_drawing_are_folded_where_it_stands_and_icons_have_none() -> None:
    draft = page(
        "<main><p>a</p><svg><text>70 points</text><text>wins</text></svg>"
        "<svg><title>logo</title></svg></main>"
    )
    assert [(block.text, block.fold) for block in blocks(draft)] == [
        ("a", None),
        ("70 points · wins", "diagram"),
    ]


def test_spans_are_kept_with_whole_addresses() -> None:
    head = '<link rel=canonical href="https://low.example/posts/silt">'
    draft = page(
        '<main><p> A <b>bold</b> <a href="../about">link</a>, <a href="javascript:x()">none</a>, '
        '<mark>seen</mark> <s>out</s> <span style="font-weight:700">too</span></p></main>',
        head,
    )
    block = blocks(draft)[0]
    found = [(block.text[span.start : span.end], span.kind, span.target) for span in block.spans]
    assert found == [
        ("bold", SpanKind.STRONG, None),
        ("link", SpanKind.LINK, "https://low.example/about"),
        ("seen", SpanKind.MARK, None),
        ("out", SpanKind.STRIKE, None),
        ("too", SpanKind.STRONG, None),
    ]


@pytest.mark.parametrize(
    "hidden",
    [
        "<p hidden>secret</p>",
        "<div aria-hidden=true><p>secret</p></div>",
        "<p style='color:red; DISPLAY: none'>secret</p>",
        "<h2 class=sr-only>secret</h2>",
        "<noscript>secret</noscript>",
        "<button>secret</button>",
        "<div class='cookie-notice'><p>secret</p></div>",
        "<ul role=navigation><li>secret</ul>",
    ],
)
def test_what_a_page_does_not_show_as_text_is_furniture(hidden: str) -> None:
    draft = page(f"<main><p>said</p>{hidden}</main>")
    assert [(block.text, block.fold) for block in blocks(draft)] == [
        ("said", None),
        ("secret", "page furniture"),
    ]


def test_a_wrapper_with_a_menus_class_is_no_menu_if_it_holds_the_text() -> None:
    draft = page('<div class="site-menu-open newsletter" aria-hidden=true><h1>Tea</h1><p>Leaves.</p></div>')
    assert (draft.title, rows(draft)) == ("Tea", [("paragraph", 0, "Leaves.")])


def test_a_page_of_furniture_alone_is_shown() -> None:
    assert [(block.text, block.fold) for block in blocks(page("<nav><p>All there is</p></nav>"))] == [
        ("All there is", None)
    ]


def test_a_table_that_lays_out_a_page_is_passed_through() -> None:
    draft = page(
        "<table><tr><td><a href=/>Home</a></td><td><h1>Maps</h1><p>Paper maps last.</p><h2>Contours</h2>"
        "<table><tr><td>1</td><td>2</td></tr></table></td></tr></table>"
    )
    assert draft.title == "Maps"
    assert outline(draft) == [(2, "Contours")]
    assert rows(draft) == [("paragraph", 0, "Paper maps last."), ("table_row", 0, "1 | 2")]


def test_a_page_of_nothing_but_divs_gets_its_bold_lines_as_headings() -> None:
    body = "Contours are read with the legs, she says, and the paper only helps to remember. " * 2
    draft = page(
        "<div><a href=/>Home</a> | <a href=/about>About</a></div>"
        f"<div><b>What a map leaves out</b></div><div>{body}</div><div><b>Contours</b></div><div>{body}</div>"
        "<div><a href=/next>Next page</a></div>"
    )
    assert [title for _, title in outline(draft)] == ["What a map leaves out", "Contours"]
    assert [block.text for block in blocks(draft) if block.fold] == ["Home | About", "Next page"]


def test_a_file_shown_on_a_code_hosting_site_is_its_article() -> None:
    draft = page(
        "<header>Sign in</header><main><h2 class=sr-only>Files</h2><div>main / notes.md</div>"
        "<article class='markdown-body'><h1>Notes</h1><p>"
        + "Tea travels. "
        * 9
        + "</p><h2>Leaf</h2><p>Green.</p>"
        "</article></main>",
        "<title>notes/notes.md at main · ann/notes · GitHub</title>",
    )
    assert (draft.title, outline(draft)) == ("Notes", [(2, "Leaf")])
    assert "main / notes.md" in [block.text for block in blocks(draft) if block.fold]


def test_headings_inside_list_items_are_headings() -> None:
    draft = page("<main><ul><li><h2>One</h2><p>text</p></li><li><h2>Two</h2><p>more</p></li></ul></main>")
    assert outline(draft) == [(2, "One"), (2, "Two")]
    assert rows(draft) == [("paragraph", 0, "text"), ("paragraph", 0, "more")]


def test_what_entities_hide_is_cleaned() -> None:
    items = html_items("<p>a&#27;[31mb &#x202e;c&ZeroWidthSpace;d</p>")
    assert not any(has_unsafe(item.text) for item in items)
    assert items[0].text == "a␛[31mb cd"


def test_elements_of_xhtml_that_close_themselves_swallow_nothing() -> None:
    xhtml = '<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml"><head><title/></head><body>{}</body></html>'
    items = html_items(xhtml.format('<p>one<a id="p1"/> two<br/>three</p><div/><script src="x"/><p>four</p>'))
    assert [item.text for item in items] == ["one two", "three", "four"]


@pytest.mark.parametrize(
    ("name", "text", "expected"),
    [
        ("a.html", "<!doctype html><p>x</p>", True),
        ("a.txt", "\n<!-- saved --><HTML lang=en><body>x", True),
        ("a.md", "<!DOCTYPE html>\n<html><body>x</body></html>", True),
        ("a.html", "<h2>One</h2><p>Text</p>", True),
        ("a.txt", "<h2>One</h2>\n<p>Text</p>\n<ul><li>x</li></ul>", True),
        ("a.md", "<div align=center><p>x</p><p>y</p></div>\n\n# Title", False),
        ("a.txt", "<p>one</p>\n\n# Title\n\n<p>x</p><p>y</p>", False),
        ("a.txt", "<Ann> hello\n<Bo> hi", False),
        ("a.xml", "<?xml version='1.0'?><opml><head><title>x</title></head></opml>", False),
        ("a.vtt", "<p>x</p><p>x</p><p>x</p>", False),
    ],
)
def test_what_a_page_is_known_by(name: str, text: str, expected: bool) -> None:
    source = Source(text, name)
    assert fits(source) is expected
    assert (reader_for(source).name == "html-page") is expected


def test_front_matter_is_not_looked_for_in_a_page(tmp_path: Path) -> None:
    path = tmp_path / "page.html"
    path.write_text(
        "<!doctype html><title>Tea</title>\n---\n<p>Leaves: green\n---\n<h2>x</h2>", encoding="utf-8"
    )
    episode = read_episode(path)
    assert (episode.format, episode.title) == ("html-page", "Tea")
    assert "Leaves: green" in episode.sections[0].text


def large(wrap: str) -> str:
    text = "".join(
        f"<h2>Part {n}</h2><p>Some <b>words</b> of part {n}.</p><ul><li>one</li><li>two</li></ul>\n"
        for n in range(4000)
    )
    opening = f"<html><head><title>Long</title></head><body><nav>Home</nav><{wrap}><h1>Long</h1>"
    return f"{opening}{text}</{wrap}><footer>end"


@pytest.mark.parametrize("wrap", ["main", "article", "div"])
def test_the_head_of_a_large_page_reads_like_the_beginning_of_the_whole(wrap: str, tmp_path: Path) -> None:
    path = tmp_path / "page.html"
    path.write_text(large(wrap), encoding="utf-8")
    whole, head = read_episode(path), read_episode(path, head=True)
    last = len(head.sections) - 1
    assert 100 < last < len(whole.sections)
    assert head.sections[:last] == whole.sections[:last]
    assert (head.title, head.format) == (whole.title, whole.format)


def test_the_head_of_a_page_with_long_styles_shows_its_text(tmp_path: Path) -> None:
    path = tmp_path / "page.html"
    styles = "p { color: red }\n" * 20_000
    path.write_text(large("main").replace("</head>", f"<style>{styles}</style></head>"), encoding="utf-8")
    head = read_episode(path, head=True)
    assert (head.title, head.sections[0].title, head.partial) == ("Long", "Part 0", True)


def test_work_grows_with_the_length_of_a_page() -> None:
    def work(size: int) -> int:
        return calls(lambda: html_to_draft("<main>" + "<h2>x</h2><p>a <b>b</b> c</p>" * size))

    work(10)
    assert work(2000) < 2.3 * work(1000)


HOSTILE = [
    *(
        "<div>",
        "<p>",
        "<b id=%d>",
        "<ul><li>",
        "<table><tr><td>",
        "<span><div></span>",
        "<td><div></td>",
        "<form><div></form>",
    ),
    *(
        "<details><summary>",
        "<dl><dd>",
        "<blockquote>",
        "<svg><g>",
        "<script>",
        "<!--",
        "<a x='",
        "&#",
        "<select><option>",
    ),
    *(
        "<template shadowrootmode=open>",
        "<rp><li><dd>",
        "<button>",
        "</p>",
        "<div class=nav>",
        "<main>",
        "<q>",
        "<",
    ),
]


@pytest.mark.parametrize("piece", HOSTILE)
def test_nesting_without_end_is_read_in_time_and_loses_no_words(piece: str) -> None:
    many = "".join(piece % n if "%d" in piece else piece for n in range(6000))
    draft = html_to_draft(f"<html><body><p>begin</p>{many}<p>end</p>")
    assert "begin" in " ".join(block.text for block in blocks(draft))


WORDS = st.text(st.characters(codec="utf-8", categories=("L", "N")), min_size=1, max_size=8)
TAGS = st.sampled_from(
    [
        *(
            "p",
            "div",
            "h2",
            "ul",
            "li",
            "b",
            "a",
            "table",
            "tr",
            "td",
            "blockquote",
            "pre",
            "span",
            "nav",
            "footer",
        ),
        *(
            "main",
            "article",
            "dl",
            "dt",
            "dd",
            "details",
            "summary",
            "figure",
            "aside",
            "form",
            "button",
            "em",
            "section",
        ),
    ]
)


@given(st.lists(st.tuples(st.sampled_from(["open", "close", "word", "void"]), TAGS, WORDS), max_size=60))
def test_no_word_of_any_page_is_lost(parts: list[tuple[str, str, str]]) -> None:
    pieces = {"open": "<{0}>", "close": "</{0}>", "word": " {1} ", "void": "<br>"}
    source = "".join(pieces[kind].format(tag, f"{word}x") for kind, tag, word in parts)
    draft = html_to_draft(f"<html><body>{source}</body></html>")
    shown = " ".join([draft.title, *(s.title for s in draft.sections), *(b.text for b in blocks(draft))])
    squeezed = "".join(shown.split()).casefold()
    for kind, _, word in parts:
        if kind == "word":
            assert "".join(f"{word}x".split()).casefold() in squeezed


@given(st.text(max_size=200))
def test_any_text_is_read(text: str) -> None:
    draft = html_to_draft(f"<html>{text}")
    assert draft.sections


def test_real_pages_keep_their_headings_and_words(shared: Path) -> None:
    from selectolax.lexbor import LexborHTMLParser

    paths = sorted((shared / "corpus").rglob("*.html"))
    for path in paths:
        draft = read(Source(path.read_text(encoding="utf-8"), path.name))
        tree = LexborHTMLParser(path.read_text(encoding="utf-8"))
        main = tree.css_first("main")
        assert main is not None
        gold = [
            (int(h.tag[1]), " ".join(h.text().split())) for h in main.css("h1, h2, h3, h4, h5, h6") if h.tag
        ]
        assert [gold[0][1], *(title for _, title in outline(draft))] == [title for _, title in gold]
        shown = re.sub(r"\W+", "", " ".join([draft.title, *(s.title + s.text for s in draft.sections)]))
        for paragraph in main.css("p"):
            assert re.sub(r"\W+", "", paragraph.text()) in shown
    assert len(paths) >= 5


def test_block_kinds_of_an_empty_page() -> None:
    draft = html_to_draft("<html></html>")
    assert [section.blocks for section in draft.sections] == [()]
    assert BlockKind.RULE not in [block.kind for block in blocks(draft)]
