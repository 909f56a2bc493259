from functools import partial
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.core.counting import calls
from tui.core.episode import Block, Episode
from tui.core.reading import episode_from_bytes


def read(text: str, name: str = "walk.txt", *, truncated: bool = False) -> Episode:
    return episode_from_bytes(text.encode(), Path(name), truncated=truncated)


def blocks(episode: Episode) -> list[Block]:
    return [block for section in episode.sections for block in section.blocks]


TURNS = [
    (
        ("Ida Brandt", "Ole Krog")[index % 2],
        f"I say this in turn {index}, [laughs] as it is.",
        index * 37,
    )
    for index in range(12)
]


def clock(seconds: int) -> str:
    return f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}"


def transcript(pattern: str) -> str:
    return "".join(
        pattern.format(
            name=name,
            upper=name.upper(),
            text=text,
            time=clock(start_s),
            short=clock(start_s)[4:],
            seconds=start_s,
            number=index % 2,
            role="QA"[index % 2],
            han=("李明", "王芳")[index % 2],
        )
        for index, (name, text, start_s) in enumerate(TURNS)
    )


NAMED = {
    "name and colon": "{name}: {text}\n\n",
    "name above": "{name}:\n\n{text}\n\n",
    "bold": "**{name}:** {text}\n\n",
    "bold, colon outside": "**{name}**: {text}\n\n",
    "capitals": "{upper}: {text}\n\n",
    "in brackets": "[{name}]: {text}\n\n",
    "numbered voices": "Speaker {number}: {text}\n\n",
    "voices of programs": "SPEAKER_0{number}: {text}\n\n",
    "questions and answers": "{role}: {text}\n\n",
    "chinese": "{han}：{text}\n\n",
    "a list": "- {name}: {text}\n",
    "a bold list": "- **{name}:** {text}\n",
}
TIMED = {
    "name (time):": "{name} ({time}):\n{text}\n\n",
    "name: time": "{name}: {time}\n\n{text}\n\n",
    "name (seconds):": "{number} ({seconds}s):\n{text}\n\n",
    "name  time": "{name}  {short}\n{text}\n\n",
    "name [time]:": "{name} [{time}]: {text}\n\n",
    "name [time] above": "{name} [{time}]\n{text}\n\n",
    "name (time) text": "{name} ({time}) {text}\n\n",
    "name | time": "{name} | {time}\n{text}\n\n",
    "name (from - to):": "{name} ({time} - 09:59:59):\n{text}\n\n",
    "[time] name:": "[{time}] {name}: {text}\n\n",
    "[time] - name:": "[{time}] - {name}: {text}\n\n",
    "[time] - name: in lines": "[{time}] - {name}: {text}\n",
    "[from --> to] name:": "[{time}.000 --> 09:59:59.000]  {name}: {text}\n",
    "(time) name:": "({time}) {name}: {text}\n\n",
    "time above": "{time}\n{name}: {text}\n\n",
    "name, time, text": "{name}\n{time}\n{text}\n\n",
    "name, (time) text": "{name}\n({time}) {text}\n\n",
    "bold (time):": "**{name}** ({time}): {text}\n\n",
    "bold [time]": "**{name}:** \\[{time}\\] {text}\n\n",
    "bold, time in italics": "**{name}** *{time}*\n{text}\n\n",
    "bold - time": "**{name}** - {time}\n\n{text}\n\n",
}


@pytest.mark.parametrize("name", ["walk.txt", "walk.md"])
@pytest.mark.parametrize("pattern", [*NAMED.values(), *TIMED.values()], ids=[*NAMED, *TIMED])
def test_speakers_in_every_form(pattern: str, name: str) -> None:
    episode = read(transcript(pattern), name)
    assert [block.text for block in blocks(episode)] == [text for _, text, _ in TURNS]
    speakers = [block.speaker for block in blocks(episode)]
    assert len(set(speakers)) == 2
    assert None not in speakers
    assert speakers == speakers[:2] * 6
    timed = [block.start_s for block in blocks(episode)]
    assert timed == [start_s if pattern in TIMED.values() else None for _, _, start_s in TURNS]
    if "{name}" in pattern:
        assert episode.people == ("Ida Brandt", "Ole Krog")


