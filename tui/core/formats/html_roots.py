"""Which elements of a page hold the text it is about, as far as the page says so."""

from typing import TYPE_CHECKING

from tui.core.formats.html_elements import Judge

if TYPE_CHECKING:
    from selectolax.lexbor import LexborHTMLParser, LexborNode

AROUND = frozenset({"nav", "aside", "footer", "dialog"})
"""Elements in which an article is a teaser."""

HEADINGS = "h1, h2, h3, h4, h5, h6"
MAX_ROOTS = 500


def text_roots(tree: "LexborHTMLParser", judge: Judge) -> frozenset[int]:
    """Return the elements that hold a page's text, by ``mem_id``; none if it does not tell.

    That is what is marked as main; the articles in that if no heading stands before them and they hold
    most of its words; without a main part, the articles.
    """
    mains = outermost(tree.css("main, [role=main]"), judge)
    articles = outermost(tree.css("article, [itemprop=articleBody]"), judge)
    if not mains:
        return ids(articles)
    inner = [article for article in articles if is_within(article, ids(mains))]
    return ids(inner if inner and hold_text(inner, mains) else mains)


def outermost(nodes: list["LexborNode"], judge: Judge) -> list["LexborNode"]:
    """Return the elements with words that stand neither in each other nor in furniture."""
    found: list[LexborNode] = []
    known: set[int] = set()
    for node in nodes[:MAX_ROOTS]:
        if not is_within(node, frozenset(known)) and not is_teaser(node, judge) and node.text().strip():
            found.append(node)
            known.add(node.mem_id)
    return found


def ids(nodes: list["LexborNode"]) -> frozenset[int]:
    """Return what tells elements apart."""
    return frozenset(node.mem_id for node in nodes)


def is_within(node: "LexborNode", outer: frozenset[int]) -> bool:
    """Say whether an element stands inside one of others."""
    parent = node.parent
    while parent is not None:
        if parent.mem_id in outer:
            return True
        parent = parent.parent
    return False


def is_teaser(node: "LexborNode", judge: Judge) -> bool:
    """Say whether an article is a comment, or stands in a menu or beside the text."""
    names = judge.names_of(node.attributes)
    if names & {"comment", "related", "teaser", "card"} and "post" not in names:
        return node.tag == "article"
    parent = node.parent
    while parent is not None:
        if parent.tag in AROUND or parent.attributes.get("id") in ("comments", "related", "sidebar"):
            return True
        parent = parent.parent
    return False


def hold_text(articles: list["LexborNode"], mains: list["LexborNode"]) -> bool:
    """Say whether articles are the text of the main part around them."""
    first = next((main.css_first(HEADINGS) for main in mains), None)
    is_first = first is None or is_within(first, ids(articles)) or is_unseen(first)
    words = sum(len(article.text()) for article in articles)
    return is_first and words * 2 > sum(len(main.text()) for main in mains)


def is_unseen(node: "LexborNode") -> bool:
    """Say whether a heading is there for screen readers only."""
    return bool(Judge().is_hidden(node, node.attributes))
