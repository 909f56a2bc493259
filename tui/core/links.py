"""Links that lead to the place a quote comes from: at its time, or to its words."""

import re
from urllib.parse import parse_qsl, quote, urlencode, urlsplit, urlunsplit

SECONDS_IN_QUERY = {
    "youtube.com": "{}s",
    "www.youtube.com": "{}s",
    "m.youtube.com": "{}s",
    "music.youtube.com": "{}s",
    "youtu.be": "{}",
    "open.spotify.com": "{}",
    "podcasts.apple.com": "{}",
}
"""Players that take the second to begin at as ``t=`` in the query, and how they spell it."""

OWN_LINKS = frozenset({"share.snipd.com"})
"""Players whose links already lead to one moment."""

LONGEST_EXACT = 120
"""Longer words are given by their beginning and end: browsers and chats cut long addresses."""

SHOWN_WITHIN = 24
"""How many characters at a text's beginning and end are looked at for its time."""

WORDS_AT_ENDS = 6
"""How many words of the beginning and of the end stand for a long text."""


def is_player(url: str) -> bool:
    """Return whether an address is one of a known player, whose pages do not hold the episode's words."""
    host = _host(url)
    return host in SECONDS_IN_QUERY or host in OWN_LINKS


def _host(url: str) -> str:
    try:
        return urlsplit(url).hostname or ""
    except ValueError:
        # "http://[half" and the like: an address nobody can open, which is no reason to lose a quote.
        return ""


def link_at(url: str, start_s: float) -> str:
    """Return an address that begins at a time.

    Players with a query parameter of their own get that; all others the media fragment ``#t=``
    in seconds (W3C Media Fragments 1.0).
    """
    host, seconds = _host(url), int(start_s)
    if not host or host in OWN_LINKS:
        return url
    parts = urlsplit(url)
    if host not in SECONDS_IN_QUERY:
        return urlunsplit(parts._replace(fragment=f"t={seconds}"))
    query = [(key, value) for key, value in parse_qsl(parts.query, keep_blank_values=True) if key != "t"]
    query.append(("t", SECONDS_IN_QUERY[host].format(seconds)))
    return urlunsplit(parts._replace(query=urlencode(query)))


def shown_time(text: str, start_s: float) -> tuple[int, int] | None:
    """Return where a text itself shows its time, at its beginning or end; None where it does not."""
    from tui.core.formats.times import STAMP, seconds  # only where there are times

    for start in {0, max(0, len(text) - SHOWN_WITHIN)}:
        for stamp in re.finditer(STAMP, text[start : start + SHOWN_WITHIN]):
            if int(seconds(stamp[0])) == int(start_s):
                return start + stamp.start(), start + stamp.end()
    return None


def link_to_words(url: str, text: str, before: str = "", after: str = "") -> str:
    """Return an address that makes a browser scroll to a text (WICG Scroll to Text Fragment).

    Args:
        url: The page's address; a fragment it has is kept.
        text: What to scroll to; a long one is named by its first and last words.
        before: The words before it, where the text stands more than once in the page.
        after: The words after it, likewise.
    """
    lines = [line for line in text.split("\n") if line.strip()]
    exact = len(lines) == 1 and len(text) <= LONGEST_EXACT
    words = [lines[0]] if exact else [_first_words(lines[0]), _last_words(lines[-1])]
    directive = ",".join(
        [
            *([f"{_encoded(_last_words(before))}-"] if before.strip() else []),
            *map(_encoded, words),
            *([f"-{_encoded(_first_words(after))}"] if after.strip() else []),
        ]
    )
    return f"{url}{'' if '#' in url else '#'}:~:text={directive}"


def _first_words(line: str) -> str:
    return _words(line)[0]


def _last_words(line: str) -> str:
    return _words(line)[-1]


def _words(line: str) -> tuple[str, str]:
    """Return the first and the last words of a line; without blanks, as many characters."""
    plain = re.sub(r"^(?:- |\d+\. )", "", line.strip())
    words = plain.split()
    if len(words) > 1:
        return " ".join(words[:WORDS_AT_ENDS]), " ".join(words[-WORDS_AT_ENDS:])
    return plain[: 3 * WORDS_AT_ENDS], plain[-3 * WORDS_AT_ENDS :]


def _encoded(words: str) -> str:
    """Percent-encode; the dash too, which sets the words before and after apart."""
    return quote(words.strip(), safe="").replace("-", "%2D")