@pytest.mark.parametrize("pattern", [">> {name}: {text}\n", ">> {upper}: {text}\n\n"])
def test_arrows_before_names(pattern: str) -> None:
    assert {block.speaker for block in blocks(read(transcript(pattern)))} in (
        {"Ida Brandt", "Ole Krog"},
        {"IDA BRANDT", "OLE KROG"},
    )


@pytest.mark.parametrize(
    "pattern", ["[{time}]  {text}\n", "[{time}.000 --> 09:59:59.000]  {text}\n", "{time}\n{text}\n"]
)
def test_times_alone(pattern: str) -> None:
    found = blocks(read(transcript(pattern)))
    assert [(block.start_s, block.text) for block in found] == [(start_s, text) for _, text, start_s in TURNS]


def test_a_transcript_in_text_is_called_one() -> None:
    assert read(transcript("{name}: {text}\n\n")).format == "transcript"
    assert read("So it was. " * 400, "walk transcript.txt").format == "transcript"


def test_who_speaks_late_is_a_speaker_too() -> None:
    early = transcript("{name}: {text}\n\n") * 60
    late = "Per Holm: I came late.\n\nIda Brandt: Welcome.\n\nOne more thing: no.\n\nSpeaker 3: Who?\n\n"
    last = blocks(read(early + late))[-4:]
    assert [(block.speaker, block.text) for block in last] == [
        ("Per Holm", "I came late."),
        ("Ida Brandt", "Welcome."),
        ("Ida Brandt", "One more thing: no."),
        ("Speaker 3", "Who?"),
    ]


def test_names_that_are_mentioned_are_no_speakers() -> None:
    named = "Per Holm: that is a name I knew.\n\n[Ole Holm](https://a.org): too.\n"
    text = transcript("**{name}:** {text}\n\n") + named
    assert [block.speaker for block in blocks(read(text, "walk.md"))[-2:]] == ["Ole Krog", "Ole Krog"]


def test_what_a_label_says_in_brackets_is_kept_once() -> None:
    text = "Ida Brandt (IB): First.\n\nOle Krog (host): Yes.\n\n" + transcript("{name} (IB): {text}\n\n")
    shown = [block.text for block in blocks(read(text))]
    assert shown[:2] == ["(IB) First.", "(host) Yes."]
    assert shown[2] == TURNS[0][1]


def test_breaks_are_nobodys() -> None:
    text = transcript("**{name}:** {text}\n\n") + "**Break**: \\[25:07\\]\n\n**Ida Brandt:** On we go.\n"
    pause, after = blocks(read(text, "walk.md"))[-2:]
    assert (pause.speaker, pause.text) == (None, "Break: [25:07]")
    assert (after.speaker, after.text) == ("Ida Brandt", "On we go.")


def test_questions_and_answers_among_notes_are_turns() -> None:
    notes = "".join(f"Some note number {n} about it all.\n\n" for n in range(60))
    asked = "".join(f"Q: What about {n}?\n\nA: It was {n}.\n\nA note again.\n\n" for n in range(5))
    found = blocks(read(f"# Notes\n\n{notes}## Questions\n\n{asked}", "walk.md"))
    assert [block.speaker for block in found[-3:]] == ["Q", "A", None]
    assert read(asked, "walk.md").people == ()


def test_headings_that_are_names_speak() -> None:
    text = transcript("### {name} ({time})\n\n{text}\n\nAnd more.\n\n")
    found = blocks(read(text, "walk.md"))
    assert [block.speaker for block in found] == [name for name, _, _ in TURNS for _ in range(2)]


