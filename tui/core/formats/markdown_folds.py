"""What is folded in a Markdown document: details, callouts, queries, the transcript below a summary."""

import re
from collections.abc import Sequence
from dataclasses import replace

from tui.core.episode import Block, BlockKind, count_words
from tui.core.formats.draft import Heading, Item, judged_items
from tui.core.metadata import field_line

TRANSCRIPT = "transcript"
SHOW_NOTES = "show notes"
DETAILS = "details"
QUERY = "query"

TRANSCRIPT_WORDS = re.compile(
    r"(?:(?:the|full|complete|entire|raw|original|edited|cleaned(?:[ -]up)?|clean|auto(?:matic(?:ally)?)?|"
    r"generated|auto-generated|verbatim|timestamped|time-stamped|video|audio|episode|interview|podcast|"
    r"youtube|show|view|read|expand)\s+){0,4}(?:transcripts?|transcription)(?:\s+(?:text|excerpts?|below))?"
    r"|(?:transcripción|transcripcion|transcrição|transcricao|transcription|trascrizione)"
    r"(?:\s+(?:complet[ae]|íntegra|integrale))?|(?:volltext-?|vollständiges\s+)?transkript(?:ion)?|transcriptie"
    r"|(?:完整|全部|原始|视频|視頻|播客|访谈|訪談)?(?:逐字稿|文字稿|文稿|原文|转录|轉錄|转写|转录稿|字幕全文)|文字起こし(?:全文)?"
    r"|書き起こし(?:全文)?|トランスクリプト|전체\s*대본|대본|녹취록|(?:полная\s+)?(?:расшифровка|стенограмма|транскрипт)",
    re.I,
)
SHOW_NOTES_WORDS = re.compile(r"(?:(?:the|original|full|episode)\s+){0,3}show\s*-?\s*notes", re.I)
AROUND = re.compile(r"^[\W\d_]+|[\W_]+$")
ASIDE = re.compile(r"\s*[(\[（【][^)\]）】]{0,60}[)\]）】]\W*$")
LONGEST_NAME = 120

LEAST_SUMMARY_WORDS = 60
"""With fewer words before it, a transcript is what the document is about, and stays open."""

MOSTLY = 0.5
"""Where more of the text than this is inside details, they are the document, and stay open."""


def details_fold(summary: str, heading: str) -> str:
    """Return what the content of details is called, from their summary and the heading they stand under."""
    for name in (summary, heading):
        if is_transcript(name):
            return TRANSCRIPT
        if SHOW_NOTES_WORDS.fullmatch(core(name)):
            return SHOW_NOTES
    return DETAILS


def is_transcript(heading: str) -> bool:
    """Say whether a heading says that a transcript comes below it."""
    return len(heading) <= LONGEST_NAME and TRANSCRIPT_WORDS.fullmatch(core(heading)) is not None


def core(name: str) -> str:
    """Return a name without signs and numbers around it, and without what it says in brackets at its end."""
    return AROUND.sub("", ASIDE.sub("", name[: LONGEST_NAME + 1].strip()))


def with_folds(items: Sequence[Item]) -> list[Item]:
    """Return a document with its transcript folded; details that are most of its text stay open."""
    return with_transcript_folded(with_details_open(items))


def with_details_open(items: Sequence[Item]) -> list[Item]:
    """Return the items without the folds of details, if most of the text is inside these."""
    judged = [item for item in judged_items(list(items)) if isinstance(item, Block)]
    folded = sum(len(item.text) for item in judged if item.fold == DETAILS)
    if folded <= MOSTLY * sum(len(item.text) for item in judged):
        return list(items)
    return [
        replace(item, fold=None) if isinstance(item, Block) and item.fold == DETAILS else item
        for item in items
    ]


def with_transcript_folded(items: Sequence[Item]) -> list[Item]:
    """Return the items with what stands below a heading ``Transcript`` folded, if a summary comes before."""
    folded: list[Item] = []
    words = 0
    level: int | None = None
    for item in items:
        if isinstance(item, Heading):
            if level is not None and item.level <= level:
                level = None
            if level is None and words >= LEAST_SUMMARY_WORDS and is_transcript(item.text):
                level = item.level
        elif level is not None:
            item = replace(item, fold=item.fold or TRANSCRIPT)
        elif words < LEAST_SUMMARY_WORDS:
            words += summary_words(item)
        folded.append(item)
    return folded


def summary_words(block: Block) -> int:
    """Return how many words of a summary a block has: none if it is folded, code or metadata."""
    if block.fold or block.kind is BlockKind.CODE or field_line(block.text):
        return 0
    return count_words(block.text)
