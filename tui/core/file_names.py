"""What the names of an episode's files say: which episode they belong to, and what they hold.

The files of one episode have one name, but for their suffixes and for a word that says what they are:
``Talk.md``, ``Talk.transcript.md``, ``Talk_summary.md``, ``Talk.en.vtt``, ``Talk.chapters.json``. In a folder
of its own an episode's files may be called by that word alone: ``summary.md`` and ``transcript.txt``.
"""

import os
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import PurePath

from tui.core.suffixes import CAPTION_SUFFIXES, VariantKind


def word_set(*texts: str) -> frozenset[str]:
    """Return the words of texts as a set: long tables of words read better that way."""
    return frozenset(" ".join(texts).split())


KIND_WORDS = {
    VariantKind.SUMMARY: word_set(
        "summary summaries summarized summarised tldr abstract overview recap digest synopsis",
        "zusammenfassung resumen 摘要 总结 總結 要約 まとめ",
    ),
    VariantKind.STRUCTURED: word_set("structured outline breakdown"),
    VariantKind.NOTES: word_set(
        "notes note shownotes highlights takeaways insights wisdom quotes notizen notas 笔记 筆記"
    ),
    VariantKind.TRANSCRIPT: word_set(
        "transcript transcripts transcription transcribed diarized diarised transkript transcripción",
        "文字稿 逐字稿 文字起こし",
    ),
    VariantKind.CAPTIONS: word_set("captions caption subtitles subtitle subs untertitel 字幕"),
    VariantKind.CHAPTERS: word_set("chapters chapter timestamps kapitel 章节 章節"),
}
KINDS = {word: kind for kind, words in KIND_WORDS.items() for word in words}
"""What the last word of a name says that a file holds."""

QUALIFIERS = word_set("show full raw ai clean auto key edited executive short long complete")
"""Words before such a word that say more about it."""

CAPTION_FLAGS = word_set("forced sdh cc hi asr auto")
"""What may follow the language of captions."""

MEDIA = word_set(".mp3 .m4a .wav .ogg .opus .flac .aac .mp4 .m4v .mkv .webm .mov")
"""Transcribers put their own suffix behind that of the recording."""

MAIN_NAMES = frozenset({"index", "episode"})
"""What the text of an episode may be called in a folder of its own."""

LANGUAGES = word_set(
    "aa ab ae af ak am an ar as av ay az ba be bg bi bm bn bo br bs ca ce ch co cr cs cu cv cy da de dv",
    "dz ee el en eo es et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu hy hz ia id ie",
    "ig ii ik io is it iu iw ja jv ka kg ki kj kk kl km kn ko kr ks ku kv kw ky la lb lg li ln lo lt lu",
    "lv mg mh mi mk ml mn mr ms mt my na nb nd ne ng nl nn no nr nv ny oc oj om or os pa pi pl ps pt qu",
    "rm rn ro ru rw sa sc sd se sg si sk sl sm sn so sq sr ss st su sv sw ta te tg th ti tk tl tn to tr",
    "ts tt tw ty ug uk ur uz ve vi vo wa wo xh yi yo za zh zu eng deu ger fra fre spa por ita nld dut",
    "rus jpn kor zho chi yue cmn fil",
)
"""ISO 639-1, and the codes of three letters that players and downloaders write."""

SEPARATORS = "._-–— (["
CLOSING = ")] "

ENDINGS = frozenset(word[-2:] for word in KINDS)

LONGEST_ENDING = 14
"""A language with its script and country, the sign before it included."""

LONGEST_WORD = max(map(len, KINDS)) + 1
"""With the sign before it."""


@dataclass(frozen=True, slots=True)
class Named:
    """What a file's name says."""

    name: str

    base: str
    """What all files of its episode share, as it is compared; empty if the name is a kind's word alone."""

    kind: VariantKind | None
    """None for a plain name."""

    language: str = ""

    word: str = ""
    """The word that says the kind."""

    shorter_base: str = ""
    """What else they may share, if nothing shares ``base``: ``talk`` of ``Talk show notes``."""


def named(name: str) -> Named:
    """Return what a file's name says.

    >>> named("Talk 3.en.vtt").base, named("Talk 3_summary.md").base
    ('talk 3', 'talk 3')
    """
    stem, suffix = os.path.splitext(name)  # noqa: PTH122 - names, and there may be many
    is_captions = suffix.lower() in CAPTION_SUFFIXES
    if not may_say_more(stem):
        return Named(name, folded(stem), VariantKind.CAPTIONS if is_captions else None)
    if is_captions:
        rest, language = without_language(without_flag(stem))
        rest, word = without_kind(rest)
        return Named(name, base_of(rest), KINDS.get(word, VariantKind.CAPTIONS), language, word)
    rest, word = without_kind(stem)
    if word:
        rest, language = without_language(rest) if "." in rest else (rest, "")
        shorter = folded(without_qualifier(rest))
        return Named(name, base_of(rest), KINDS[word], language, word, shorter)
    shorter, language = without_language(stem)
    if language:
        rest, word = without_kind(shorter)
    return (
        Named(name, base_of(rest), KINDS[word], language, word) if word else Named(name, base_of(stem), None)
    )


