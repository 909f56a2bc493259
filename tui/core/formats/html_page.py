"""Saved web pages: the text they are about, its headings, who speaks in it, and what the page says of itself.

Menus, notices and other furniture are not lost: they stand folded at the end. Nothing is ever fetched.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import PurePath
from typing import TYPE_CHECKING

from tui.core.episode import Block, BlockKind
from tui.core.formats.chapter_lines import chapter_lines
from tui.core.formats.draft import Draft, Fields, Heading, Item, Source, gather, judged_items
from tui.core.formats.html_chapters import with_chapters
from tui.core.formats.html_elements import Judge
from tui.core.formats.html_flow import FURNITURE
from tui.core.formats.html_head import Head, head_of, is_title
from tui.core.formats.html_nesting import is_parsable, without_self_closing
from tui.core.formats.html_roots import text_roots
from tui.core.formats.html_text import fragments
from tui.core.formats.html_turns import are_turns, with_turns
from tui.core.formats.html_walk import Walk
from tui.core.formats.markdown import line_groups, with_voices
from tui.core.formats.markdown_folds import with_folds
from tui.core.formats.markdown_outline import with_look_alikes
from tui.core.formats.markdown_times import with_times
from tui.core.formats.markdown_titles import is_above
from tui.core.formats.parts import parted
from tui.core.formats.speech import readable
from tui.core.formats.turn_labels import find_voices

if TYPE_CHECKING:
    from selectolax.lexbor import LexborHTMLParser

SUFFIXES = frozenset({".html", ".htm", ".xhtml", ".xht", ".shtml"})
MARKDOWN = frozenset({".md", ".markdown", ".mdown", ".mkd", ".mdx", ".qmd", ".rmd", ".vtt", ".srt", ".csv"})
"""Suffixes of shapes that have pieces of HTML in them."""

DOCUMENT = re.compile(r"(?:<\?xml[^<>]*>|<!--(?:[^-]|-(?!->))*-->|\s)*<(?:!doctype\s+html|html[\s>])", re.I)
FRAGMENT = re.compile(
    r"(?:<!--(?:[^-]|-(?!->))*-->|\s)*<(?:head|body|main|article|section|div|p|h[1-6]|ul|ol|dl|table|blockquote|"
    r"title|meta|header|nav|figure|pre)(?:\s[^<>]*)?>",
    re.I,
)
BLOCK_END = re.compile(r"</(?:p|div|h[1-6]|li|ul|ol|tr|td|table|section|article|blockquote|body)\s*>", re.I)
MARKDOWN_SIGNS = re.compile(r"^(?:#{1,6}[ \t]+\S|```|[-*] \S|\d{1,3}\. \S)", re.M)
FEWEST_ENDS = 3

WHY = "It is a web page, or its name says so."
TOO_DEEP = "Its elements are nested too deeply to be laid out; the text is shown without its structure"


@dataclass(frozen=True, slots=True)
class Page:
    """What a walk over a page found."""

    items: list[Item]
    """The text it is about."""

    furniture: list[Block]
    """What stands around that, each once, all in one fold."""

    head: Head


def fits(source: Source) -> bool:
    """Say whether a text is a web page or a piece of one: by its beginning, or by its name and its tags."""
    suffix = PurePath(source.name).suffix.lower()
    judged = source.judged
    if DOCUMENT.match(judged):
        return True
    if suffix in MARKDOWN:
        return False
    ends = len(BLOCK_END.findall(judged))
    if suffix in SUFFIXES:
        return ends > 0 or FRAGMENT.match(judged) is not None
    return FRAGMENT.match(judged) is not None and ends >= FEWEST_ENDS and not MARKDOWN_SIGNS.search(judged)


def read(source: Source) -> Draft:
    """Return what a saved page holds."""
    return html_to_draft(source.text, source.title)


def html_to_draft(html: str, title: str = "", fields: Fields | None = None) -> Draft:
    """Return what a page holds.

    Args:
        html: The page, or a piece of one.
        title: Its title, where that is known from elsewhere: a heading that says the same is left out.
        fields: What is known about it from elsewhere; it counts more than what the page says.
    """
    if not is_parsable(html):
        return Draft(gather(flat_items(html)), WHY, notices=(TOO_DEEP,), fields=fields or {})
    page = page_of(html)
    known = [title] if title else page.head.titles
    shown, items = split_title(page.items, known)
    items = with_chapters(items, page.head.chapters)
    sections = gather([*items, *page.furniture])
    return Draft(
        sections, WHY, title or shown or page.head.title, fields={**page.head.fields, **(fields or {})}
    )


def html_items(fragment: str, *, guessing: bool = True) -> list[Item]:
    """Return the headings and blocks of a piece of HTML that is all text; what is hidden in it comes last.

    Args:
        fragment: HTML, or XHTML.
        guessing: A text without headings gets those that its bold or short lines may be.
    """
    if not is_parsable(fragment):
        return flat_items(fragment)
    walk = Walk(Judge())
    # All of it is the text: a header or footer in it belongs to that.
    walk.within = 1
    walk.walk_tree(tree_of(fragment))
    return [*finished(walk.items, walk, "", guessing=guessing), *distinct(walk.furniture, walk.items)]


def flat_items(html: str) -> list[Item]:
    """Return a page that can't be parsed as the text between its tags, with its headings."""
    items: list[Item] = []
    for fragment in fragments(html):
        element = fragment.element
        if element[:1] == "h" and element[1:].isdecimal():
            items.append(Heading(fragment.text, int(element[1:])))
        else:
            items.append(Block(BlockKind.PARAGRAPH, fragment.text))
    return items


