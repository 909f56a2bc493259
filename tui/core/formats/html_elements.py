"""Which elements of a page are its text, and which are furniture around it: menus, share buttons, notices.

What an element is called decides: its tag, its role, the words of its classes, a few ids. The rules are
local, so that the beginning of a page is judged like the whole.
"""

import re
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from tui.core.episode import SpanKind
from tui.core.formats.draft import same_title
from tui.core.formats.lines import word_set

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

Attributes = Mapping[str, str | None]

INLINE = word_set(
    "a abbr acronym b bdi bdo big cite code data del dfn em font i ins kbd label mark nobr output q rb rp "
    "rt rtc ruby s samp small span strike strong sub sup time tt u var slot math mi mn mo mrow msup msub "
    "mfrac mtext semantics"
)
"""Elements within a line; any other begins a block."""

SPANS = {
    **dict.fromkeys(("b", "strong"), SpanKind.STRONG),
    **dict.fromkeys(("i", "em", "cite", "dfn", "var"), SpanKind.EMPHASIS),
    **dict.fromkeys(("code", "kbd", "samp", "tt"), SpanKind.CODE),
    **dict.fromkeys(("s", "del", "strike"), SpanKind.STRIKE),
    "mark": SpanKind.MARK,
}

UNSEEN = word_set(
    "script style head meta link base title iframe object embed canvas audio video source track param map "
    "area datalist frame frameset noframes noembed annotation annotation-xml col colgroup rp applet "
    "-comment !doctype portal"
)
"""Elements that show no words, or words only where something is not supported."""

FURNITURE = word_set("nav dialog select textarea button noscript menu optgroup option meter progress")
OUTER_FURNITURE = word_set("header footer aside form search")
"""Elements that are furniture around a text, and part of it inside."""

CONTAINERS = word_set("div section ul ol dl aside header footer form search fieldset center")
"""Elements that may be furniture by what they are called."""

ROLES = word_set(
    "navigation banner contentinfo search complementary dialog alertdialog menu menubar menuitem toolbar "
    "tablist tooltip button"
)
NAMES = word_set(
    "nav navbar navigation subnav topnav menu submenu breadcrumb breadcrumbs sidebar cookie cookies "
    "consent gdpr masthead pagination pager sharedaddy share sharing sharebar social newsletter subscribe "
    "signup modal popup advert advertisement toolbar comments respond skip toc disqus jp-relatedposts "
    "related related-posts related-articles related-content recommended recommendations"
)
"""Words in the classes of furniture."""

TOPICS = word_set("related recommended recommendations")
"""Words that tell furniture only as the whole of a class: ``recommended-books`` are the text's own."""

UNSEEN_NAMES = word_set(
    "sr-only visually-hidden visuallyhidden screen-reader-text screen-reader-only screenreader-only show- "
    "for-sr offscreen a11y-hidden mw-editsection noprint"
)
IDS = word_set(
    "nav navbar navigation menu sidebar secondary comments respond footer header masthead related "
    "breadcrumbs cookie-banner cookie-notice cookie-consent disqus_thread toc newsletter share guide "
    "site-header site-footer page-footer colophon onetrust-consent-sdk related-posts topnav"
)
STATES = ("has-", "no-", "with-", "is-", "without-", "js-", "hide-", "layout")
"""How classes begin that tell what a page has, not what the element is."""

WORD = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])|\d+")
HIDDEN_STYLE = re.compile(r"(?:display\s*:\s*none|visibility\s*:\s*hidden)", re.I)
BOLD_STYLE = re.compile(r"font-weight\s*:\s*(?:bold|[6-9]00)", re.I)

CLASS_CHARS = 500
TEXT_SIGNS = "h1, main, article, [role=main], [itemprop=articleBody]"
"""What furniture does not hold."""

LONG_TEXT = 1500
"""Furniture with more characters than this is text after all, but for menus and comments."""

ALWAYS_LONG = word_set("nav navbar navigation menu comments respond sidebar disqus toc")
MAX_DOUBTS = 40
"""How often what looks like furniture may turn out to hold the text before looks are passed over."""


def class_names(classes: str) -> frozenset[str]:
    """Return the words an element's classes are made of: ``postShare site-nav`` gives share, nav and more."""
    names: set[str] = set()
    for name in classes.split():
        if not name.lower().startswith(STATES):
            names.add(name.lower())
            names.update({word.lower() for word in WORD.findall(name)} - TOPICS)
    return frozenset(names)


class Judge:
    """Says what elements are; remembers what classes mean, for a page has few of them."""

    def __init__(self, titles: Sequence[str] = ()) -> None:
        self.titles = titles
        """What the page calls itself."""

        self.known: dict[str, frozenset[str]] = {}
        self.doubts = 0

    def names_of(self, attributes: Attributes) -> frozenset[str]:
        """Return the words of an element's classes."""
        classes = attributes.get("class") or ""
        names = self.known.get(classes)
        if names is None:
            names = self.known[classes] = class_names(classes[:CLASS_CHARS])
        return names

    def is_hidden(self, node: "LexborNode", attributes: Attributes) -> bool:
        """Say whether an element can't be seen on the page, as far as it says so itself."""
        hidden = (
            attributes.get("hidden", "until-found") != "until-found"
            or attributes.get("aria-hidden") == "true"
            or HIDDEN_STYLE.search(attributes.get("style") or "") is not None
            or not UNSEEN_NAMES.isdisjoint(self.names_of(attributes))
        )
        return hidden and not self.holds_text(node)

    def is_furniture(self, node: "LexborNode", tag: str, attributes: Attributes, *, within: bool) -> bool:
        """Say whether a block is furniture.

        Args:
            node: The element.
            tag: Its name.
            attributes: What it has.
            within: It stands within the text, where a footer is the text's own.
        """
        if tag in FURNITURE:
            return True
        if tag not in CONTAINERS and "-" not in tag:
            return False
        if tag in OUTER_FURNITURE and not within:
            return not (self.holds_text(node, ignoring_title=tag == "header") or self.is_long(node, tag))
        if attributes.get("role") in ROLES:
            return not self.holds_text(node)
        named = (self.names_of(attributes) | (class_names(tag) if "-" in tag else frozenset())) & NAMES
        if attributes.get("id") in IDS:
            named |= {"sidebar"}
        if not named or (named.isdisjoint(ALWAYS_LONG) and self.is_long(node, "form")):
            return False
        return not self.holds_text(node)

    def is_long(self, node: "LexborNode", tag: str) -> bool:
        """Say whether a form, or what only looks like furniture, has so much text that it is the page's."""
        if tag != "form" or self.doubts > MAX_DOUBTS:
            return tag == "form"
        is_long = len(node.text()) > LONG_TEXT
        self.doubts += is_long
        return is_long

    def holds_text(self, node: "LexborNode", *, ignoring_title: bool = False) -> bool:
        """Say whether an element that looks like furniture holds the page's text.

        Args:
            node: The element.
            ignoring_title: A first heading shows that only if it is the page's title.
        """
        if self.doubts > MAX_DOUBTS:
            return True
        found = node.css_first(TEXT_SIGNS)
        # A search finds the element itself too, and a hidden heading holds nothing but itself.
        holds = (
            found is not None
            and found.mem_id != node.mem_id
            and not (
                ignoring_title
                and found.tag == "h1"
                and not any(same_title(found.text(), title) for title in self.titles)
            )
        )
        self.doubts += holds
        return holds
