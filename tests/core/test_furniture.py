from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.core.episode import Block, BlockKind, Section
from tui.core.furniture import PAGE_FURNITURE, SPONSOR, folded
from tui.core.reading import episode_from_bytes

TALK = Block(BlockKind.PARAGRAPH, "Moss explains how a river keeps a record of every flood in its gravel.")


def paragraph(text: str, speaker: str | None = None) -> Block:
    return Block(BlockKind.PARAGRAPH, text, speaker=speaker)


def folds(*blocks: Block, title: str = "Rivers") -> list[str | None]:
    """The folds of some blocks of a section that has other text as well."""
    sections = (Section(0, 1, "Floods", (TALK,)), Section(1, 1, title, blocks))
    return [block.fold for block in folded(sections)[1].blocks]


@pytest.mark.parametrize(
    "text",
    [
        "This episode is brought to you by Gravel & Sons, who have sifted sand since 1911.",
        "Today's show is sponsored by Gravel & Sons.",
        "Sponsored by Gravel & Sons: https://gravel.example",
        "Brought to you by Gravel & Sons.",
        "Thanks to our sponsors for keeping the boat afloat.",
        "Support for this podcast comes from Gravel & Sons.",
        "Get two sieves for one: use code RIVER20 at checkout.",
        "[Ad] Gravel & Sons",
        "Break: [12:34]",
        "Diese Folge wird euch präsentiert von Kies & Söhne.",
        "Este episodio está patrocinado por Grava e Hijos.",
        "Cet épisode est sponsorisé par Gravier et Fils.",
        "本期节目由砂石公司赞助播出。",
    ],
)
def test_words_of_a_sponsor_are_folded(text: str) -> None:
    assert folds(TALK, paragraph(text), TALK) == [None, SPONSOR, None]


@pytest.mark.parametrize(
    "text",
    [
        "Subscribe to our newsletter.",
        "Thanks for listening!",
        "Like, subscribe and share.",
        "Follow us on Mastodon",
        "Leave us a 5-star review wherever you listen.",
        "© 2024 Stream Talk. All rights reserved.",
        "Created with Snipd | Highlight & Take Notes from Podcasts",
        "Synced: 2024-03-01 12:00",
        "This site uses cookies to remember you.",
        "Transcribed by https://otter.ai",
        "Kind: captions Language: en",
        "If you enjoyed this episode, please subscribe and leave a review.",
        "感谢收听！",
    ],
)
def test_furniture_of_a_page_is_folded(text: str) -> None:
    assert folds(TALK, paragraph(text)) == [None, PAGE_FURNITURE]


@pytest.mark.parametrize(
    "text",
    [
        "Sponsors asked for more than a logo, she says, and that was the end of the regatta.",
        "The episode about advertising explains who pays for brought-to-you-by lines.",
        "She says this dead air is brought to you by nobody.",
        "Use code review to find what tests do not, and keep the reviews short.",
        "Enter code 12 at the gate and walk down to the water.",
        "Share of voice is a measure that rivers do not care about.",
        "Thanks for listening is what the host says to every river.",
        "Subscribe is the verb that changed the business of newspapers in a decade.",
        "Cookies are baked twice, which keeps them for the whole journey.",
        "A break in the dam: how it began.",
        "Follow the money, and you find the water.",
    ],
)
def test_a_talk_about_such_things_is_not_folded(text: str) -> None:
    assert folds(TALK, paragraph(text), TALK) == [None, None, None]


@pytest.mark.parametrize(
    "title", ["Sponsors", "Our sponsors:", "💰 Sponsors", "Werbung", "赞助商", "Chapter 3: Gravel [ad]"]
)
def test_a_heading_folds_the_sponsors_below_it(title: str) -> None:
    blocks = (
        Block(BlockKind.BULLET, "Gravel & Sons: https://gravel.example", 1),
        paragraph("They sift sand."),
    )
    assert folds(*blocks, title=title) == [SPONSOR, SPONSOR]


def test_a_heading_folds_a_menu_but_no_text() -> None:
    menu = (Block(BlockKind.BULLET, "Mastodon", 1), Block(BlockKind.BULLET, "https://river.example/feed", 1))
    assert folds(*menu, title="Follow us") == [PAGE_FURNITURE, PAGE_FURNITURE]
    assert folds(*menu, TALK, title="Follow us")[2] is None
    assert folds(TALK, title="Share this") == [None]


def test_a_button_is_furniture_and_a_word_in_a_list_is_none() -> None:
    assert folds(TALK, paragraph("Share")) == [None, PAGE_FURNITURE]
    assert folds(TALK, Block(BlockKind.BULLET, "Share", 1)) == [None, None]


def test_a_list_goes_with_the_line_above_it() -> None:
    items = [Block(BlockKind.BULLET, name, 1) for name in ("Gravel & Sons", "Sieve Ltd.")]
    assert folds(TALK, paragraph("Sponsors:"), *items, TALK) == [None, SPONSOR, SPONSOR, SPONSOR, None]


def test_an_advertisement_in_speech_ends_with_the_break() -> None:
    ad = [paragraph(text, "Ann Lee") for text in ("It's now time for sponsored news!", "Sieves are on sale.")]
    talk = paragraph("And now the weather.", "Ann Lee")
    assert folds(talk, *ad, paragraph("Break:"), talk) == [None, SPONSOR, SPONSOR, SPONSOR, None]
    assert folds(talk, *ad, talk) == [None, SPONSOR, None, None]


def test_what_somebody_says_is_no_furniture() -> None:
    assert folds(paragraph("Thanks for listening!", "Ann Lee"), TALK) == [None, None]


def test_nothing_is_folded_where_all_would_be() -> None:
    sections = (Section(0, 1, "Sponsors", (paragraph("Gravel & Sons"),)),)
    assert folded(sections) == sections


def test_folds_of_readers_stay() -> None:
    transcript = Block(BlockKind.PARAGRAPH, "Sponsored by nobody, he says.", fold="transcript")
    assert folds(TALK, transcript) == [None, "transcript"]


def test_an_episode_is_read_with_its_folds() -> None:
    text = (
        "# Rivers\n\n## Floods\n\nGravel keeps a record.\n\n## Sponsors\n\n- [Sieve](https://sieve.example)\n"
    )
    episode = episode_from_bytes(text.encode(), Path("rivers.md"))
    assert [block.fold for section in episode.sections for block in section.blocks] == [None, SPONSOR]


TEXTS = st.sampled_from(
    ["Sponsors:", "Break:", "Share", "Thanks for listening!", "time for sponsored news", "[ad]", "Words.", ""]
) | st.text(max_size=60)


@given(st.lists(st.tuples(TEXTS, st.lists(TEXTS, max_size=5)), min_size=1, max_size=5))
def test_only_folds_are_changed(drafts: list[tuple[str, list[str]]]) -> None:
    sections = tuple(
        Section(ordinal, 1, title, tuple(paragraph(text) for text in texts))
        for ordinal, (title, texts) in enumerate(drafts)
    )
    after = folded(sections)
    assert [(section.title, [block.text for block in section.blocks]) for section in after] == drafts
    shown = [block for section in after for block in section.blocks if block.text and not block.fold]
    assert shown or not any(text for _, texts in drafts for text in texts) or after == sections
    assert folded(after) == after
