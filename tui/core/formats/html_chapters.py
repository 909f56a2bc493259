"""Chapters listed apart from a text: they give its headings their times, or are headings of their own."""

from collections.abc import Sequence
from dataclasses import replace

from tui.core.episode import Block
from tui.core.formats.chapters import Chapter
from tui.core.formats.draft import Heading, Item

LEVEL = 2


def with_chapters(items: Sequence[Item], chapters: Sequence[Chapter]) -> list[Item]:
    """Return the items with the times of chapters.

    Headings of the same words get them. If there are none, a text with times but without headings gets
    the chapters as headings at their places; any other has them at its end, unless it names them already.

    Args:
        items: A document.
        chapters: In the order of their times.
    """
    named = [chapter for chapter in chapters if chapter.title]
    if not named:
        return list(items)
    headings = [item for item in items if isinstance(item, Heading)]
    titles = {letters(heading.text) for heading in headings}
    if any(letters(chapter.title) in titles for chapter in named):
        return timed(items, named)
    if not headings and any(isinstance(item, Block) and item.start_s is not None for item in items):
        return placed(items, named)
    text = "\n".join(item.text.casefold() for item in items)
    if all(chapter.title.casefold() in text for chapter in named):
        return list(items)
    return [*items, *(Heading(chapter.title, LEVEL, start_s=chapter.start_s) for chapter in named)]


def letters(text: str) -> str:
    """Return the letters and digits of a text, without their case."""
    return "".join(character for character in text.casefold() if character.isalnum())


def timed(items: Sequence[Item], chapters: Sequence[Chapter]) -> list[Item]:
    """Return the items, headings without a time with that of the chapter of their words."""
    times = {letters(chapter.title): chapter.start_s for chapter in reversed(chapters)}
    return [
        replace(item, start_s=times.get(letters(item.text)))
        if isinstance(item, Heading) and item.start_s is None
        else item
        for item in items
    ]


def placed(items: Sequence[Item], chapters: Sequence[Chapter]) -> list[Item]:
    """Return the items with each chapter as a heading before the first block of its time or later."""
    read: list[Item] = []
    waiting = list(reversed(chapters))
    for item in items:
        start_s = item.start_s
        while waiting and start_s is not None and waiting[-1].start_s <= start_s:
            chapter = waiting.pop()
            read.append(Heading(chapter.title, LEVEL, start_s=chapter.start_s))
        read.append(item)
    return [*read, *(Heading(one.title, LEVEL, start_s=one.start_s) for one in reversed(waiting))]
