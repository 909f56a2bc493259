"""Which files are episodes: by their names, and, where a name says too little, by their first bytes."""

import os
import re
from enum import StrEnum
from pathlib import Path

from tui.core.files import read_bytes
from tui.errors import PullquoteError


class VariantKind(StrEnum):
    """What one of an episode's files holds, in the order in which people want to read them."""

    SUMMARY = "summary"
    STRUCTURED = "structured"
    NOTES = "notes"
    TRANSCRIPT = "transcript"
    CAPTIONS = "captions"
    CHAPTERS = "chapters"


TEXT_SUFFIXES = (
    *(".md", ".markdown", ".mdown", ".mkd", ".mdx", ".qmd", ".html", ".htm", ".xhtml", ".mhtml", ".mht"),
    *(".epub", ".org", ".rss", ".txt", ".text"),
)
"""Files with a text of their own; of two with the same name the earlier suffix is shown first."""

CAPTION_SUFFIXES = (".srt", ".vtt", ".ttml", ".sbv", ".lrc")
"""Files with what is said and when."""

DATA_SUFFIXES = (".json", ".xml", ".csv")
"""Files that may hold anything: they are episodes only if their beginning shows a shape we know."""

SUFFIXES = frozenset({*TEXT_SUFFIXES, *CAPTION_SUFFIXES, *DATA_SUFFIXES})
"""What an episode's file name ends in, in any case."""

OTHER_DOCUMENTS = re.compile(
    r"(readme|license|licence|copying|changelog|contributing|code_of_conduct)\..*|robots\.txt|requirements.*\.txt",
    re.IGNORECASE,
)
"""Names of text files that stand among episodes and are none."""

OTHER_INITIALS = frozenset("rRlLcC")
"""What all those names begin with."""

SNIFFED_BYTES = 4096
"""How much of a data file has to show what it is."""

SHAPES: tuple[tuple[str, VariantKind, bytes], ...] = (
    (".json", VariantKind.SUMMARY, rb'\A\s*\{\s*"summary"\s*:|"(?:takeaways|qas)"\s*:\s*\['),
    (".json", VariantKind.CHAPTERS, rb'"chapters"\s*:\s*\['),
    (".json", VariantKind.CHAPTERS, rb'\A\s*\[\s*\{\s*"start(?:Time)?"\s*:[^{}\[\]]{1,80}"title"\s*:'),
    (".json", VariantKind.TRANSCRIPT, rb'\A\s*\{\s*"text"\s*:\s*"'),
    (".json", VariantKind.TRANSCRIPT, rb'"(?:segments|utterances|transcription|transcripts|words)"\s*:\s*\['),
    (".json", VariantKind.TRANSCRIPT, rb'"(?:alternatives|monologues)"\s*:\s*\['),
    (".json", VariantKind.TRANSCRIPT, rb'"(?:tStartMs|wireMagic|startTime)"\s*:'),
    (
        ".json",
        VariantKind.TRANSCRIPT,
        rb'"(?:word|text|body|content)"\s*:[^{}\[\]]{1,900}"start"\s*:',
    ),
    (".json", VariantKind.TRANSCRIPT, rb'"start"\s*:[^{}\[\]]{1,900}"(?:word|text|body|content)"\s*:'),
    (".xml", VariantKind.CHAPTERS, rb"<(?:psc:)?chapters\b"),
    (".xml", VariantKind.CAPTIONS, rb"<(?:(?:\w+:)?tt|transcript|timedtext)[\s/>]"),
    (".xml", VariantKind.NOTES, rb"<(?:rss|feed|rdf:RDF)[\s/>]"),
    (".csv", VariantKind.NOTES, rb'\A(?:\xef\xbb\xbf)?"?Highlight"?[,;\t]'),
    (".csv", VariantKind.NOTES, rb'\A(?:\xef\xbb\xbf)?"?Title"?[,;\t]"?URL"?[,;\t]"?ID"?[,;\t]'),
)
"""By suffix, what the beginning of a file of each kind shows. Chapters: Podcasting 2.0 and Podlove;
transcripts: Whisper, Podcasting 2.0, YouTube and services like them; feeds; Readwise. Whatever the first
bytes are taken for, the readers decide how the file is read."""


def suffix_of(name: str) -> str:
    """Return what a file's name ends in, with its dot, in lower case."""
    return os.path.splitext(name)[1].lower()  # noqa: PTH122 - a string is at hand, and there may be many


def is_episode_name(name: str) -> bool:
    """Say whether a file of this name, in a folder of episodes, may be one; hidden ones are none."""
    # There may be very many names: the end is taken by hand, the pattern only tried where it can fit.
    if name[:1] == "." or name[name.rfind(".") :].lower() not in SUFFIXES:
        return False
    return name[0] not in OTHER_INITIALS or not OTHER_DOCUMENTS.fullmatch(name)


def is_data_name(name: str) -> bool:
    """Say whether only its content tells if a file of this name is an episode."""
    return suffix_of(name) in DATA_SUFFIXES


def sniffed(path: Path) -> VariantKind | None:
    """Return what the beginning of a data file shows it to hold; None if it is no episode."""
    try:
        data = read_bytes(path, limit=SNIFFED_BYTES).data
    except PullquoteError:
        return None
    suffix = suffix_of(path.name)
    for of, kind, pattern in SHAPES:
        # Compiled by re's own cache when first needed: most folders have no such files.
        if of == suffix and re.search(pattern, data):
            return kind
    return None
