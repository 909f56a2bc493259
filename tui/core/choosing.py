"""Which of a library's episodes somebody means: by its path, its id, or words of its title."""

import re
from collections.abc import Callable, Iterator
from contextlib import suppress
from itertools import islice
from pathlib import Path

from tui.core.cleaning import clean_line
from tui.core.episode import Episode
from tui.core.files import display_name, is_there
from tui.core.folding import fold
from tui.core.library import Entry, Library
from tui.core.loading import episodes_of
from tui.core.reading import read_episode
from tui.core.suffixes import is_episode_name
from tui.errors import NotFoundError, PullquoteError
from tui.paths import file_of

EPISODE_ID = re.compile(r"[0-9a-f]{12}")


def find_episode(words: str, library: Library) -> Path:
    """Return the file of the episode that somebody means.

    Args:
        words: A path, an episode's id, or words that stand in the title, show, number or file name of
            one episode only, without regard to case and accents.
        library: Where ids, words and paths that don't exist from here are looked up.

    Raises:
        NotFoundError: No episode fits, or several do.
    """
    for path in (Path(words), library.folder / words):
        if is_there(path):
            return path
    if is_episode_name(words):
        raise NotFoundError(f"there is no {clean_line(words)}, here or in {display_name(library.folder)}")
    if EPISODE_ID.fullmatch(words.lower()):
        # Copies of one file have one id, and any of them will do.
        fitting = list(islice(paths_of_id(library, words.lower()), 1))
    else:
        fits = title_matcher(words)
        fitting = [
            (episode.path, episode.title)
            for entry, episode in episodes_in(library)
            if fits(f"{episode.title} {episode.show or ''} {episode.number or ''} {entry.name}")
        ]
    return only_one(fitting, words, library)


def title_matcher(words: str) -> Callable[[str], bool]:
    """Return a test of whether all the words stand in a text, whatever their case and accents."""
    wanted = fold(words).text.split()

    def matches(text: str) -> bool:
        known = fold(text).text
        return bool(wanted) and all(word in known for word in wanted)

    return matches


def episodes_in(library: Library) -> Iterator[tuple[Entry, Episode]]:
    """Yield a library's episodes, those of a file of several too, from their heads.

    Files that can't be read are passed over.
    """
    files: set[Path] = set()
    for entry in library.entries:
        file = file_of(entry.path)[0]
        if file in files:
            continue  # of a library that is one file the first entry brings all
        files.add(file)
        with suppress(PullquoteError):
            for episode in episodes_of(file, entry.variants, head=True):
                yield entry, episode


def paths_of_id(library: Library, episode_id: str) -> Iterator[tuple[Path, str]]:
    """Yield path and title of the files, variants among them, whose episode has an id."""
    for entry, episode in episodes_in(library):
        if episode.id == episode_id:
            yield episode.path, episode.title
        for variant in entry.variants[1:]:
            with suppress(PullquoteError):
                if read_episode(variant.path, head=True).id == episode_id:
                    yield variant.path, episode.title


def only_one(fitting: list[tuple[Path, str]], words: str, library: Library) -> Path:
    """Return the path of the only episode that fits, or of the only one with exactly this title."""
    exact = [path for path, title in fitting if fold(title).text == fold(words).text.strip()]
    if len(exact) == 1:
        return exact[0]
    if len(fitting) == 1:
        return fitting[0][0]
    asked = shortened(clean_line(words))
    if not fitting:
        raise NotFoundError(
            f"no episode fits “{asked}” in {display_name(library.folder)}; 'pullquote list' shows all"
        )
    titles = "; ".join(shortened(title) for _, title in fitting[:5])
    more = f"; and {len(fitting) - 5} more" if len(fitting) > 5 else ""
    raise NotFoundError(f"{len(fitting)} episodes fit “{asked}”, name one of them: {titles}{more}")


def shortened(title: str, length: int = 60) -> str:
    """Return a title cut to so many characters."""
    return title if len(title) <= length else title[: length - 1].rstrip() + "…"
