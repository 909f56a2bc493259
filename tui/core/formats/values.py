"""Dates, lengths, addresses and languages as files write them, and what they stand for."""

import re

from tui.core.cleaning import clean_line
from tui.core.episode import CJK
from tui.core.formats.lines import word_set

ISO_DATE = re.compile(r"(?<!\d)(\d{4})(?:[-/.](\d{1,2})(?:[-/.](\d{1,2}))?)?(?!\d)")
YEARS = (
    "january february march april may june july august september october november december",
    "januar februar märz april mai juni juli august september oktober november dezember",
    "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
    "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
    "gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre",
    "janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro",
    "januari februari maart april mei juni juli augustus september oktober november december",
    "jan feb mrz apr mai jun jul aug sept okt nov dez",
)
MONTHS = tuple(zip(*(year.split() for year in YEARS), strict=True))
"""The names of the months in English, German, Spanish, French, Italian, Portuguese and Dutch."""

NAMED_DATE = re.compile(
    r"(?:(?P<day>\d{1,2})(?:st|nd|rd|th|er|º)?\.?\s+(?:de\s+)?)?(?P<month>[^\W\d_]{3,10})\.?,?\s+(?:de\s+)?"
    r"(?:(?P<late>\d{1,2})(?:st|nd|rd|th)?,?\s+)?(?P<year>\d{4})"
)
CJK_DATE = re.compile(r"(\d{4})\s*年\s*(?:(\d{1,2})\s*月\s*(?:(\d{1,2})\s*日)?)?")
DAY_FIRST = re.compile(r"(?<!\d)(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4})(?!\d)")
"""As it is written in German, Russian and other languages: ``22.11.2025``."""

ISO_DURATION = re.compile(r"P(?:\d+D)?T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)(?:\.\d+)?S)?", re.I)
CLOCK = re.compile(r"(?:(\d{1,3}):)?(\d{1,3}):(\d{2})(?:\.\d+)?")
SPOKEN = re.compile(
    r"(?:(\d+)\s*(?:h|hr|hrs|hours?|Stunden?|Std\.?|horas?|heures?|小时|小時|時間)(?![a-z]))?,?\s*"
    r"(?:(\d+)\s*(?:m|mins?\.?|minutes?|Minuten?|minutos?|minuti|分钟|分鐘|分)(?![a-z]))?,?\s*"
    r"(?:(\d+)\s*(?:s|secs?\.?|seconds?|Sekunden?|segundos?|秒)(?![a-z]))?",
    re.I,
)
ABOUT = re.compile(r"(?:约|約|about|approx\.?|ca\.?|~|≈)\s*", re.I)
"""Before a length that is not exact."""

FEWEST_BARE_SECONDS = 600
"""A bare number below this is minutes."""

LONGEST_S = 1_000_000

NUMBERED = re.compile(
    r"(?:#|S\d{1,2}\s?E|(?:Episode|Ep\.?|E|Folge|Episodio|Épisode|Nr\.?|No\.?|第)\s*#?\s*)?(\d{1,5})"
    r"(?:期|集|话|話|回)?",
    re.I,
)

ADDRESS = re.compile(r"https?://[^\s<>\"\\^`{|}]+", re.I)
VIDEO_ID = re.compile(r"[\w-]{11}")

LANGUAGES = {
    "english": "en",
    "英文": "en",
    "英语": "en",
    "英語": "en",
    "chinese": "zh",
    "中文": "zh",
    "mandarin": "zh",
    "japanese": "ja",
    "日本語": "ja",
    "日文": "ja",
    "korean": "ko",
    "한국어": "ko",
    "german": "de",
    "deutsch": "de",
    "french": "fr",
    "français": "fr",
    "spanish": "es",
    "español": "es",
    "portuguese": "pt",
    "português": "pt",
    "italian": "it",
    "italiano": "it",
    "russian": "ru",
    "русский": "ru",
    "dutch": "nl",
    "nederlands": "nl",
}
LANGUAGE_CODE = re.compile(r"([a-z]{2,3})(?:[-_][A-Za-z0-9]{2,8})*")
SCRIPTS = (
    ("ja", re.compile("[\u3040-\u30ff]"), 0.05),
    ("ko", re.compile("[\uac00-\ud7af]"), 0.2),
    ("zh", CJK, 0.15),
    ("uk", re.compile("[іїєґІЇЄҐ]"), 0.02),
    ("ru", re.compile("[\u0400-\u04ff]"), 0.2),
    ("ar", re.compile("[\u0600-\u06ff]"), 0.2),
    ("he", re.compile("[\u0590-\u05ff]"), 0.2),
    ("el", re.compile("[\u0370-\u03ff]"), 0.2),
    ("hi", re.compile("[\u0900-\u097f]"), 0.2),
    ("th", re.compile("[\u0e00-\u0e7f]"), 0.2),
)
"""Scripts that tell a language, and the share of a text's characters that is enough."""

CYRILLIC = word_set("ru uk be bg sr mk kk ky mn tg")
WRITTEN_IN = {
    "ja": word_set("ja"),
    "ko": word_set("ko"),
    "zh": word_set("zh yue cmn ja ko"),
    "uk": CYRILLIC,
    "ru": CYRILLIC,
    "ar": word_set("ar fa ur ps ku"),
    "he": word_set("he yi iw"),
    "el": word_set("el"),
    "hi": word_set("hi mr ne sa"),
    "th": word_set("th"),
}
"""Which languages a text may be in that looks like one."""

