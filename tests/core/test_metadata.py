from pathlib import Path

import pytest

from tui.core.episode import Block, BlockKind, Section, Span, SpanKind
from tui.core.formats.draft import Fields
from tui.core.formats.values import guess_language, parse_date, parse_duration, web_address
from tui.core.metadata import Metadata, field_line, metadata, text_fields, title_in_fields
from tui.core.reading import episode_from_bytes
from tui.core.title_facts import show_and_number


def known(fields: Fields, title: str = "T", file_name: str = "t.md", text: str = "") -> Metadata:
    return metadata(fields, title, file_name, (Section(0, 1, "", (Block(BlockKind.PARAGRAPH, text),)),))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2024-05-06", "2024-05-06"),
        ("2024-05-06T07:08:09Z", "2024-05-06"),
        ("2024/5/6", "2024-05-06"),
        ("2024-05", "2024-05"),
        ("2024", "2024"),
        ("November 22, 2025", "2025-11-22"),
        ("22 Nov 2025", "2025-11-22"),
        ("Nov. 2nd, 2025", "2025-11-02"),
        ("Tue, 26 Nov 2024 08:00:00 +0000", "2024-11-26"),
        ("May 2024", "2024-05"),
        ("2025年11月22日", "2025-11-22"),
        ("22. März 2025", "2025-03-22"),
        ("22.11.2025", "2025-11-22"),
        ("23 de abril de 2021", "2021-04-23"),
        ("1er août 2024", "2024-08-01"),
        ("Martian 2024", None),
        ("2024-99-99", None),
        ("12345678", None),
        ("soon", None),
        ("", None),
        ("2024-02-29", "2024-02-29"),
        ("2023-02-29", None),
        ("2024-04-31", None),
    ],
)
def test_dates(text: str, expected: str | None) -> None:
    assert parse_date(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("4:25:13", 15913),
        ("01:06:42", 4002),
        ("12:31", 751),
        ("PT1H2M", 3720),
        ("PT45M10S", 2710),
        ("P0DT30M", 1800),
        ("1h 5min", 3900),
        ("55 minutes", 3300),
        ("90 s", 90),
        ("1 Std. 5 Min", 3900),
        ("约40分钟", 2400),
        ("1小时5分钟", 3900),
        ("55", 3300),
        ("3720", 3720),
        ("12.5", 750),
        ("0", None),
        ("PT", None),
        ("long", None),
        ("", None),
    ],
)
def test_durations(text: str, expected: int | None) -> None:
    assert parse_duration(text) == expected


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"duration_seconds": "55"}, 55),
        ({"episode_duration_minutes": "0"}, None),
        ({"episode_duration_minutes": "178"}, 10680),
        ({"duration": "32:26"}, 1946),
    ],
)
def test_a_bare_number_has_the_unit_of_its_field(fields: Fields, expected: int | None) -> None:
    assert known(fields).duration_s == expected


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Ada Moss: On Rivers | Stream Talk #12", ("Stream Talk", 12)),
        ("On Rivers — Stream Talk Ep. 12", ("Stream Talk", 12)),
        ("Stream Talk #12: On Rivers", ("Stream Talk", 12)),
        ("On Rivers | The Stream Podcast", ("The Stream Podcast", None)),
        ("Ada Moss — Rivers, Mills, and the Art of Waiting (#712)", (None, 712)),
        ("On Rivers | The Stream Podcast (#7)", ("The Stream Podcast", 7)),
        ("On Rivers | Ep. 7", (None, 7)),
        ("On Rivers (2020)", (None, None)),
        ("#393 - Is it over?", (None, 393)),
        ("Episode 7: On Rivers", (None, 7)),
        ("E221｜聊聊河流", (None, 221)),
        ("On Rivers", (None, None)),
        ("Rivers - and how they end", (None, None)),
    ],
)
def test_show_and_number_in_a_title(title: str, expected: tuple[str | None, int | None]) -> None:
    assert show_and_number(title) == expected


@pytest.mark.parametrize("key", ["show", "podcast", "Channel", "podcast_name", "series"])
def test_fields_of_a_show(key: str) -> None:
    assert known({key: "[[Stream Talk]]"}).show == "Stream Talk"


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"video": "https://youtu.be/abc?si=x"}, "https://youtu.be/abc?si=x"),
        ({"source_url": "[watch](https://x.org/a)", "url": "none"}, None),
        ({"video_id": "dQw4w9WgXcQ"}, "https://www.youtube.com/watch?v=dQw4w9WgXcQ"),
        ({"url": "file:///etc/passwd"}, None),
        ({"link": "<https://x.org/a>"}, "https://x.org/a"),
    ],
)
def test_addresses(fields: Fields, expected: str | None) -> None:
    assert known(fields).url == expected


