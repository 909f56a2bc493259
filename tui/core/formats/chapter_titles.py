"""What tells the titles of chapters from what is said in them, where both stand behind times."""

from collections.abc import Sequence

SPOKEN_CHARS = 3.0
"""Titles have fewer characters than that for each second between them; slow speech has twice as many."""

TITLE_CHARS = 120
"""Half of the titles of a list are not longer."""

STOPS = tuple(".,;。，")
SENTENCE_CHARS = 30
"""Longer titles that end in a stop are rather what somebody says."""

MARKS = "*_~ "
"""Signs of Markdown that may stand behind a title."""


def are_titles(titles: Sequence[str], lasts_s: float) -> bool:
    """Say whether the texts of lines with times are titles, not what is said in that time.

    Args:
        titles: The texts.
        lasts_s: How many seconds lie between the first and the last.
    """
    lengths = sorted(map(len, titles))
    if lengths[len(lengths) // 2] > TITLE_CHARS or sum(lengths) > SPOKEN_CHARS * lasts_s:
        return False
    small = sum(1 for title in titles if title[0].islower())
    closed = sum(1 for title in titles if len(title) > SENTENCE_CHARS and title.rstrip(MARKS)[-1:] in STOPS)
    return small <= len(titles) / 3 and closed <= len(titles) / 2