COMMON_WORDS = {
    "en": word_set("the of and to in is that it for was with as on be are this by not"),
    "de": word_set("der die und das ist nicht ein eine zu mit den von auf für sich dass im"),
    "fr": word_set("le la les des et est une dans que qui pour pas sur au ce il du"),
    "es": word_set("el los las una que del por con para es como más pero se lo al"),
    "pt": word_set("o os um uma que não com para é mas do da em ao se dos"),
    "it": word_set("il gli che di non una per è con sono della del alla più ma nel"),
    "nl": word_set("het een van en dat niet te zijn voor met op aan er ook maar"),
}
COMMON_SHARE = 0.12
"""The share of a text's words that must be among the commonest of a language."""


def parse_date(text: str) -> str | None:
    """Return a date as ``YYYY``, ``YYYY-MM`` or ``YYYY-MM-DD``, as exactly as it is told; None for no date.

    Reads ISO 8601, ``22 Nov 2025``, ``November 22, 2025``, the dates of RSS and ``2025年11月22日``.
    """
    text = text[:80]
    found = CJK_DATE.search(text) or ISO_DATE.match(text.strip())
    if found:
        return date_of(found[1], found[2], found[3])
    found = DAY_FIRST.search(text)
    if found:
        return date_of(found[3], found[2], found[1])
    named = NAMED_DATE.search(text)
    month = month_number(named["month"]) if named else None
    if named is None or month is None:
        return None
    return date_of(named["year"], str(month), named["day"] or named["late"])


def month_number(name: str) -> int | None:
    """Return the number of a month, by its name or the first letters of that."""
    spelt = (any(whole.startswith(name.lower()) for whole in names) for names in MONTHS)
    return next((number for number, is_it in enumerate(spelt, start=1) if is_it), None)


def days_in(year: int, month: int) -> int:
    """Return how many days a month has."""
    from calendar import monthrange  # few documents have more than one date

    return monthrange(year, month)[1]


def date_of(year: str, month: str | None, day: str | None) -> str | None:
    """Return the parts of a date together, or None if there is no such date."""
    if month is None:
        return year if 1000 <= int(year) <= 2999 else None
    if not 1 <= int(month) <= 12 or (day and not 1 <= int(day) <= days_in(int(year), int(month))):
        return None
    return f"{year}-{int(month):02d}" + (f"-{int(day):02d}" if day else "")


def parse_duration(text: str, unit: int | None = None) -> int | None:
    """Return a length in seconds.

    Reads ``4:25:13``, ``12:31``, ``PT1H2M``, ``1h 5min`` and bare numbers.

    Args:
        text: How long something is.
        unit: How many seconds a bare number counts; without it, a small one is minutes.
    """
    text = ABOUT.sub("", text.strip()[:40], count=1)
    found = CLOCK.fullmatch(text) or ISO_DURATION.fullmatch(text) or SPOKEN.fullmatch(text)
    if found and any(found.groups()):
        hours, minutes, rest = (int(part or 0) for part in found.groups())
        duration_s = hours * 3600 + minutes * 60 + rest
    elif re.fullmatch(r"\d{1,7}(?:\.\d+)?", text):
        number = float(text)
        duration_s = int(number * (unit or (60 if number < FEWEST_BARE_SECONDS else 1)))
    else:
        return None
    return duration_s if 0 < duration_s <= LONGEST_S else None


def episode_number(text: str) -> int | None:
    """Return an episode's number: ``12``, ``#12``, ``Episode 12``, ``S2E12``, ``第12期``."""
    found = NUMBERED.fullmatch(text.strip()[:40])
    return int(found[1]) if found else None


def web_address(text: str) -> str | None:
    """Return the first web address in a text."""
    found = ADDRESS.search(text[:2000])
    return clean_line(found[0]).rstrip(").,") if found else None


def language_code(text: str) -> str | None:
    """Return the code of a language given by its code (ISO 639) or its name."""
    name = text.strip().lower()
    found = LANGUAGE_CODE.fullmatch(text.strip())
    return LANGUAGES.get(name) or (found[1] if found else None)


def guess_language(text: str) -> str | None:
    """Return the language a text is most probably in, or None.

    A cheap test: the script tells Japanese, Korean, Chinese, Ukrainian, Russian, Arabic, Hebrew, Greek,
    Hindi and Thai; the share of the commonest words English, German, French, Spanish, Portuguese,
    Italian and Dutch.
    """
    code = script_of(text)
    if code:
        return code
    words = re.findall(r"[^\W\d_]+", text.lower())
    shares = {code: sum(word in common for word in words) for code, common in COMMON_WORDS.items()}
    best = max(shares, key=lambda code: shares[code])
    return best if words and shares[best] >= COMMON_SHARE * len(words) else None


def text_language(text: str, told: str | None) -> str | None:
    """Return the language a text is in: as a field tells it, unless the text's script speaks against it.

    Such fields often tell the language of the recording, of which the text is a summary in another.
    """
    if told is None:
        return guess_language(text)
    seen = script_of(text)
    fits = told in WRITTEN_IN.get(seen or "", frozenset()) or (seen is None and not is_in_other_script(told))
    return told if fits or not text.strip() else guess_language(text) or told


def script_of(text: str) -> str | None:
    """Return the language whose script a text is in, or None for Latin script."""
    letters = sum(map(str.isalpha, text)) or 1
    return next(
        (code for code, script, share in SCRIPTS if len(script.findall(text)) >= share * letters), None
    )


def is_in_other_script(code: str) -> bool:
    """Say whether a language is written in another script than Latin alone."""
    return any(code in codes for codes in WRITTEN_IN.values())
