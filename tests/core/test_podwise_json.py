import json
from pathlib import Path

from tui.core.episode import Episode
from tui.core.reading import episode_from_bytes

SUMMARY = {
    "summary": "Mud keeps everything.\n\nIt gives little back.",
    "takeaways": ["Mud is slow.", "Slow things remember."],
    "chapters": [
        {"time": "00:00", "title": "The causeway", "summary": "They walk out.", "has_ads": False},
        {"time": "12:30", "title": "A word from us", "summary": "Boots are sold.", "has_ads": True},
    ],
    "qas": [
        {
            "question": "How old is it?",
            "answer": "Nobody knows.",
            "question_speaker": "Ole Krog",
            "answer_speaker": "Ida Brandt",
        }
    ],
    "highlights": [{"time": "03:05", "content": "A spoonful at a time."}],
    "keywords": [{"key": "Silt", "desc": "What a river carries."}],
    "mindmap": "# Mud\n## Slow\n- old",
    "titles": ["On mud"],
    "episode": {
        "title": "The memory of mud",
        "podcastName": "Low Water",
        "publishTime": 1782432000,
        "link": "https://example.org/mud",
        "duration": 3600,
        "language": "en",
    },
}


def read(value: object, name: str = "8320330_summary.json") -> Episode:
    return episode_from_bytes(json.dumps(value).encode(), Path(name))


def test_its_parts_are_sections() -> None:
    episode = read(SUMMARY)
    assert episode.format == "podwise-json"
    assert [(section.level, section.title, section.start_s) for section in episode.sections] == [
        (1, "Summary", None),
        (1, "Takeaways", None),
        (1, "Chapters", None),
        (2, "The causeway", 0),
        (2, "A word from us [ad]", 750),
        (1, "Q&A", None),
        (1, "Highlights", None),
        (1, "Keywords", None),
        (1, "Mind map", None),
        (1, "Titles", None),
    ]
    asked, answered = episode.sections[5].blocks
    assert (asked.speaker, answered.speaker, answered.text) == ("Ole Krog", "Ida Brandt", "Nobody knows.")
    assert [(block.text, block.start_s) for block in episode.sections[6].blocks] == [
        ("A spoonful at a time.", 185)
    ]
    assert episode.sections[7].text == "Silt: What a river carries."
    assert [(block.depth, block.text) for block in episode.sections[8].blocks] == [
        (1, "Mud"),
        (2, "Slow"),
        (1, "old"),
    ]


def test_its_episode_is_what_it_is_about() -> None:
    episode = read(SUMMARY)
    assert (episode.title, episode.show, episode.date) == ("The memory of mud", "Low Water", "2026-06-26")
    assert (episode.url, episode.duration_s, episode.language) == ("https://example.org/mud", 3600, "en")


def test_dates_that_are_none_are_left_out() -> None:
    for moment in (1e300, -1e300, "soon", None, True):
        assert read({**SUMMARY, "episode": {"publishTime": moment}}).date is None


def test_a_summary_alone_is_somebody_elses() -> None:
    assert read({"summary": "Mud.", "title": "Mud"}).format == "text"


def test_odd_values_do_no_harm() -> None:
    odd = {name: [1, None, {"time": [], "title": 3}, ["x"]] for name in SUMMARY} | {"summary": "Mud."}
    assert read(odd).format == "podwise-json"
