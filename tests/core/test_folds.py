from hypothesis import given
from hypothesis import strategies as st

from tests.making import episode, paragraph, section
from tui.core.episode import Block, BlockKind, Episode, Place
from tui.core.folds import Fold, Folds, FoldState
from tui.core.speakers import Speaker, speaker_names, speakers
from tui.core.stretches import sentence_at

INTERVIEW = episode(
    section(0, "Summary", "Two people talk of silt.", paragraph("Buy rope.", fold="sponsor")),
    section(
        1,
        "Talk",
        paragraph("Who pays?", speaker="Host"),
        paragraph("Nobody pays.", speaker="Ida"),
        paragraph("They never did.", speaker="Ida"),
        paragraph("And you?", speaker="Host"),
        paragraph("I dig.", speaker="Omar"),
        Block(BlockKind.RULE, ""),
        paragraph("I measure.", speaker="Ida"),
    ),
    section(2, "Ida alone", "She goes on.", speaker="Ida"),
    section(3, "Omar’s part", "He goes on.", part="Omar"),
    people=("Ida", "Omar"),
)


def labels(folds: Folds) -> list[str]:
    return [fold.label for fold in folds.all]


def test_neighbours_of_one_name_are_one_fold() -> None:
    blocks: list[Block | str] = [
        paragraph("a b", fold="sponsor"),
        paragraph("c", fold="sponsor"),
        paragraph("d", fold="transcript"),
        "shown",
        paragraph("e", fold="sponsor"),
    ]
    folds = Folds(episode(section(0, "S", *blocks)))
    assert list(folds.all) == [
        Fold(0, 0, 2, "sponsor", "Sponsor", 3),
        Fold(0, 2, 3, "transcript", "Transcript", 1),
        Fold(0, 4, 5, "sponsor", "Sponsor", 1),
    ]


def test_one_speaker_leaves_the_others_folded_in_runs() -> None:
    folds = Folds(INTERVIEW, FoldState(only="Ida"))
    assert labels(folds) == ["Other text", "Sponsor", "Host", "Host, Omar", "Omar"]
    assert [(fold.section, fold.start, fold.end) for fold in folds.all] == [
        (0, 0, 1),
        (0, 1, 2),
        (1, 0, 1),
        (1, 3, 6),
        (3, 0, 1),
    ]


def test_a_transcript_opens_for_one_speakers_words_and_a_sponsor_does_not() -> None:
    blocks = [
        paragraph("One.", speaker="Ida", fold="transcript"),
        paragraph("Two.", speaker="Host", fold="transcript"),
        paragraph("Buy.", speaker="Ida", fold="sponsor"),
        paragraph("Whose?", fold="transcript"),
    ]
    folds = Folds(episode(section(0, "S", *blocks)), FoldState(only="Ida"))
    assert labels(folds) == ["Host", "Sponsor", "Transcript"]


def test_many_names_are_cut_and_names_are_written_as_they_are() -> None:
    blocks = [paragraph("One.", speaker=name) for name in ("van Dam", "b", "c", "d", "me")]
    assert labels(Folds(episode(section(0, "S", *blocks)), FoldState(only="me"))) == ["van Dam, b, c, …"]


def test_what_is_shown_counts() -> None:
    state = FoldState()
    folds = Folds(INTERVIEW, state)
    assert folds.words_before(1) == 5
    sponsor = next(folds.all)
    folds.set_open([sponsor], is_open=True)
    assert folds.words_before(1) == 7
    assert folds.words_before_block(0, 1) == 5
    assert Folds(INTERVIEW, state).is_open(sponsor)
    folds.set_open([sponsor], is_open=False)
    assert folds.words_before_block(0, 2) == 5


def test_what_is_shown_is_walked_through_without_the_folds() -> None:
    folds = Folds(INTERVIEW, FoldState(only="Ida"))
    found = sentence_at(folds.shown, Place(0, 0, 0))
    assert found is not None
    assert found.start == Place(1, 1, 0)
    assert Folds(episode(section(0, "S", "x"))).shown.sections[0].text == "x"


def test_who_speaks_and_how_much() -> None:
    assert speaker_names(INTERVIEW) == ("Host", "Ida", "Omar")
    assert speakers(INTERVIEW) == (Speaker("Host", 4, 2), Speaker("Ida", 10, 2), Speaker("Omar", 5, 2))
    assert speakers(episode(section(0, "S", "Nobody."))) == ()


BLOCKS = st.builds(
    Block,
    st.sampled_from([BlockKind.PARAGRAPH, BlockKind.BULLET, BlockKind.RULE]),
    st.sampled_from(["", "one two", "three. four five", "六七"]),
    speaker=st.sampled_from([None, "Ida", "Omar"]),
    fold=st.sampled_from([None, None, "sponsor", "transcript", ""]),
)
EPISODES = st.lists(
    st.tuples(st.sampled_from(["", "Heading"]), st.lists(BLOCKS, max_size=9)), min_size=1
).map(lambda made: episode(*(section(n, title, *blocks) for n, (title, blocks) in enumerate(made))))


@given(EPISODES, st.sampled_from([None, "Ida", "Nobody"]), st.data())
def test_folds_hold_what_is_not_shown_and_nothing_else(
    whole: Episode, only: str | None, data: st.DataObject
) -> None:
    folds = Folds(whole, FoldState(only))
    found = list(folds.all)
    if found:
        opened = data.draw(st.lists(st.sampled_from(found)))
        folds.set_open(opened, is_open=True)
    words = 0
    for part, shown in zip(whole.sections, folds.shown.sections, strict=True):
        assert folds.words_before(part.ordinal) == words
        for number, block in enumerate(part.blocks):
            place = Place(part.ordinal, number)
            holding = [fold for fold in found if fold.holds(place)]
            assert len(holding) <= 1
            assert folds.at(place) == (holding[0] if holding else None)
            is_shown = folds.closed_at(place) is None
            assert (shown.blocks[number] == block) or not is_shown
            assert is_shown or not shown.blocks[number].text
            assert folds.words_before_block(part.ordinal, number) + folds.words_before(part.ordinal) == words
            words += part.block_words[number] if is_shown else 0
    assert folds.words_before(len(whole.sections)) == words
