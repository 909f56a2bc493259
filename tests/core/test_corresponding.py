"""From a place in one text of an episode to the same in another."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.making import episode, paragraph, section
from tui.core.corresponding import corresponding
from tui.core.episode import Episode, Place, Section

SPOKEN = episode(
    section(
        0, "0:00", *(paragraph("word " * 20, start_s=second * 10.0) for second in range(30)), start_s=0.0
    ),
    section(1, "5:00", *(paragraph("word " * 20, start_s=300 + second * 10.0) for second in range(30))),
)
CHAPTERS = episode(*(section(number, f"Part {number}", start_s=number * 120.0) for number in range(5)))
SUMMARY = episode(
    section(0, "Silt", "word " * 50),
    section(1, "Tides", "word " * 10, "word " * 80, "word " * 10),
    section(2, "Silt", "word " * 50),
)
NOTES = episode(
    section(0, "About", "x " * 300), section(1, "TIDES:", "a b", "c d"), section(2, "Ships", "e f")
)


def test_the_top_is_the_top() -> None:
    assert corresponding(SUMMARY, Place(), SPOKEN) == Place()


def test_times_lead_to_what_is_said_then() -> None:
    assert corresponding(CHAPTERS, Place(2, -1), SPOKEN) == Place(0, 24)
    assert corresponding(SPOKEN, Place(0, 24), CHAPTERS) == Place(2, -1)
    assert corresponding(SPOKEN, Place(1, 11, 30), CHAPTERS) == Place(3, -1)
    assert corresponding(SPOKEN, Place(1, 29, 3), CHAPTERS) == Place(4, -1)


def test_between_two_times_the_share_of_the_text_counts() -> None:
    timed = episode(
        section(0, "Silt", "word " * 40, "word " * 40, "word " * 40, start_s=0.0),
        section(1, "Tides", "word " * 40, start_s=300.0),
    )
    assert corresponding(SPOKEN, Place(0, 16), timed) == Place(0, 1)
    assert corresponding(timed, Place(0, 2), SPOKEN) == Place(0, 20)


def test_the_same_heading_leads_to_its_section() -> None:
    assert corresponding(SUMMARY, Place(1, -1), NOTES) == Place(1, -1)
    assert corresponding(SUMMARY, Place(1, 2), NOTES) == Place(1, 1)
    assert corresponding(NOTES, Place(1, 0), SUMMARY) == Place(1, -1)


def test_of_headings_that_repeat_the_same_one_is_meant() -> None:
    again = episode(section(0, "Silt", "a"), section(1, "More", "b"), section(2, "Silt", "c"))
    assert corresponding(SUMMARY, Place(2, -1), again) == Place(2, -1)


def test_else_the_share_of_the_text_counts() -> None:
    plain = episode(section(0, "", *("word " * 10 for _ in range(10))))
    assert corresponding(SUMMARY, Place(2, 0), plain) == Place(0, 7)


@pytest.mark.parametrize("start_s", [float("nan"), float("inf"), -1.0])
def test_what_is_no_time_is_passed_over(start_s: float) -> None:
    odd = episode(section(0, "A", paragraph("word", start_s=start_s), "more", start_s=start_s))
    assert corresponding(SPOKEN, Place(1, 3), odd).section == 0
    assert corresponding(odd, Place(0, 1), SPOKEN).section in (0, 1)


TIMES = st.none() | st.floats(allow_nan=True)
SECTIONS = st.lists(
    st.tuples(
        st.sampled_from(["", "A", "B", "C"]),
        TIMES,
        st.lists(st.tuples(st.text(max_size=30), TIMES), max_size=4),
    ),
    min_size=1,
    max_size=5,
)


def made(sections: list[tuple[str, float | None, list[tuple[str, float | None]]]]) -> Episode:
    return episode(
        *(
            section(
                ordinal, title, *(paragraph(text, start_s=time) for text, time in blocks), start_s=start_s
            )
            for ordinal, (title, start_s, blocks) in enumerate(sections)
        )
    )


def places(shown: Episode) -> list[Place]:
    def inside(one: Section) -> list[Place]:
        return [
            Place(one.ordinal, -1),
            *(Place(one.ordinal, block) for block in range(max(len(one.blocks), 1))),
        ]

    return [Place(), *(place for one in shown.sections for place in inside(one))]


@given(SECTIONS, SECTIONS)
def test_every_place_has_its_place(
    one: list[tuple[str, float | None, list[tuple[str, float | None]]]],
    other: list[tuple[str, float | None, list[tuple[str, float | None]]]],
) -> None:
    here, there = made(one), made(other)
    known = set(places(there))
    for place in places(here):
        assert corresponding(here, place, there) in known
        end = Place(place.section, place.block, 30)
        assert corresponding(here, end, there) in known
