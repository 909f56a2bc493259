"""Why a file is read as it is: which readers were asked, in their order, and what they said."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tui.core.files import display_name
from tui.core.formats.table import COLLECTIONS, READERS, Reader, split
from tui.core.reading import document_of, episode_of, id_of
from tui.errors import NotFoundError
from tui.paths import file_of

ANSWERS = {True: "yes", False: "no", None: "-"}
"""What a reader says; a dash where it was not asked."""


@dataclass(frozen=True, slots=True)
class Trial:
    """What one reader said of a document."""

    name: str
    cue: str
    """What it knows its documents by."""

    fits: bool | None
    """None: it was not asked, as one before it fitted."""


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why a document is read as it is."""

    format: str
    """The name of the reader that reads it."""

    why: str
    """The cue by which this reader knew it, in one sentence."""

    path: Path
    """The file, or one of its episodes."""

    trials: tuple[Trial, ...]
    """All readers, in the order in which they are asked."""

    collection: str | None = None
    """What shape of file of several episodes it comes from."""

    count: int = 1
    """How many episodes that file holds."""

    is_forced: bool = False
    """Somebody named the reader."""


def explain(data: bytes, path: Path, reader: Reader | None = None, *, whole: bool = False) -> Explanation:
    """Return why a document is read as it is.

    Args:
        data: What its file holds.
        path: The file, or one of its episodes (``export.md/3``).
        reader: Who is to read it, whatever it looks like; None for the first that fits.
        whole: It is read as one, whatever it holds, as standard input is.

    Raises:
        NotFoundError: The file has no such episode.
        UnreadableError: The bytes are no text.
    """
    file, number = file_of(path)
    document = document_of(data, file, truncated=False)
    is_whole = whole or (reader is not None and number is None)
    parts = [document.source] if is_whole else split(document.source)
    if not 1 <= (number or 1) <= len(parts):
        raise NotFoundError(f"there is no episode {number} in {file.name}: it holds {len(parts)}")
    source = parts[(number or 1) - 1]
    trials: list[Trial] = []
    chosen = reader
    for row in READERS:
        fits = None if chosen and not reader else row.fits(source)
        trials.append(Trial(row.name, row.cue, fits))
        chosen = row if fits and chosen is None else chosen
    collection = None
    if len(parts) > 1:
        collection = next(row.cue for row in COLLECTIONS if len(row.split(document.source)) > 1)
    one = type(document)(source, (), truncated=False)
    episode = episode_of(one, file, id_of(data), chosen)
    return Explanation(
        format=episode.format,
        why=episode.why,
        path=path,
        trials=tuple(trials),
        collection=collection,
        count=len(parts),
        is_forced=reader is not None,
    )


def as_json(explanation: Explanation) -> dict[str, object]:
    """Return an explanation as JSON values."""
    return {
        "path": str(explanation.path),
        "format": explanation.format,
        "why": explanation.why,
        "forced": explanation.is_forced,
        "episodes": explanation.count,
        "readers": [
            {"name": trial.name, "fits": trial.fits, "cue": trial.cue} for trial in explanation.trials
        ],
    }


def as_lines(explanation: Explanation) -> Iterator[str]:
    """Yield an explanation line by line, for people."""
    name = display_name(explanation.path)
    if explanation.collection:
        yield f"{name} is one of {explanation.count} episodes of a file known by"
        yield f"{explanation.collection}."
        yield ""
    yield f"{name} is read as {explanation.format}" + (
        ", because that was asked for." if explanation.is_forced else f". {explanation.why}"
    )
    yield ""
    yield "Readers in the order they are asked, and what they look for:"
    widest = max(len(trial.name) for trial in explanation.trials)
    for trial in explanation.trials:
        yield f"  {ANSWERS[trial.fits]:<3}  {trial.name:<{widest}}  {trial.cue}"
    yield ""
    yield "The first that says yes reads it; --as READER makes it another one."
