"""Names of speakers that stand alone on a line, as meeting tools write them: ``Ada`` above ``0:12``.

Nothing sets such a line off from a heading but that it comes back, and in turn with others.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise

from tui.core.formats.lines import word_set
from tui.core.formats.times import leading_time
from tui.core.people import is_name

ROLE = re.compile(
    r"(?:speaker|host|co-host|guest|interviewer|interviewee|moderator|narrator|announcer|person|voice|audience|"
    r"participant|unknown|unidentified|sprecher|hablante|locutor|intervenant|说话人|发言人|話者)"
    r"(?: ?(?:speaker|member|voice|male|female))?[ _#]*\w{0,2}",
    re.I,
)
"""What a voice is called whose name nobody knew."""

NO_NAMES = word_set(
    "key takeaways takeaway summary notes note highlights introduction overview questions question about "
    "conclusion points quotes quote chapter part section episode show more read top main ideas facts action "
    "insights topics items references resources links next previous share play watch listen download the "
    "sponsor pros cons"
)
"""Words of headings that come back."""

FEWEST_TIMED = 4
FEWEST_ALONE = 8
FEWEST_EACH = 3
MANY_NAMES = 6
NAME_CHARS = 60
SHARE_OF_PARAGRAPHS = 0.2
SHARE_OF_CHANGES = 0.8
"""The share of names that must differ from the one before."""


def bare_names(paragraphs: Sequence[Sequence[str]]) -> tuple[str, ...]:
    """Return the names that stand alone on lines above what they say; none where they are no speakers.

    Args:
        paragraphs: The lines of each; one without lines stands for a heading.
    """
    found = [pair for neighbours in with_neighbours(paragraphs) for pair in name_lines(*neighbours)]
    timed = Counter(name for name, is_timed in found if is_timed)
    names = tuple(name for name, uses in timed.items() if uses > 1)
    if sum(timed[name] for name in names) >= FEWEST_TIMED:
        return names
    alone = [name for name, _ in found if len(name.split()) > 1 or ROLE.fullmatch(name)]
    uses = Counter(alone)
    names = tuple(name for name in uses if uses[name] >= FEWEST_EACH)
    total = sum(uses[name] for name in names)
    enough = total >= max(FEWEST_ALONE, SHARE_OF_PARAGRAPHS * len(paragraphs))
    changes = sum(1 for before, after in pairwise(alone) if before != after)
    is_turns = changes >= SHARE_OF_CHANGES * (len(alone) - 1)
    return names if enough and is_turns and 1 < len(names) <= MANY_NAMES else ()


def with_neighbours(paragraphs: Sequence[Sequence[str]]) -> Iterator[tuple[Sequence[str], str, str]]:
    """Yield each paragraph, the last line of the one before it, and the first line of the one after it."""
    before = ""
    for index, paragraph in enumerate(paragraphs):
        after = paragraphs[index + 1] if index + 1 < len(paragraphs) else ()
        yield paragraph, before, after[0] if after else ""
        before = paragraph[-1] if paragraph else ""


def name_lines(paragraph: Sequence[str], before: str, after: str) -> Iterator[tuple[str, bool]]:
    """Yield the lines of a paragraph that could be names, and whether a time follows.

    Without a time only a paragraph's first line could be one. What stands between two times is said by
    somebody: captions are often a word.
    """
    for index, line in enumerate(paragraph):
        above = paragraph[index - 1] if index else before
        below = paragraph[index + 1] if index + 1 < len(paragraph) else after
        below_is_timed = leading_time(below.strip()[:40]) is not None
        if below_is_timed and above and not without_time(above):
            continue
        name = line.strip() if below_is_timed else without_time(line)
        if may_be_bare(name) and below:
            is_timed = below_is_timed or name != line.strip()
            if is_timed or index == 0:
                yield name, is_timed


def without_time(line: str) -> str:
    """Return a line without the time it begins with: ``[0:12] - Ada`` stands above what she says too."""
    line = line.strip()
    timed = leading_time(line[:80])
    return line[timed[1] :].strip() if timed else line


def may_be_bare(line: str) -> bool:
    """Say whether a line could be a name and no more."""
    if not line or len(line) > NAME_CHARS or not (line[-1].isalnum() or line[-1] == "."):
        return False
    if ROLE.fullmatch(line):
        return True
    return is_name(line) and not NO_NAMES.intersection(line.lower().split())