def may_say_more(stem: str) -> bool:
    """Say whether it is worth taking a name apart: most are not, and a folder may hold many."""
    tail = stem[-LONGEST_ENDING:]
    return "." in tail or tail.rstrip(CLOSING)[-2:].casefold() in ENDINGS or stem in LANGUAGES


def base_of(stem: str) -> str:
    """Return a name as it is compared: without a recording's suffix, case, or way of writing accents."""
    rest, suffix = os.path.splitext(stem)  # noqa: PTH122
    return folded(rest if suffix.lower() in MEDIA else stem)


def folded(name: str) -> str:
    """Return a name in one case and one Unicode form (NFC)."""
    return name.casefold() if name.isascii() else unicodedata.normalize("NFC", name).casefold()


def without_kind(stem: str) -> tuple[str, str]:
    """Return a name without the word at its end that says what the file holds, and that word."""
    rest, word = last_word(stem)
    if word not in KINDS:
        return stem, ""
    return ("" if folded(rest) in QUALIFIERS else rest), word


def without_qualifier(stem: str) -> str:
    """Return a name without the word at its end that says more about the kind's word it stood before."""
    rest, word = last_word(stem)
    return rest if word in QUALIFIERS else ""


def last_word(stem: str) -> tuple[str, str]:
    """Return what stands before the last word of a name, and that word as it is compared."""
    stem = stem.rstrip(CLOSING)
    # Every word of interest is short: looking through the whole of a long name takes several times as long.
    tail = stem[-LONGEST_WORD:]
    at = max(map(tail.rfind, SEPARATORS)) + max(len(stem) - LONGEST_WORD, 0)
    return stem[: max(at, 0)].rstrip(SEPARATORS), folded(stem[at + 1 :])


def without_flag(stem: str) -> str:
    """Return the name of captions without what follows their language."""
    rest, point, flag = stem.rpartition(".")
    return rest if point and rest and flag.lower() in CAPTION_FLAGS - LANGUAGES else stem


def without_language(stem: str) -> tuple[str, str]:
    """Return a name without the language at its end (``.en``, ``.zh-Hans``), and the language.

    Only a point sets a language off: after other signs ``it`` and ``no`` are words.
    """
    rest, _point, tag = stem.rpartition(".")
    code, *subtags = tag.split("-")
    if code not in LANGUAGES or not all(2 <= len(sub) <= 8 and sub.isalnum() for sub in subtags):
        return stem, ""
    return rest, tag.lower()


def groups(names: Iterable[str], folder_name: str) -> list[list[Named]]:
    """Return the names of a folder's episode files, those of one episode together, in their order.

    Args:
        names: Of files that may be episodes.
        folder_name: The folder's own name, which may be that of its one episode.
    """
    by_base: dict[str, list[Named]] = {}
    first, copies = without_copies(names)
    for name in first:
        one = named(name)
        by_base.setdefault(one.base, []).append(one)
    join_shorter(by_base)
    found = joined_bare(by_base, folder_name)
    return [*found, *([named(name)] for name in copies)]


def without_copies(names: Iterable[str]) -> tuple[list[str], list[str]]:
    """Return one of the names that differ only in case or in how accents are written, and the rest of them.

    The rest are documents of their own: nobody calls the texts of one episode so.
    """
    by_name: dict[str, list[str]] = {}
    for name in names:
        by_name.setdefault(folded(name), []).append(name)
    if all(len(same) == 1 for same in by_name.values()):
        return [name for same in by_name.values() for name in same], []
    ordered = [sorted(same) for same in by_name.values()]
    return [same[0] for same in ordered], [name for same in ordered for name in same[1:]]


def joined_bare(by_base: dict[str, list[Named]], folder_name: str) -> list[list[Named]]:
    """Return the groups by base, those of names that are but a kind's word in their places."""
    alone = by_base.pop("", [])
    if not alone:
        return list(by_base.values())
    if set(by_base) <= {*MAIN_NAMES, folded(folder_name)}:
        # A folder of one episode: nothing in it has another name.
        return [[*(one for group in by_base.values() for one in group), *alone]]
    for one in alone:
        by_base.setdefault(folded(PurePath(one.name).stem), []).append(one)
    return list(by_base.values())


def join_shorter(by_base: dict[str, list[Named]]) -> None:
    """Put each file that is alone under its base to those of its shorter one, if there are any."""
    for one in [group[0] for group in by_base.values() if len(group) == 1 and group[0].shorter_base]:
        if one.shorter_base in by_base:
            by_base[one.shorter_base] += by_base.pop(one.base)
