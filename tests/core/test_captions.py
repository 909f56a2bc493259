import re
from functools import partial
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.core.counting import calls
from tui.core.episode import Block, Episode
from tui.core.reading import episode_from_bytes


def read(text: str, name: str = "talk.srt", *, truncated: bool = False) -> Episode:
    return episode_from_bytes(text.encode(), Path(name), truncated=truncated)


def blocks(episode: Episode) -> list[Block]:
    return [block for section in episode.sections for block in section.blocks]


def texts(episode: Episode) -> list[str]:
    return [block.text for block in blocks(episode)]


def turns(episode: Episode) -> list[tuple[str | None, str]]:
    return [(block.speaker, block.text) for block in blocks(episode)]


def stamp(milliseconds: int, mark: str = ",") -> str:
    seconds, rest = divmod(milliseconds, 1000)
    return f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}{mark}{rest:03}"


def srt(*cues: str, every: int = 3000, lasting: int = 2900) -> str:
    return "\n".join(
        f"{index + 1}\n{stamp(index * every)} --> {stamp(index * every + lasting)}\n{cue}\n"
        for index, cue in enumerate(cues)
    )


def test_sentences_cut_over_cues_are_joined() -> None:
    episode = read(srt("The tide comes in twice", "a day, and so do\nthe boats.", "Nobody waits."))
    assert episode.format == "captions"
    assert texts(episode) == ["The tide comes in twice a day, and so do the boats. Nobody waits."]
    assert blocks(episode)[0].start_s == 0


def test_a_long_silence_ends_a_paragraph() -> None:
    text = srt("The first thing is said.") + "\n2\n00:00:09,000 --> 00:00:10,500\nThe second much later.\n"
    assert [(block.start_s, block.text) for block in blocks(read(text))] == [
        (0, "The first thing is said."),
        (9, "The second much later."),
    ]


def test_paragraphs_end_with_a_sentence_at_a_readable_length() -> None:
    episode = read(srt(*["Every river carries its hills down to", "the sea. A spoonful at a time, and"] * 60))
    assert all(500 < len(text) < 900 for text in texts(episode)[:-1])
    assert all(text.endswith("sea.") for text in texts(episode)[:-1])


def test_text_without_stops_is_broken_too() -> None:
    episode = read(srt(*(f"and then we went on {n} times without a stop" for n in range(100))))
    assert max(map(len, texts(episode))) <= 1600
    assert len(texts(episode)) > 2


def test_names_at_a_cues_beginning_are_speakers_until_the_next() -> None:
    episode = read(
        srt(
            "Ida Brandt: Welcome to the\nmudflats.",
            "Mind the",
            "edge.",
            "Ole Krog: Thank you.",
            "Ida Brandt: Look: this is\nthe old line.",
            "Ole Krog: Of what?",
        )
    )
    assert turns(episode) == [
        ("Ida Brandt", "Welcome to the mudflats. Mind the edge."),
        ("Ole Krog", "Thank you."),
        ("Ida Brandt", "Look: this is the old line."),
        ("Ole Krog", "Of what?"),
    ]
    assert episode.people == ("Ida Brandt", "Ole Krog")


def test_somebody_who_speaks_once_is_a_speaker_behind_a_sentence() -> None:
    cues = ["Ida: One.", "Ole: Two.", "Ida: Three.", "Ole: Four.", "Per Holm: I only came to listen."]
    assert turns(read(srt(*cues)))[-1] == ("Per Holm", "I only came to listen.")


def test_colons_in_speech_name_nobody() -> None:
    episode = read(srt("He said one thing:", "never trust the tide.", "Rule one: wait.", "And then we went."))
    assert {speaker for speaker, _ in turns(episode)} == {None}


@pytest.mark.parametrize(
    "pattern", ["<v {name}>{text}</v>", "<v.loud {name}>{text}", "[{name}] {text}", "[{name}]: {text}",
                ">> {name}: {text}", "&gt;&gt; {name}: {text}", "- {name}: {text}", "{name}: {text}"],
)  # fmt: skip
@pytest.mark.parametrize("head", ["WEBVTT\n\n", ""])
def test_speakers_in_every_form(pattern: str, head: str) -> None:
    said = [("Ida", "One of us."), ("Ole", "Two of us."), ("Ida", "Still two."), ("Ole", "Yes.")] * 2
    episode = read(head + srt(*(pattern.format(name=name, text=text) for name, text in said)))
    assert turns(episode) == said


