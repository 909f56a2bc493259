"""The episode of a quote as an entry for a list of references: BibTeX and CSL-JSON."""

import json
import re
import unicodedata

from tui.core.citations import bare_title
from tui.core.cleaning import clean_line
from tui.core.episode import CJK
from tui.core.quotes import Quote

LATEX_SIGNS = {
    "\\": r"\textbackslash{}",
    "{": r"\{",
    "}": r"\}",
    "$": r"\$",
    "&": r"\&",
    "#": r"\#",
    "_": r"\_",
    "%": r"\%",
    "^": r"\textasciicircum{}",
    "~": r"\textasciitilde{}",
    "<": r"\textless{}",
    ">": r"\textgreater{}",
    "|": r"\textbar{}",
    '"': r"\textquotedbl{}",
}
"""Characters that mean something to LaTeX, or that its oldest font encoding shows as another."""

_LATEX = str.maketrans(LATEX_SIGNS)


def latex(text: str) -> str:
    """Return a text that LaTeX sets as it stands."""
    return text.translate(_LATEX)


def latex_url(url: str) -> str:
    r"""Return an address for the argument of ``\href``, its signs escaped or encoded."""
    return re.sub(r"([#%&_$])", r"\\\1", _encoded_url(url))


def bibtex(quote: Quote, key_end: str = "", annotation: str = "") -> str:
    """Return the episode as a BibTeX entry of the type ``@misc``, its key made of name, year and number.

    Args:
        quote: Of the episode.
        key_end: What sets its key apart from others that would be the same.
        annotation: What the reader keeps of it.
    """
    year, month, _ = _date(quote)
    show = ", ".join(part for part in (quote.show, f"no. {quote.number}" if quote.number else "") if part)
    fields = {
        "author": " and ".join(map(_bibtex_name, quote.people)),
        "title": f"{{{latex(bare_title(quote))}}}",
        "howpublished": latex(clean_line(f"Podcast episode, {show}" if show else "Podcast episode")),
        "year": year,
        "month": month.lstrip("0"),
        "url": _encoded_url(quote.url or ""),
        "annote": latex(annotation),
    }
    lines = [f"  {name} = {{{value}}}" for name, value in fields.items() if value]
    return f"@misc{{{reference_key(quote)}{key_end},\n" + ",\n".join(lines) + "\n}"


def csl_json(quote: Quote) -> str:
    """Return the episode as a list of one item in CSL-JSON 1.0 (type ``broadcast``)."""
    return json.dumps([csl_item(quote)], ensure_ascii=False, indent=2)


def csl_item(quote: Quote) -> dict[str, object]:
    """Return the episode as an item of CSL-JSON."""
    item: dict[str, object] = {
        "id": reference_key(quote),
        "type": "broadcast",
        "genre": "Podcast episode",
        "title": bare_title(quote),
        "container-title": quote.show,
        "number": None if quote.number is None else str(quote.number),
        "author": [_csl_name(name) for name in quote.people],
        "issued": {"date-parts": [[int(part) for part in _date(quote) if part]]},
        "URL": quote.url,
        "language": quote.language,
    }
    if not quote.date:
        del item["issued"]
    return {name: value for name, value in item.items() if value}


def _date(quote: Quote) -> tuple[str, str, str]:
    """Return year, month and day, each empty where it is not known."""
    year, _, rest = (quote.date or "").partition("-")
    month, _, day = rest.partition("-")
    return year, month, day


def reference_key(quote: Quote) -> str:
    """Return what an episode is called in a text that cites it: name, year and number."""
    name = quote.people[0].split()[-1] if quote.people else quote.show or bare_title(quote)
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    year, _, _ = _date(quote)
    word = re.sub(r"[^a-z0-9]", "", plain.lower()) or "episode"
    return "-".join(part for part in (word, year, str(quote.number or "")) if part)


def _bibtex_name(name: str) -> str:
    """Return a name; one that is no given and family name in braces, which keep it whole."""
    plain = latex(clean_line(name))
    return plain if _parts(name) else f"{{{plain}}}"


def _encoded_url(url: str) -> str:
    """Return an address without the characters that would end or break a braced argument."""
    return re.sub(r'[\\{}^~ "]', lambda sign: f"%{ord(sign[0]):02X}", url)


def _csl_name(name: str) -> dict[str, str]:
    parts = _parts(name)
    return {"family": parts[1], "given": parts[0]} if parts else {"literal": name}


def _parts(name: str) -> tuple[str, str] | None:
    """Return given and family name; None where the last word need not be the family's."""
    words = name.split()
    if len(words) < 2 or CJK.search(name) or "," in name or re.search(r"\b(?:and|und|et|&)\b", name):
        return None
    return " ".join(words[:-1]), words[-1]
