"""Taking quotes: by a label, by the sentence cursor, by the mouse.

The stretch that is taken is always one of the episode's own text; the page only shows it.
"""

from collections.abc import Callable, Iterator
from functools import partial
from typing import TYPE_CHECKING

from textual import on
from textual.dom import DOMNode

from tui.core.episode import Episode, Place
from tui.messages import CopyAsAsked, CopyAsked, TextPointed
from tui.screens.reader.labelling import Labelling

if TYPE_CHECKING:
    from tui.core.quotes import Quote
    from tui.core.stretches import Stretch


class Quoting(Labelling):
    """Labels, the sentence cursor, the mouse, and what is copied."""

    def __init__(self, episode: Episode) -> None:
        super().__init__(episode)
        self._fixed: Stretch | None = None
        """The end of the selection that stays: a sentence, a paragraph, or nothing but a place."""

        self._moving: Stretch | None = None
        """The end that moves."""

        self._is_top_moving = False
        """Whether the upper end moves of a selection whose ends are one sentence or paragraph."""

        self._by_paragraph = False
        self._range_from: Stretch | None = None
        """The sentence whose label was typed with a capital."""

    @property
    def _shown(self) -> Episode:
        """The episode without what closed folds hide: keys step over that, but a range copies it."""
        return self.page.folds.shown

    @property
    def is_selecting(self) -> bool:
        """Whether there is a selection that keys move."""
        return self._moving is not None

    def key_tables(self) -> Iterator[tuple[str, DOMNode]]:
        """Yield the table of the selection while there is one, below that of the labels; then the others."""
        above = super().key_tables()
        if self.is_selecting and not self.is_labelling and not self.outline.has_focus:
            yield "Select", self
        yield from above

    def _episode_changed(self, *, is_another: bool) -> None:
        super()._episode_changed(is_another=is_another)
        self._fixed = self._moving = self._clicked = None

    # Labels

    def action_copy(self) -> None:
        """Put a label on every sentence in sight."""
        self.label_sentences("Labels", self.copy_stretch, "label copies · capital begins a range")

    def label_sentences(self, table: str, take: "Callable[[Stretch], None]", said: str) -> None:
        """Put a label on every sentence in sight.

        Args:
            table: Whose keys work meanwhile.
            take: What is done with the sentence, or the range of sentences, that is chosen.
            said: What the bar says meanwhile.
        """
        found = self.sentences_in_sight()
        if not found:
            self.notify("There is no text here", markup=False)
            return
        self._range_from = None
        self.label(table, [(place, partial(self._pick, stretch, take)) for place, stretch in found], said)

    def sentences_in_sight(self) -> "list[tuple[Place, Stretch]]":
        """Return the sentences in sight, each with its first character that is."""
        from tui.core.stretches import visible_sentences  # not before the first frame

        in_sight = self.page.text_in_sight()
        if in_sight is None:
            return []
        found = visible_sentences(self._shown, *in_sight)
        return [(max(stretch.start, in_sight[0]), stretch) for stretch in found]

    def _pick(self, stretch: "Stretch", take: "Callable[[Stretch], None]", *, is_capital: bool) -> None:
        """Take a sentence, or up to it; with a capital begin a range."""
        from tui.core.stretches import union

        if is_capital and self._range_from is None:
            self._range_from = stretch
            self.page.select(stretch)
            self.label_again()
            return
        taken = union(self._range_from, stretch) if self._range_from is not None else stretch
        self.end_labels()
        take(taken)

    def end_labels(self) -> None:
        """Take the labels away."""
        self._range_from = None
        super().end_labels()

    def action_pick_section(self) -> None:
        """Copy the section at the reading position."""
        self.end_labels()
        self.action_copy_section()

    def action_pick_undo(self) -> None:
        """Take back a letter, or the beginning of the range."""
        if not self.typed:
            self._range_from = None
            self.page.select(None)
        self.label_again()

    def action_pick_cancel(self) -> None:
        """Take the labels away."""
        self.page.select(None)
        self.end_labels()

    # The sentence cursor

    def action_select(self) -> None:
        """Select the sentence at the reading position, or the one clicked or found last."""
        self._begin(by_paragraph=False)

    def action_select_paragraph(self) -> None:
        """Select the paragraph at the reading position."""
        self._begin(by_paragraph=True)

    def action_next_sentence(self) -> None:
        """Select the sentence at the reading position; the next one when there is a selection."""
        self._begin(by_paragraph=False)

    def action_previous_sentence(self) -> None:
        """Select the sentence before the reading position."""
        self._begin(by_paragraph=False)
        self.action_step_back()

    def _begin(self, *, by_paragraph: bool) -> None:
        from tui.core.stretches import paragraph_at, sentence_at

        clicked = self._clicked
        place = clicked if clicked is not None and self.page.is_in_sight(clicked) else self.page.reading_place
        here = (paragraph_at if by_paragraph else sentence_at)(self._shown, place)
        if here is None:
            self.notify("There is no text here to select", markup=False)
            return
        self._by_paragraph = by_paragraph
        self._set(here, here)
        self._show_hints()

    def _set(self, fixed: "Stretch", moving: "Stretch") -> None:
        """Select from one end to the other, and keep the one that moves in sight."""
        from tui.core.stretches import union

        self._fixed, self._moving, self._is_top_moving = fixed, moving, False
        self.page.select(union(fixed, moving))
        edge = moving.end if moving >= fixed else moving.start
        if not self.page.is_in_sight(edge) or not self.page.is_in_sight(moving.start):
            self.page.reveal(moving.start)
        self._follow()

    def _step(self, step: int, *, grow: bool, by_paragraph: bool | None = None) -> None:
        from tui.core.stretches import next_paragraph, next_sentence, paragraph_at

        if self._moving is None or self._fixed is None:
            return
        if self._by_paragraph if by_paragraph is None else by_paragraph:
            here = paragraph_at(self._shown, self._moving.start) or self._moving
            following = next_paragraph(self._shown, here, step)
        else:
            following = next_sentence(self._shown, self._last_whole(step, grow=grow), step)
        if following is not None:
            self._set(self._fixed if grow else following, following)

    def _last_whole(self, step: int, *, grow: bool) -> "Stretch":
        """Return the end that moves; of one that is drawn back inside a sentence, all of that sentence."""
        from tui.core.stretches import next_sentence

        assert self._moving is not None
        assert self._fixed is not None
        is_point = self._moving.start == self._moving.end
        is_drawn_back = grow and (step < 0) == (self._moving >= self._fixed)
        partly = next_sentence(self._shown, self._moving, step) if is_point and is_drawn_back else None
        return partly or self._moving

    def action_step_on(self) -> None:
        """Select the next sentence."""
        self._step(1, grow=False)

    def action_step_back(self) -> None:
        """Select the sentence before."""
        self._step(-1, grow=False)

    def action_grow_on(self) -> None:
        """Take one sentence more at the end, or one less at the beginning."""
        self._step(1, grow=True)

    def action_grow_back(self) -> None:
        """Take one sentence less at the end, or one more at the beginning."""
        self._step(-1, grow=True)

    def action_step_paragraph_on(self) -> None:
        """Select the next paragraph."""
        self._step(1, grow=False, by_paragraph=True)

    def action_step_paragraph_back(self) -> None:
        """Select the paragraph before."""
        self._step(-1, grow=False, by_paragraph=True)

    def action_by_paragraph(self) -> None:
        """Make whole paragraphs of the selection, or go by sentences again."""
        from tui.core.stretches import paragraph_at

        self._by_paragraph = not self._by_paragraph
        if self._by_paragraph and self._fixed is not None and self._moving is not None:
            fixed = paragraph_at(self._shown, self._fixed.start)
            moving = paragraph_at(self._shown, self._moving.start)
            if fixed is not None and moving is not None:
                self._set(fixed, moving)

    def _nudge(self, step: int, *, by_word: bool) -> None:
        """Move the end that moves by a word or a character."""
        from tui.core.stretches import Stretch, character_edge, word_edge

        if self._moving is None or self._fixed is None:
            return
        is_lower = self._moving >= self._fixed and not self._is_top_moving
        edge = self._moving.end if is_lower else self._moving.start
        moved = (word_edge if by_word else character_edge)(self._shown, edge, step)
        stays = self._fixed.start if is_lower else self._fixed.end
        if moved != stays:
            self._set(Stretch(stays, stays), Stretch(moved, moved))

    def action_grow_word(self) -> None:
        """Move the end by a word."""
        self._nudge(1, by_word=True)

    def action_shrink_word(self) -> None:
        """Move the end back by a word."""
        self._nudge(-1, by_word=True)

    def action_grow_character(self) -> None:
        """Move the end by a character."""
        self._nudge(1, by_word=False)

    def action_shrink_character(self) -> None:
        """Move the end back by a character."""
        self._nudge(-1, by_word=False)

    def action_swap_ends(self) -> None:
        """Let the other end move."""
        if self._fixed is not None and self._moving is not None:
            # The same stretch at both ends has no other order that would tell which end moves.
            is_top = self._fixed == self._moving and not self._is_top_moving
            self._set(self._moving, self._fixed)
            self._is_top_moving = is_top

    def action_leave_selection(self) -> None:
        """Select nothing."""
        self.leave_selection()

    def leave_selection(self) -> None:
        """Select nothing."""
        self._fixed = self._moving = None
        self.page.select(None)
        self._show_hints()

    # Mouse

    @on(TextPointed)
    def _point(self, message: TextPointed) -> None:
        from tui.core.stretches import Stretch, character_edge, paragraph_at, sentence_at, word_edge

        place, start = message.place, message.dragged_from
        self.end_labels()
        if start is not None:
            first, last = sorted((start, place))
            end = character_edge(self.episode, last, 1)
            self._set_pointed(Stretch(first, first), Stretch(end, end))
            return
        self._clicked = place
        if message.clicks == 1:
            # The click that ends a drag leaves what was dragged over.
            if not (self.is_selecting and self.page.was_dragged):
                self.leave_selection()
        elif message.clicks == 2:
            end = word_edge(self.episode, place, 1)
            begin = word_edge(self.episode, end, -1)
            self._set_pointed(Stretch(begin, begin), Stretch(end, end))
        else:
            whole = (sentence_at if message.clicks == 3 else paragraph_at)(self.episode, place)
            if whole is not None:
                self._set_pointed(whole, whole)

    def _set_pointed(self, fixed: "Stretch", moving: "Stretch") -> None:
        """Select with the mouse: the text stays where it is."""
        from tui.core.stretches import union

        self._fixed, self._moving = fixed, moving
        self.page.select(union(fixed, moving))
        self._show_hints()

    # Copying

    def _follow(self) -> None:
        """Take the mark of what was copied away as soon as the text moves."""
        super()._follow()
        if not self.is_selecting and not self.is_labelling:
            self.page.select(None)

    def copy_stretch(self, stretch: "Stretch") -> None:
        """Copy a stretch of the text with its citation, and show what was copied."""
        from tui.core.quotes import quote_blocks

        self.leave_selection()
        self.page.select(stretch)
        self.post_message(CopyAsked(quote_blocks(self.episode, stretch.start, stretch.end)))

    def action_copy_section(self) -> None:
        """Copy the section at the reading position."""
        from tui.core.quotes import quote_section
        from tui.core.stretches import Stretch

        ordinal = self.page.progress.section
        section = self.episode.sections[ordinal]
        if not section.text:
            self.notify("This section has no text to copy", markup=False)
            return
        last = len(section.blocks) - 1
        self.leave_selection()
        self.page.select(Stretch(Place(ordinal, 0, 0), Place(ordinal, last, len(section.blocks[last].text))))
        self.post_message(CopyAsked(quote_section(self.episode, ordinal)))

    def action_copy_selected(self) -> None:
        """Copy the selection with its citation."""
        if self.page.selection is not None:
            self.copy_stretch(self.page.selection)

    def action_copy_selected_as(self) -> None:
        """Choose the style in which the selection is copied."""
        self.action_copy_as()

    def action_copy_as(self) -> None:
        """Choose the style in which the selection, or the paragraph at the reading position, is copied."""
        quote = self.selected_quote()
        if quote is None:
            self.notify("There is no text here to copy", markup=False)
        else:
            self.post_message(CopyAsAsked(quote))

    def selected_quote(self) -> "Quote | None":
        """Return the selection as a quote, else the paragraph at the reading position; None without text."""
        from tui.core.quotes import quote_blocks
        from tui.core.stretches import paragraph_at

        stretch = self.page.selection or paragraph_at(self._shown, self.page.reading_place)
        return quote_blocks(self.episode, stretch.start, stretch.end) if stretch is not None else None