def test_an_address_ends_before_what_closes_it() -> None:
    assert web_address("(see https://x.org/a).") == "https://x.org/a"


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"tags": ("a", "#b", "a")}, ("a", "b")),
        ({"labels": "a, b c"}, ("a", "b c")),
        ({"tags": "#a #b"}, ("a", "b")),
        ({"tags": "", "topics": ("c",)}, ("c",)),
    ],
)
def test_tags(fields: Fields, expected: tuple[str, ...]) -> None:
    assert known(fields).tags == expected


def test_the_file_name_can_tell_the_date() -> None:
    assert known({}, file_name="2024-05-06-on-rivers.md").date == "2024-05-06"
    assert known({"date": "2023"}, file_name="2024-05-06-on-rivers.md").date == "2023"


@pytest.mark.parametrize(
    ("fields", "number"),
    [
        ({"episode": "12"}, 12),
        ({"episode": "On Rivers"}, None),
        ({"episode_number": "#7"}, 7),
        ({"Folge": "Folge 7"}, 7),
        ({"期数": "第12期"}, 12),
        ({"episode": "#0"}, 0),
    ],
)
def test_episode_numbers(fields: Fields, number: int | None) -> None:
    assert known(fields).number == number


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("**Podcast:** Stream Talk", ("podcast", "Stream Talk")),
        ("Speaker(s): Ada Moss", ("speakers", "Ada Moss")),
        ("Owner / Host: Ada Moss", ("owner_host", "Ada Moss")),
        ("author:: [[Ada Moss]]", ("author", "[[Ada Moss]]")),
        ("Video URL: https://x.org", ("video_url", "https://x.org")),
        ("嘉宾：张三、李四", ("嘉宾", "张三、李四")),
        ("作者/来源：张三", ("作者_来源", "张三")),
        ("publishDate: 2024-05-06", ("publish_date", "2024-05-06")),
        ("Moderation: Ada Moss", ("moderation", "Ada Moss")),
        ("From: [[streamtalk]]", ("show", "[[streamtalk]]")),
        ("From: the river, with love", None),
        ("Focus: rivers", None),
        ("He said: no", None),
        ("Show", None),
        ("Date: " + "x" * 600, None),
    ],
)
def test_metadata_lines(line: str, expected: tuple[str, str] | None) -> None:
    assert field_line(line) == expected


def test_a_link_in_a_metadata_line_gives_its_target() -> None:
    block = Block(
        BlockKind.BULLET, "Episode link: open", 1, (Span(14, 18, SpanKind.LINK, "https://x.org/a"),)
    )
    assert text_fields([Section(0, 1, "", (block,))]) == {"episode_link": "https://x.org/a"}


def test_metadata_lines_stand_at_the_beginning() -> None:
    late = Section(9, 1, "", (Block(BlockKind.PARAGRAPH, "Show: Stream Talk"),))
    assert text_fields([late]) == {}


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("The river is old and the city that stands on it is not.", "en"),
        ("Der Fluss ist alt und die Stadt, die an ihm liegt, ist es nicht.", "de"),
        ("Le fleuve est vieux et la ville qui est sur ses rives ne l'est pas.", "fr"),
        ("El río es viejo y la ciudad que se levanta en la orilla no lo es.", "es"),
        ("这条河很老，而河边的城市并不老。", "zh"),
        ("この川は古いが、川辺の町は新しい。", "ja"),
        ("이 강은 오래되었고 도시는 그렇지 않다.", "ko"),
        ("Река старая, а город на ней нет.", "ru"),
        ("Ця річка старіша за місто, її назва інша.", "uk"),
        ("Kraków Łódź Gdańsk", None),
        ("", None),
    ],
)
def test_languages_by_script_and_common_words(text: str, language: str | None) -> None:
    assert guess_language(text) == language


@pytest.mark.parametrize(
    ("value", "language"), [("英文", "en"), ("pt-BR", "pt"), ("German", "de"), ("Klingon!", None)]
)
def test_languages_by_field(value: str, language: str | None) -> None:
    assert known({"language": value}).language == language