def tree_of(html: str) -> "LexborHTMLParser":
    """Return a page's tree."""
    # Loaded here: most documents are no HTML.
    from selectolax.lexbor import LexborHTMLParser

    return LexborHTMLParser(without_self_closing(html))


def page_of(html: str) -> Page:
    """Return what a page holds, read from its tree."""
    tree = tree_of(html)
    head = head_of(tree, html)
    judge = Judge(head.titles)
    roots = text_roots(tree, judge)
    walk = Walk(judge, base_of(tree, head), roots)
    walk.walk_tree(tree)
    items = walk.items if roots else without_menus(walk.items, walk)
    if not items:
        return Page([unfolded(item) for item in walk.furniture], [], head)
    return Page(finished(items, walk, head.url), distinct(walk.furniture, items), head)


def base_of(tree: "LexborHTMLParser", head: Head) -> str:
    """Return the address that links in a page are relative to, or ""."""
    base = tree.css_first("base[href]")
    address = base.attributes.get("href") if base is not None else None
    return address if address and "://" in address else head.url


def unfolded(item: Item) -> Item:
    """Return a block shown: where a page is nothing but furniture, that is its text."""
    return replace(item, fold=None) if isinstance(item, Block) else item


def distinct(furniture: Sequence[Item], items: Sequence[Item]) -> list[Block]:
    """Return the pieces of furniture that have words, each once, without what the text says too."""
    seen = {item.text.casefold() for item in items}
    kept: list[Block] = []
    for item in furniture:
        text = item.text.casefold()
        if isinstance(item, Block) and text not in seen and any(map(str.isalnum, text)):
            seen.add(text)
            kept.append(replace(item, depth=min(item.depth, 1), fold=FURNITURE))
    return kept


def without_menus(items: list[Item], walk: Walk) -> list[Item]:
    """Return a page's items without the links and nothing else that stand before its text and after it.

    Only for pages that do not say which element holds their text. What is left out becomes furniture.
    """
    is_menu = [isinstance(item, Block) and id(item) in walk.page.linked for item in items]
    begin = next((index for index, menu in enumerate(is_menu) if not menu), 0)
    end = len(items) - next((index for index, menu in enumerate(reversed(is_menu)) if not menu), 0)
    walk.furniture[:0] = items[:begin]
    walk.furniture += items[end:]
    return items[begin:end]


def finished(items: list[Item], walk: Walk, address: str, *, guessing: bool = True) -> list[Item]:
    """Return the items with speakers, times and folds; a text without headings with those it implies.

    Args:
        items: What the walk found.
        walk: It knows which labels the page's own markup makes.
        address: The page's, or "".
        guessing: Bold or short lines may be headings where there are no others.
    """
    turns = {id(item): walk.turns[id(item)] for item in items if id(item) in walk.turns}
    is_headed = any(isinstance(item, Heading) for item in judged_items(items))
    if is_transcript := are_turns(list(turns.values())):
        items = with_turns(items, turns)
    else:
        voices = find_voices(line_groups(judged_items(items)))
        if not voices.names:
            items = chapter_lines(items)
            voices = find_voices(line_groups(judged_items(items)))
        items = with_voices(items, voices)
        is_transcript = bool(voices)
    items = readable(with_times(items, address or None))
    if guessing and not is_headed:
        items = parted(items) if is_transcript else with_look_alikes(items)
    return with_folds(items)


def split_title(items: list[Item], known: Sequence[str]) -> tuple[str, list[Item]]:
    """Return the title that a page shows in its first heading, or "", and the items without it.

    That is a heading with the words of the page's own title, or one of the first level with others below it.
    """
    begin = next((index for index, item in enumerate(items) if isinstance(item, Heading)), None)
    first = items[begin] if begin is not None else None
    if begin is None or not isinstance(first, Heading):
        return "", items
    rest = items[begin + 1 :]
    if is_title(first.text, known) or (first.level == 1 and is_above(first, rest)):
        return first.text, [*items[:begin], *rest]
    return "", items