def test_headings_of_summaries_do_not_speak() -> None:
    text = "".join(f"## {title}\n\nSome words.\n\n" for title in ("Summary", "Key Takeaways") * 6)
    assert {block.speaker for block in blocks(read(text, "walk.md"))} == {None}


@pytest.mark.parametrize(
    "line",
    ["Claim: it holds.", "Show: Low Water", "Note: wait.", "https://example.org: here", "10:30 we left"],
)
def test_a_few_labels_make_no_transcript(line: str) -> None:
    text = "\n\n".join([line, *(f"Some words about it all, number {n}." for n in range(20)), line])
    assert {block.speaker for block in blocks(read("The mud\n\n" + text))} == {None}


def test_turns_inside_a_text_come_apart() -> None:
    text = "So it began there. >> Was it far? >> Not far, no. >> How far >> then? And so on. " * 8
    found = [block.text for block in blocks(read("A walk\n\n" + text))]
    assert found[:4] == ["So it began there.", "Was it far?", "Not far, no.", "How far"]
    assert found[4] == "then? And so on. So it began there."


def test_dashes_inside_a_long_text_are_turns() -> None:
    text = "It was far - or not. - Was it? - It was, yes, and it took a while to get there. " * 60
    found = [block.text for block in blocks(read("A walk\n\n" + text))]
    assert found[:3] == ["It was far - or not.", "Was it?", found[2]]
    assert found[2].startswith("It was, yes")


def test_a_huge_paragraph_is_broken_at_sentences() -> None:
    text = " ".join(f"This is the sentence with number {n}." for n in range(9000))
    for name in ("my transcript.txt", "walk.md"):
        found = blocks(read(text, name))
        assert all(len(block.text) <= 1500 for block in found)
        assert all(block.text.endswith(".") for block in found)
        assert " ".join(block.text for block in found) == text


def test_a_paragraph_that_can_be_read_stays_whole() -> None:
    text = "This is a sentence of a paragraph. " * 70
    assert blocks(read(f"A walk\n\n{text}\n\nThe end of it.\n"))[0].text == text.strip()


def long_transcript(turns: int) -> str:
    return "".join(
        f"{('Ida', 'Ole')[n % 2]} ({clock(n * 40)}):\nThis is turn {n}, and what is said in it.\n\n"
        for n in range(turns)
    )


@pytest.mark.parametrize("share", [0.5, 0.77])
def test_a_head_is_read_like_the_whole(share: float) -> None:
    text = long_transcript(2000)
    whole, head = read(text), read(text[: int(len(text) * share)], truncated=True)
    assert head.format == whole.format == "transcript"
    assert len(head.sections) > 3
    assert head.sections[:-1] == whole.sections[: len(head.sections) - 1]


def test_reading_takes_linear_time() -> None:
    few, many = (calls(partial(read, long_transcript(count))) for count in (600, 4_800))
    assert many <= 9 * few


WORDS = st.from_regex(r"[a-zA-Zéñ字]{1,7}[.:,]?", fullmatch=True)


@given(st.lists(st.lists(WORDS, min_size=1, max_size=9).map(" ".join), min_size=1, max_size=12))
def test_no_word_of_a_transcript_is_lost(said: list[str]) -> None:
    labels = ("Ida Brandt:", "[0:12] Ole Krog:", "Ida Brandt (0:30):", "(0:40)", "Ole Krog (host):", "")
    text = "".join(f"{labels[n % 6]} x{n} {words}\n\n" for n, words in enumerate(said * 3))
    episode = read("The walk of mud\n\n" + text)
    shown = " ".join(f"{section.title} {section.text}" for section in episode.sections)
    spoken = " ".join(f"{block.speaker or ''} {block.text}" for block in blocks(episode))
    for n, words in enumerate(said * 3):
        assert f"x{n}" in shown
        assert all(word in spoken or word in shown for word in words.split())
