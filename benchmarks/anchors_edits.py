"""Edits of documents that remember where every word came from.

A draft is a document cut into grains: words, blanks and signs, each with its place in the text as it was.
An edit makes another draft of it, so where a stretch has gone is known by construction, whatever the
locator that is measured thinks.
"""

import random
import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace

from tui.core.episode import LIST_KINDS, Block, BlockKind, Episode, Section
from tui.core.notebook.text import EpisodeText

GRAIN = re.compile("[\u0e00-\u0eff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff]|\\w+|\\s+|[^\\w\\s]")
NEW = -1
"""The place of what was not in the text before."""

PROSE = frozenset({BlockKind.PARAGRAPH, BlockKind.QUOTE, *LIST_KINDS})
"""Blocks whose words are edited."""

LETTERS = "abcdefghijklmnopqrstuvwxyz"
SENTENCE_ENDS = frozenset(".!?。！？")

OTHER_SIGNS = {
    '"': "“", "“": '"', "”": '"', "„": '"', "«": "“", "»": "”", "'": "’", "’": "'", "‘": "'",
    "—": "-", "–": "-", "-": "–", "…": "...", "(": "[", ")": "]", ";": ",", "「": "“", "」": "”",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Grain:
    """A word, a run of blanks or a sign."""

    text: str
    origin: int
    """Where it began in the text as it was; ``NEW`` if it was not there."""

    kept: float = 1.0
    """How much of it is as it was."""

    @property
    def is_word(self) -> bool:
        """Whether it is a word."""
        return self.text[:1].isalnum()


Grains = tuple[Grain, ...]


@dataclass(frozen=True, slots=True)
class Piece:
    """A block of grains."""

    kind: BlockKind
    grains: Grains
    depth: int = 0
    number: int | None = None


@dataclass(frozen=True, slots=True)
class Part:
    """A section of grains."""

    heading: Grains
    pieces: tuple[Piece, ...]
    level: int = 2


Draft = tuple[Part, ...]
Edit = Callable[[Draft, random.Random], Draft]


def grains(text: str, origin: int) -> Grains:
    """Return a text cut into grains."""
    return tuple(Grain(match[0], origin + match.start()) for match in GRAIN.finditer(text))


def new_grains(text: str) -> Grains:
    """Return a text that was not there before."""
    return tuple(replace(grain, origin=NEW) for grain in grains(text, 0))


def draft_of(text: EpisodeText) -> Draft:
    """Return a document as a draft."""
    starts = {
        (section, block): start for start, (section, block, _) in zip(text.starts, text.places, strict=True)
    }
    return tuple(
        Part(
            grains(section.title, starts.get((section.ordinal, -1), 0)),
            tuple(
                Piece(
                    block.kind, grains(block.text, starts[section.ordinal, index]), block.depth, block.number
                )
                for index, block in enumerate(section.blocks)
            ),
            section.level,
        )
        for section in text.episode.sections
    )


@dataclass(frozen=True, slots=True)
class Edited:
    """A document after an edit, and where its words came from."""

    text: EpisodeText
    grains: tuple[tuple[Grain, int], ...]
    """Every grain but blanks, and where it begins in the text, in the order of the text."""

    def gone_to(self, start: int, end: int) -> tuple[int, int, float] | None:
        """Return where a stretch of the text as it was stands now, and how much of it is left (0 to 1).

        None where it has gone to several places.
        """
        own = [index for index, (grain, _) in enumerate(self.grains) if start <= grain.origin < end]
        if not own:
            return 0, 0, 0.0
        between = self.grains[own[0] : own[-1] + 1]
        strangers = sum(1 for grain, _ in between if grain.origin != NEW and not start <= grain.origin < end)
        inserted = sum(1 for grain, _ in between if grain.origin == NEW)
        if strangers or inserted > len(own):
            return None
        left = sum(grain.kept * len(grain.text) for index in own for grain in (self.grains[index][0],))
        last, at = self.grains[own[-1]]
        return self.grains[own[0]][1], at + len(last.text), left


def edited(draft: Draft, like: Episode) -> Edited:
    """Return a draft as a document."""
    sections: list[tuple[Section, Grains, list[Piece]]] = []
    for part in draft:
        pieces = [piece for piece in part.pieces if piece.grains or piece.kind == BlockKind.RULE]
        if not pieces and not part.heading:
            continue
        blocks = tuple(
            Block(piece.kind, written(piece.grains), piece.depth, number=piece.number) for piece in pieces
        )
        sections.append(
            (Section(len(sections), part.level, written(part.heading), blocks), part.heading, pieces)
        )
    made = tuple(section for section, _, _ in sections) or (Section(0, 1, ""),)
    text = EpisodeText(replace(like, sections=made))
    starts = {
        (section, block): start for start, (section, block, _) in zip(text.starts, text.places, strict=True)
    }
    found: list[tuple[Grain, int]] = []
    for section, heading, pieces in sections:
        if heading:
            found += placed(heading, starts[section.ordinal, -1])
        for index, piece in enumerate(pieces):
            found += placed(piece.grains, starts[section.ordinal, index])
    return Edited(text, tuple(found))


def written(some: Iterable[Grain]) -> str:
    """Return grains as text."""
    return "".join(grain.text for grain in some)


def placed(some: Iterable[Grain], at: int) -> Iterator[tuple[Grain, int]]:
    """Yield grains that are not blank, and where each begins."""
    for grain in some:
        if not grain.text.isspace():
            yield grain, at
        at += len(grain.text)


def by_piece(change: Callable[[Grains, random.Random, list[str]], Iterable[Grain]]) -> Edit:
    """Return the edit that changes the grains of every block of prose."""

    def edit(draft: Draft, chance: random.Random) -> Draft:
        vocabulary = [g.text for part in draft for piece in part.pieces for g in piece.grains if g.is_word]

        def changed(piece: Piece) -> Piece:
            if piece.kind not in PROSE or not piece.grains:
                return piece
            return replace(piece, grains=stripped(change(piece.grains, chance, vocabulary)))

        return tuple(replace(part, pieces=tuple(map(changed, part.pieces))) for part in draft)

    return edit


def stripped(some: Iterable[Grain]) -> Grains:
    """Return grains without blanks at the ends and without double ones."""
    kept: list[Grain] = []
    for grain in some:
        if not (grain.text.isspace() and (not kept or kept[-1].text.isspace())):
            kept.append(grain)
    while kept and kept[-1].text.isspace():
        kept.pop()
    return tuple(kept)


def reworded(rate: float) -> Edit:
    """Return the edit that replaces, leaves out and puts in words, as another run of a model does."""

    def change(some: Grains, chance: random.Random, vocabulary: list[str]) -> Iterator[Grain]:
        for grain in some:
            if not grain.is_word or chance.random() >= rate:
                yield grain
                continue
            kind = chance.random()
            if kind < 0.6:
                yield replace(grain, text=chance.choice(vocabulary), kept=0.0)
            elif kind < 0.8:
                yield grain
                yield from (Grain(" ", NEW), Grain(chance.choice(vocabulary), NEW))

    return by_piece(change)


def misspelt(rate: float) -> Edit:
    """Return the edit that puts slips of the finger into words of four letters and more."""

    def change(some: Grains, chance: random.Random, _: list[str]) -> Iterator[Grain]:
        for grain in some:
            if grain.is_word and len(grain.text) > 3 and chance.random() < rate:
                at = chance.randrange(1, len(grain.text) - 1)
                head, tail = grain.text[:at], grain.text[at:]
                slip = chance.choice(
                    (head + tail[1:], head + chance.choice(LETTERS) + tail, head + tail[1::-1] + tail[2:])
                )
                yield replace(grain, text=slip, kept=0.8)
            else:
                yield grain

    return by_piece(change)


def signs(draft: Draft, chance: random.Random) -> Draft:
    """Change quotation marks, dashes, ellipses, blanks and how accents are composed."""

    def change(some: Grains, chance: random.Random, _: list[str]) -> Iterator[Grain]:
        for grain in some:
            text = OTHER_SIGNS.get(grain.text, grain.text)
            if text == " " and chance.random() < 0.05:
                text = "\u00a0"
            if not text.isascii():
                text = unicodedata.normalize(chance.choice(("NFD", "NFC")), text)
            yield replace(grain, text=text)

    return by_piece(change)(draft, chance)


def paragraphs(draft: Draft, chance: random.Random) -> Draft:
    """Split paragraphs at their sentences, and join neighbouring ones."""

    def recut(pieces: Iterable[Piece]) -> tuple[Piece, ...]:
        found: list[Piece] = []
        for piece in pieces:
            joins = found and found[-1].kind == piece.kind == BlockKind.PARAGRAPH and chance.random() < 0.3
            halves = list(split(piece)) if piece.kind == BlockKind.PARAGRAPH else [piece]
            if joins:
                joined = (*found[-1].grains, Grain(" ", NEW), *halves[0].grains)
                found[-1] = replace(found[-1], grains=joined)
                halves = halves[1:]
            found += halves
        return tuple(found)

    def split(piece: Piece) -> Iterator[Piece]:
        begin = 0
        for index, grain in enumerate(piece.grains[:-1]):
            if (
                grain.text in SENTENCE_ENDS
                and piece.grains[index + 1].text.isspace()
                and chance.random() < 0.3
            ):
                yield replace(piece, grains=stripped(piece.grains[begin : index + 1]))
                begin = index + 1
        yield replace(piece, grains=stripped(piece.grains[begin:]))

    return tuple(replace(part, pieces=recut(part.pieces)) for part in draft)


def sections(draft: Draft, chance: random.Random) -> Draft:
    """Split sections with new headings, and join neighbouring ones."""
    found: list[Part] = []
    for part in draft:
        if found and chance.random() < 0.3:
            found[-1] = replace(found[-1], pieces=(*found[-1].pieces, *part.pieces))
        else:
            found.append(part)
        pieces = found[-1].pieces
        if len(pieces) > 2 and chance.random() < 0.4:
            at = chance.randrange(1, len(pieces))
            found[-1] = replace(found[-1], pieces=pieces[:at])
            found.append(Part(new_grains(f"On what follows, part {len(found)}"), pieces[at:], part.level))
    return tuple(found)


def retitled(draft: Draft, chance: random.Random) -> Draft:
    """Give every section another heading."""
    words = [grain.text for part in draft for grain in part.heading if grain.is_word] or ["Untitled"]
    return tuple(
        replace(part, heading=new_grains(" ".join(chance.choices(words, k=chance.randrange(2, 6)))))
        if part.heading
        else part
        for part in draft
    )


def reordered(draft: Draft, chance: random.Random) -> Draft:
    """Put the sections in another order."""
    return tuple(chance.sample(draft, len(draft)))


def regenerated(draft: Draft, chance: random.Random) -> Draft:
    """Make what another run of a model makes: other words here and there, other headings, another order."""
    for edit in (reworded(0.1), paragraphs, retitled, reordered, signs):
        draft = edit(draft, chance)
    return draft


def cut(draft: Draft, chance: random.Random) -> Draft:
    """Leave out half of the sections; of a document with few, half of the blocks."""
    if len(draft) > 5:
        return tuple(part for part in draft if chance.random() < 0.5)
    return tuple(
        replace(part, pieces=tuple(piece for piece in part.pieces if chance.random() < 0.5)) for part in draft
    )


def cut_and_reworded(draft: Draft, chance: random.Random) -> Draft:
    """Leave out half of the sections and reword what stays."""
    return reworded(0.1)(cut(draft, chance), chance)


def repeated(draft: Draft, chance: random.Random) -> Draft:
    """Put copies of paragraphs in front, as a summary's key quotes, and among the others."""
    every = [piece for part in draft for piece in part.pieces if piece.kind in PROSE and piece.grains]
    copies = [
        replace(piece, grains=tuple(replace(grain, origin=NEW) for grain in piece.grains))
        for piece in chance.sample(every, min(len(every), 1 + len(every) // 4))
    ]
    front = Part(new_grains("Key quotes"), tuple(copies[::2]))
    back = Part(new_grains("Said again"), tuple(copies[1::2]))
    return (front, *draft, back)


EDITS: dict[str, Edit] = {
    "nothing": lambda draft, _: draft,
    "signs, blanks, accents": signs,
    "slips of the finger, 5 %": misspelt(0.05),
    "slips of the finger, 20 %": misspelt(0.2),
    "paragraphs split, joined": paragraphs,
    "sections split, joined": sections,
    "headings changed": retitled,
    "sections reordered": reordered,
    "reworded, 5 %": reworded(0.05),
    "reworded, 10 %": reworded(0.1),
    "reworded, 20 %": reworded(0.2),
    "reworded, 30 %": reworded(0.3),
    "regenerated": regenerated,
    "paragraphs repeated": repeated,
    "half cut": cut,
    "half cut, rest reworded": cut_and_reworded,
}
"""By what they do."""