def test_sounds_in_brackets_are_text() -> None:
    cues = ["[Music]", "Hello there.", "[Music]", "And again.", "[Applause] Thanks.", "[Music]"]
    assert {speaker for speaker, _ in turns(read(srt(*cues)))} == {None}
    assert " ".join(texts(read(srt(*cues)))) == " ".join(cues)


def test_turns_without_names_are_nobodys() -> None:
    assert turns(read(srt(">> Who was first?", "In the boat?", ">> I was.", ">> No, me. >> Me!"))) == [
        (None, "Who was first? In the boat?"),
        (None, "I was."),
        (None, "No, me."),
        (None, "Me!"),
    ]


@pytest.mark.parametrize("dash", ["- ", "-", "– "])
def test_one_exchange_in_a_file_is_two_turns(dash: str) -> None:
    text = (
        "1\n00:00:01,000 --> 00:00:04,000\n<i>We went out on the ice</i>\nto the second hut.\n\n"
        f"2\n00:00:04,500 --> 00:00:08,000\n{dash}Was it cold\nout there?\n{dash}Not at all.\n\n"
        "3\n00:00:08,500 --> 00:00:12,000\nA well-made hut keeps warm.\n"
    )
    said = [block.text for section in read(text).sections for block in section.blocks]
    assert said == [
        "We went out on the ice to the second hut.",
        "Was it cold out there?",
        "Not at all. A well-made hut keeps warm.",
    ]


def test_a_single_dash_opens_no_turn() -> None:
    text = (
        "1\n00:00:01,000 --> 00:00:04,000\nThe hut stood there\n- or what was left of it.\n\n"
        "2\n00:00:04,500 --> 00:00:08,000\n- so they said - for years.\n"
    )
    said = [block.text for section in read(text).sections for block in section.blocks]
    assert said == ["The hut stood there - or what was left of it. - so they said - for years."]


def test_two_people_in_one_cue_begin_with_dashes() -> None:
    cues = ["- Is it far?\n- Not very.", "- Good.", "Then we walk."]
    assert texts(read(srt(*cues))) == ["Is it far?", "Not very.", "Good. Then we walk."]


WEBVTT = """\
WEBVTT Low Water, the third walk
Kind: captions
Language: en-GB

STYLE
::cue { color: yellow }

NOTE
Made by hand.
On two lines.

REGION
id:below

intro
00:01.500 --> 00:03.000 align:start position:0%
<v Ida Brandt><i>Mud</i> keeps &amp; tells.</v>

00:00:03.000 --> 00:00:05.000
<c.yellow>It has</c> <00:00:04.000><c>time.</c>

NOTE Confidence: 0.9

one more
00:05.000 --> 00:06.000
<ruby>潮<rt>shio</rt></ruby>&nbsp;tide &lt;or&gt; so
"""


def test_webvtt_with_everything_in_it() -> None:
    episode = read(WEBVTT, "walk.vtt")
    assert turns(episode) == [("Ida Brandt", "Mud keeps & tells. It has time. 潮shio tide <or> so")]
    assert (episode.title, episode.language) == ("Low Water, the third walk", "en")
    assert blocks(episode)[0].start_s == 1.5


def test_a_language_in_a_note_is_read() -> None:
    note = 'WEBVTT\n\nNOTE duration:"00:00:05"\n\nNOTE language:de-de\n\n00:00.000 --> 00:02.000\nJa.\n'
    assert read(note, "a.vtt").language == "de"


ROLLING = """\
WEBVTT
Kind: captions
Language: en

00:00:00.480 --> 00:00:02.389 align:start position:0%

mud<00:00:00.720><c> remembers</c><00:00:01.000><c> all</c>

00:00:02.389 --> 00:00:02.399 align:start position:0%
mud remembers all
\x20

00:00:02.399 --> 00:00:04.000 align:start position:0%
mud remembers all
that<00:00:02.700><c> ever</c><00:00:03.000><c> fell</c>

00:00:04.000 --> 00:00:04.010 align:start position:0%
that ever fell
\x20

00:00:04.010 --> 00:00:06.000 align:start position:0%
that ever fell
on<00:00:04.400><c> it</c><00:00:05.000><c> fell</c>

00:00:06.000 --> 00:00:06.010 align:start position:0%
on it fell
\x20
"""


