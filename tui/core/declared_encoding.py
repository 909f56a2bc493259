"""The encoding that an HTML or XML document says it is in: ``<meta charset>``, ``encoding="…"``."""

import re

DECLARED_BYTES = 16 * 1024
"""How far into a document its encoding is declared; browsers look less far."""

DECLARATION = re.compile(
    rb"<\?xml\s[^<>]{0,200}?\bencoding\s*=\s*[\"'](?P<xml>[\w:.-]{1,40})"
    rb"|<meta\s[^<>]{0,400}?\bcharset\s*=\s*[\"']?\s*(?P<meta>[\w:.-]{1,40})",
    re.I,
)

ENCODINGS = {
    **dict.fromkeys(
        ("shift_jis", "shift-jis", "sjis", "x-sjis", "windows-31j", "ms_kanji", "cp932"), "cp932"
    ),
    **dict.fromkeys(("euc-jp", "x-euc-jp"), "euc_jp"),
    "iso-2022-jp": "iso2022_jp",
    **dict.fromkeys(("gb2312", "gbk", "gb_2312-80", "gb18030", "x-gbk", "chinese"), "gb18030"),
    **dict.fromkeys(("big5", "big5-hkscs", "x-x-big5", "cn-big5"), "big5hkscs"),
    **dict.fromkeys(("euc-kr", "ks_c_5601-1987", "korean", "windows-949"), "cp949"),
    **dict.fromkeys(("iso-8859-1", "latin1", "windows-1252", "cp1252", "us-ascii", "ascii"), "cp1252"),
    **{f"windows-{page}": f"cp{page}" for page in range(1250, 1259) if page != 1252},
    **{f"iso-8859-{part}": f"iso8859_{part}" for part in (2, 3, 4, 5, 6, 7, 8, 10, 13, 14, 15, 16)},
    "iso-8859-9": "cp1254",
    **dict.fromkeys(("koi8-r", "koi8"), "koi8_r"),
    "koi8-u": "koi8_u",
    "macintosh": "mac_roman",
    "tis-620": "cp874",
    "windows-874": "cp874",
}
"""Labels, and Python's names of what browsers take them for (WHATWG Encoding, 4.2), but for UTF-8."""


def declared_encoding(data: bytes) -> str | None:
    """Return Python's name of the encoding that a document in HTML or XML declares; None for any other.

    Args:
        data: The document, or its head.
    """
    if not data[:1024].lstrip().startswith(b"<"):
        return None
    found = DECLARATION.search(data, 0, DECLARED_BYTES)
    if found is None:
        return None
    label = (found["xml"] or found["meta"]).decode("ascii").lower()
    return ENCODINGS.get(label)
