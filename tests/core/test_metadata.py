import pytest

from tui.core.episode import Block, BlockKind, Section, Span, SpanKind
from tui.core.formats.draft import Fields
from tui.core.formats.values import guess_language, parse_date, parse_duration, web_address
from tui.core.metadata import Metadata, field_line, metadata, show_and_number, text_fields


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
        ("2024-99-99", None),
        ("12345678", None),
        ("soon", None),
        ("", None),
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
    [({"episode": "12"}, 12), ({"episode": "On Rivers"}, None), ({"episode_number": "#7"}, 7)],
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