def test_words_that_roll_over_the_screen_come_once() -> None:
    assert texts(read(ROLLING, "mud.vtt")) == ["mud remembers all that ever fell on it fell"]


def test_lines_that_scroll_come_once() -> None:
    lines = [f"line number {word}" for word in ("one", "two", "three", "four", "five", "six")]
    cues = ["\n".join(lines[max(0, index - 2) : index + 1]) for index in range(len(lines))]
    assert texts(read(srt(*cues))) == [" ".join(lines)]


def test_captions_that_grow_by_a_word_come_once() -> None:
    words = ["so", "today", "we", "walk", "out", "to", "the", "old", "line", "of", "posts"]
    assert texts(read(srt(*(" ".join(words[: end + 1]) for end in range(len(words)))))) == [" ".join(words)]


def test_words_said_twice_are_said_twice() -> None:
    assert texts(read(srt("very", "very", "far", "out", "there", "very"))) == ["very very far out there very"]


def test_karaoke_codes_are_no_text() -> None:
    cues = [r"{\c&HFFF000&}So", r"{\an8}this\Nis", r"{\k20}<font color='#fff'>it</font>."]
    assert texts(read(srt(*cues))) == ["So this is it."]


BROKEN = {
    "no numbers": "00:00:01,000 --> 00:00:02,000\nOne.\n\n00:00:02,000 --> 00:00:03,000\nTwo.\n",
    "points": "1\n00:00:01.000 --> 00:00:02.000\nOne.\n\n2\n00:00:02.000 --> 00:00:03.000\nTwo.\n",
    "no blank lines": "1\n00:00:01,000 --> 00:00:02,000\nOne.\n2\n00:00:02,000 --> 00:00:03,000\nTwo.\n",
    "blank lines": "1\n\n00:00:01,0 --> 00:00:02,0\n\nOne.\n\n\n2\n\n00:00:02,0 --> 00:00:03,0\n\nTwo.\n",
    "no hours": "1\n00:01,000 --> 00:02,000\nOne.\n\n2\n0:02,000 -> 0:03,000\nTwo.\n",
    "no ends": "1\n00:00:01,000 -->\nOne.\n\n2\n00:00:02,000 -->\nTwo.\n",
    "carriage returns": "1\r\n00:00:01 --> 00:00:02\r\nOne.\r\n\r\n2\r\n00:00:02 --> 00:00:03\r\nTwo.\r\n",
    "youtube": "0:00:01.000,0:00:02.000\nOne.\n\n0:00:02.000,0:00:03.000\nTwo.\n",
}


@pytest.mark.parametrize("text", BROKEN.values(), ids=BROKEN)
def test_broken_files_are_read(text: str) -> None:
    episode = read(text)
    assert (episode.format, texts(episode), blocks(episode)[0].start_s) == ("captions", ["One. Two."], 1)


def test_numbers_that_are_said_stay() -> None:
    assert texts(read(srt("It was in", "1984", "or 1985."))) == ["It was in 1984 or 1985."]


def test_text_above_the_first_cue_stays() -> None:
    assert texts(read("Made by hand\n\n" + srt("One.")))[0].startswith("Made by hand")


def test_captions_are_known_in_any_file() -> None:
    assert read(srt("One.", "Two."), "notes.txt").format == "captions"
    article = "An arrow --> is no time.\n\n" + "\n\n".join(
        f"It began at 0:{n:02} and ended." for n in range(9)
    )
    assert read(article, "notes.txt").format != "captions"


def test_captions_without_their_times_lose_what_is_left_of_their_head() -> None:
    episode = read("Kind: captions Language: da Der er ikke noget så sejt som mudder. Det husker.", "a.txt")
    assert texts(episode) == ["Der er ikke noget så sejt som mudder. Det husker."]
    assert (episode.format, episode.language) == ("captions", "da")


def test_their_head_goes_in_markdown_too() -> None:
    text = "# Mud\n\nKind: captions Language: en Mud is slow, and it remembers.\n"
    assert texts(read(text, "mud.md")) == ["Mud is slow, and it remembers."]


