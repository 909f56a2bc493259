"""What an episode's notes become by a change, without reading them anew."""

from dataclasses import replace
from typing import assert_never

from tui.core.notebook.anchoring import locate
from tui.core.notebook.changes import Change, Edit
from tui.core.notebook.notes import EpisodeNotes, Placed, PlacedBookmark, place_at
from tui.core.notebook.text import EpisodeText
from tui.core.notebook.values import Bookmark, Highlight, Reading, Source


def followed(notes: EpisodeNotes, change: Change, text: EpisodeText) -> EpisodeNotes:
    """Return an episode's notes after a change; what it does to other episodes' is left out.

    Args:
        notes: As they were.
        change: What was kept.
        text: The episode's, for finding where new things stand.
    """
    for edit in change.edits:
        thing = edit.after or edit.before
        match thing:
            case Highlight() if is_of(thing.source, notes.source):
                notes = with_highlight(notes, thing, edit, text)
            case Bookmark():
                notes = with_bookmark(notes, thing, edit, text)
            case Reading() if is_of(thing.source, notes.source):
                notes = replace(notes, reading=edit.after if isinstance(edit.after, Reading) else None)
            case Highlight() | Reading() | None:
                pass
            case _:
                assert_never(thing)
    return notes


def is_of(one: Source, other: Source) -> bool:
    """Say whether two sources are one episode: two windows may have given it two ids."""
    return one.id == other.id or (one.path, one.content) == (other.path, other.content)


def with_highlight(notes: EpisodeNotes, thing: Highlight, edit: Edit, text: EpisodeText) -> EpisodeNotes:
    """Return notes with a highlight as it is now, in its order, or without it."""
    known = {placed.highlight.id: placed for placed in notes.highlights}
    before = known.get(thing.id)
    if not isinstance(edit.after, Highlight):
        return replace(notes, highlights=tuple(one for one in notes.highlights if one is not before))
    if before is not None and before.highlight.anchor == edit.after.anchor:
        known[thing.id] = replace(before, highlight=edit.after)
    else:
        known[thing.id] = Placed(edit.after, locate(edit.after.anchor, text, is_same=True))
    return replace(notes, highlights=tuple(known.values()))


def with_bookmark(notes: EpisodeNotes, thing: Bookmark, edit: Edit, text: EpisodeText) -> EpisodeNotes:
    """Return notes with a bookmark as it is now, which takes its letter from any other, or without it."""
    is_here = is_of(thing.source, notes.source)
    if not is_here and not thing.letter.isupper():
        return notes
    letters = tuple(one for one in notes.letters if not is_replaced(one, thing))
    bookmarks = tuple(one for one in notes.bookmarks if not is_replaced(one.bookmark, thing))
    if isinstance(edit.after, Bookmark):
        if is_here:
            bookmarks += (PlacedBookmark(edit.after, place_at(edit.after.anchor, text)),)
        if edit.after.letter.isupper():
            letters += (edit.after,)
    return replace(notes, bookmarks=bookmarks, letters=letters)


def is_replaced(one: Bookmark, thing: Bookmark) -> bool:
    """Say whether a bookmark is the one that changes, or has the letter that this one takes."""
    return one.id == thing.id or bool(thing.letter and one.letter == thing.letter)
