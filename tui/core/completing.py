"""What the files of one episode tell about each other: titles, people, dates; chapters for a transcript.

Captions know nothing of the show they come from, and a summary may not say when the episode was published;
what one of the files says holds for all of them.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from tui.core.episode import Episode
from tui.core.file_names import KINDS, folded, named
from tui.paths import file_of

if TYPE_CHECKING:
    from tui.core.formats.chapters import Chapter

FEWEST_CHAPTERS = 2


def completed(episode: Episode, others: Sequence[Episode]) -> Episode:
    """Return an episode with what it does not know itself taken from the other files about it.

    Args:
        episode: As read from its file.
        others: The other files, those to believe first before the others; their text is left alone.
    """
    for other in others:
        episode = replace(
            episode,
            show=episode.show or other.show,
            number=other.number if episode.number is None else episode.number,
            people=episode.people or other.people,
            date=episode.date or other.date,
            url=episode.url or other.url,
            duration_s=episode.duration_s or other.duration_s,
            tags=episode.tags or other.tags,
        )
    return replace(episode, title=shared_title(episode, others))


def lacks_something(episode: Episode) -> bool:
    """Say whether it is worth looking into the other files of an episode."""
    known = (episode.show, episode.date, episode.url, episode.people)
    return not all(known) or is_makeshift(episode)


def shared_title(episode: Episode, others: Sequence[Episode]) -> str:
    """Return an episode's own title; where only its file's name stands in for one, another file's."""
    if not is_makeshift(episode):
        return episode.title
    titles = [other.title for other in others if not is_makeshift(other)]
    plain = [title for title in titles if not names_kind(title)]
    if plain:
        return plain[0]
    file = file_of(episode.path)[0]
    name = named(file.name)
    if not name.kind:
        return episode.title
    from tui.core.reading import title_of_file  # readers need not be loaded for an episode that was recalled

    base = file.stem[: len(name.base)] if name.base else file.absolute().parent.name
    return title_of_file(file.with_name(f"{base}{file.suffix}")) if base else episode.title


def is_makeshift(episode: Episode) -> bool:
    """Say whether an episode's title is but its file's name, or says only what the file holds."""
    stem = file_of(episode.path)[0].stem
    # As core.reading makes a title of a name, its first letter a capital.
    rest = episode.title[1:]
    spaced = " ".join(stem.replace("_", " ").replace("-", " ").split())
    return folded(episode.title) in KINDS or rest in stem or rest in spaced


def names_kind(title: str) -> bool:
    """Say whether a title is that of a transcript of something, or of notes on it."""
    return any(word.strip(":.,()[]") in KINDS for word in folded(title).split())


def outlined(episode: Episode, chapters: "Sequence[Chapter]") -> Episode:
    """Return a transcript cut at the chapters of its episode instead of at its own pauses.

    One with headings of its own keeps them. Of a file's head only the chapters so far are laid over it.
    """
    from tui.core.formats.chapters import with_chapters

    if episode.partial:
        last_s = max(block_times(episode), default=0.0)
        chapters = [chapter for chapter in chapters if chapter.start_s <= last_s]
    if len(chapters) < FEWEST_CHAPTERS:
        return episode
    return replace(episode, sections=with_chapters(episode.sections, chapters))


def block_times(episode: Episode) -> Iterator[float]:
    """Yield the times of an episode's blocks, in seconds."""
    for section in episode.sections:
        for block in section.blocks:
            if block.start_s is not None:
                yield block.start_s