def test_long_captions_are_parted_at_their_silences() -> None:
    cues = []
    for minute in range(30):
        begin = minute * 60_000
        pause = 6_000 if minute % 5 == 4 else 0
        cues += [
            f"{stamp(begin + n * 5_000)} --> {stamp(begin + n * 5_000 + 4_900 - (pause if n == 11 else 0))}\n"
            f"Sentence number {n} of minute {minute}.\n"
            for n in range(12)
        ]
    episode = read("\n".join(cues))
    assert [section.title for section in episode.sections] == [
        "0:00", "5:00", "10:00", "15:00", "20:00", "25:00",
    ]  # fmt: skip


def long_captions(cues: int) -> str:
    said = ("Ida: and so it went on,", "for a long while.", "Ole: Then it", "stopped. And began")
    return srt(*(f"{said[n % 4]} {n}" for n in range(cues)))


@pytest.mark.parametrize("share", [0.37, 0.5, 0.77])
def test_a_head_is_read_like_the_whole(share: float) -> None:
    text = long_captions(3000)
    whole, head = read(text), read(text[: int(len(text) * share)], truncated=True)
    assert head.format == whole.format
    assert len(head.sections) > 3
    assert head.sections[:-1] == whole.sections[: len(head.sections) - 1]


def test_reading_takes_linear_time() -> None:
    few, many = (calls(partial(read, long_captions(count))) for count in (1_000, 8_000))
    assert many <= 9 * few


CUE_TEXTS = st.lists(
    st.lists(st.from_regex(r"[a-zA-Zæøå0-9]{1,8}[,.?!]?", fullmatch=True), min_size=1, max_size=8).map(
        " ".join
    ),
    min_size=1,
    max_size=30,
)


@given(CUE_TEXTS)
def test_no_word_is_lost(cues: list[str]) -> None:
    text = "\n".join(
        f"{index + 1}\n{stamp(index * 3000)} --> {stamp(index * 3000 + 2000)}\nx{index} {cue}\n"
        for index, cue in enumerate(cues)
    )
    shown = " ".join(f"{block.speaker or ''} {block.text}" for block in blocks(read(text)))
    expected = " ".join(f"x{index} {cue}" for index, cue in enumerate(cues))
    assert re.findall(r"\w+", shown) == re.findall(r"\w+", expected)


@given(st.text(alphabet="0123456789:,.->< \n\tWEBVT[]{}\\&;aé字", max_size=300))
def test_no_text_does_any_harm(text: str) -> None:
    read("WEBVTT\n\n" + text, "a.vtt")
    read(srt("One.") + text)


def test_the_real_ones_have_their_speakers(shared: Path) -> None:
    folder = shared / "corpus" / "virtual-coffee-srt" / "episodes"
    for path in sorted(folder.glob("*.srt")):
        source = path.read_text("utf-8-sig")
        labels = re.findall(r"^([A-Z]\w+(?: [A-Z]\w+){0,2}): ", source, re.M)
        episode = episode_from_bytes(path.read_bytes(), path)
        speakers = {block.speaker for block in blocks(episode)}
        common = {label for label in labels if labels.count(label) > 1}
        assert common <= speakers, path.name
        assert None not in speakers, path.name
        cue_words = re.findall(r"\w+", re.sub(r"^\d+$|^.*-->.*$", "", source, flags=re.M))
        shown = " ".join(texts(episode))
        assert (
            len(re.findall(r"\w+", shown)) >= len(cue_words) - sum(len(label.split()) for label in labels) - 9
        )


def test_the_first_words_below_a_line_with_a_blank_are_kept() -> None:
    rolled = (
        "WEBVTT\nKind: captions\nLanguage: en\n\n"
        "00:00:00.000 --> 00:00:02.000 align:start position:0%\n \nthe<00:00:00.480><c> river</c>\n\n"
        "00:00:02.000 --> 00:00:02.010 align:start position:0%\nthe river\n \n\n"
        "00:00:02.010 --> 00:00:04.000 align:start position:0%\n"
        "the river\nfroze<00:00:03.000><c> over</c>\n\n"
        "00:00:04.000 --> 00:00:04.010 align:start position:0%\nfroze over\n \n\n"
    )
    episode = episode_from_bytes(rolled.encode(), Path("talk.en.vtt"))
    assert [block.text for block in episode.sections[0].blocks] == ["the river froze over"]
