"""What documents are, as somebody who read them says: ``labels/metadata.tsv``, and how much of it is found.

The table holds facts only, a document a row: title, show, number, people, date, address, length in
seconds, language of the text, tags. Lists are parted by semicolons; where more than one answer is right,
``||`` parts these; an empty field says that the document does not tell.
"""

import csv
from collections.abc import Mapping
from pathlib import Path

from benchmarks.fidelity_documents import letters
from tui.core.episode import Episode

LABELS = Path(__file__).parent / "labels" / "metadata.tsv"
FIELDS = ("title", "show", "number", "people", "date", "url", "duration", "language", "tags")
OR, LIST = "||", ";"
WORDY = frozenset({"title", "show", "people", "tags"})
"""Fields whose case and punctuation say nothing."""


def labels() -> dict[str, dict[str, str]]:
    """Return the labels of the documents, by their paths below the corpus."""
    with LABELS.open(encoding="utf-8", newline="") as file:
        rows = csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
        return {row["path"]: {name: row[name] or "" for name in FIELDS} for row in rows}


def found_fields(episode: Episode) -> dict[str, str]:
    """Return an episode's metadata as the table has them."""
    return {
        "title": episode.title,
        "show": episode.show or "",
        "number": "" if episode.number is None else str(episode.number),
        "people": LIST.join(episode.people),
        "date": episode.date or "",
        "url": episode.url or "",
        "duration": "" if episode.duration_s is None else str(episode.duration_s),
        "language": episode.language or "",
        "tags": LIST.join(episode.tags),
    }


def wrong_fields(episode: Episode, label: Mapping[str, str]) -> dict[str, tuple[str, str]]:
    """Return the fields that are not as the label has them: what was found, and what is right."""
    found = found_fields(episode)
    return {
        name: (found[name], label[name])
        for name in FIELDS
        if key_of(name, found[name]) not in [key_of(name, answer) for answer in label[name].split(OR)]
    }


def key_of(name: str, value: str) -> tuple[str, ...]:
    """Return a field's value for comparing: lists in any order, words by their letters."""
    parts = (
        sorted(part.strip() for part in value.split(LIST)) if name in ("people", "tags") else [value.strip()]
    )
    return tuple(letters(part) if name in WORDY else part for part in parts if part)