@pytest.mark.parametrize(
    ("fields", "name", "expected"),
    [
        ({"podcastName": "Stream Talk"}, "show", "Stream Talk"),
        ({"podcast-title": "Stream Talk"}, "show", "Stream Talk"),
        ({"播客": "小河"}, "show", "小河"),
        ({"番組名": "川の話"}, "show", "川の話"),
        ({"Sendung": "Flussfunk"}, "show", "Flussfunk"),
        ({"publishTime": "2024-05-06"}, "date", "2024-05-06"),
        ({"Datum": "6. Mai 2024"}, "date", "2024-05-06"),
        ({"发布时间": "2024年5月6日"}, "date", "2024-05-06"),
        ({"fecha": "6 de mayo de 2024"}, "date", "2024-05-06"),
        ({"链接": "https://x.org/a"}, "url", "https://x.org/a"),
        ({"enlace": "https://x.org/a"}, "url", "https://x.org/a"),
        ({"podcast": "https://x.org/a"}, "url", "https://x.org/a"),
        ({"时长": "1:02:03"}, "duration_s", 3723),
        ({"Dauer": "45 Minuten"}, "duration_s", 2700),
        ({"标签": "河流, 水"}, "tags", ("河流", "水")),
        ({"Sprache": "Deutsch"}, "language", "de"),
    ],
)
def test_names_of_fields_in_other_spellings_and_languages(
    fields: Fields, name: str, expected: object
) -> None:
    assert getattr(known(fields), name) == expected


def test_a_title_of_a_field_in_another_language() -> None:
    assert title_in_fields({"标题": "河流"}) == "河流"
    episode = episode_from_bytes(
        "Titel: Über Flüsse\nDatum: 6.5.2024\n\nEin Fluss. Er fließt.\n".encode(), Path("x.txt")
    )
    assert (episode.title, episode.date) == ("Über Flüsse", "2024-05-06")


@pytest.mark.parametrize(
    ("line", "title"),
    [
        ("**Episode:** How Harbours Silt Up", "How Harbours Silt Up"),
        ("Episode: Ep. 12: How Harbours Silt Up", "Ep. 12: How Harbours Silt Up"),
        ("**Folge:** Wie Häfen verlanden", "Wie Häfen verlanden"),
        ("**Title:** How Harbours Silt Up", "How Harbours Silt Up"),
        ("**Episode:** 12", "Answer"),
        ("**Episode:** #12", "Answer"),
        ("**Episode:** Episode 12", "Answer"),
    ],
)
def test_a_field_of_the_episode_at_the_head_is_its_title_unless_a_number(line: str, title: str) -> None:
    text = f"Here's a summary:\n\n{line}\n**Guest:** Ada Moss\n\n**1. Mud**\nMud settles where water rests.\n"
    assert episode_from_bytes(text.encode(), Path("answer.md")).title == title


def test_a_heading_goes_before_the_field_of_the_episode() -> None:
    text = b"# On Mud\n\n**Episode:** How Harbours Silt Up\n\nMud settles where water rests.\n"
    assert episode_from_bytes(text, Path("answer.md")).title == "On Mud"


def test_an_address_in_a_field_of_the_show_is_no_show() -> None:
    assert known({"podcast": "https://x.org/a"}).show is None


def test_a_line_or_row_can_hold_several_fields() -> None:
    line = Block(BlockKind.PARAGRAPH, "Host: Ada Moss; Guests: Bo Diaz, Cy Wu")
    row = Block(BlockKind.TABLE_ROW, "Show | Stream Talk")
    wide = Block(BlockKind.TABLE_ROW, "Date | 2024-05-06 | noon")
    assert text_fields([Section(0, 1, "", (line, row, wide))]) == {
        "host": "Ada Moss",
        "guests": "Bo Diaz, Cy Wu",
        "show": "Stream Talk",
    }


def test_lines_that_people_speak_are_no_fields() -> None:
    turns = tuple(Block(BlockKind.PARAGRAPH, f"Host: Welcome to part {part}") for part in range(3))
    assert text_fields([Section(0, 1, "", turns)]) == {}


def test_the_file_name_can_tell_show_number_and_address() -> None:
    told = known({}, file_name="Stream Talk - 12 - On Rivers [abc-DEF_123].md")
    assert (told.show, told.number) == ("Stream Talk", 12)
    assert told.url == "https://www.youtube.com/watch?v=abc-DEF_123"


@pytest.mark.parametrize(
    ("told", "text", "language"),
    [
        ("英文", "这条河很老，而河边的城市并不老。", "zh"),
        ("zh", "The river is old and the city that stands on it is not.", "en"),
        ("ja", "河川工学入門", "ja"),
        ("bg", "Реката е стара, а градът на нея не е.", "bg"),
        ("pl", "Kraków Łódź Gdańsk", "pl"),
        ("en", "", "en"),
    ],
)
def test_the_language_is_that_of_the_text(told: str, text: str, language: str) -> None:
    assert known({"language": told}, text=text).language == language
