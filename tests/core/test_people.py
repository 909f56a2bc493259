import pytest

from tui.core.episode import Block, BlockKind, Section
from tui.core.formats.draft import Fields
from tui.core.people import Cast, cast, split_names


def section(ordinal: int, title: str, text: str, speaker: str | None = None) -> Section:
    return Section(ordinal, 1, title, (Block(BlockKind.PARAGRAPH, text, speaker=speaker),))


def people(text: str, title: str = "T", fields: Fields | None = None) -> tuple[str, ...]:
    return cast([section(0, "", text)], title, fields or {}).people


@pytest.mark.parametrize(
    ("value", "plural", "expected"),
    [
        ("Ann Lee", False, ["Ann Lee"]),
        ("Ann Lee, Leaf Institute", False, ["Ann Lee"]),
        ("Ann Lee and Bo Diaz", False, ["Ann Lee", "Bo Diaz"]),
        ("Ann Lee, Bo Diaz & Cy Wu", True, ["Ann Lee", "Bo Diaz", "Cy Wu"]),
        ("Ann Lee, Bo Diaz, Leaf", True, ["Ann Lee", "Bo Diaz"]),
        ("[[Ann Lee|Ann]]", False, ["Ann"]),
        ("Ann Lee (host)", False, ["Ann Lee"]),
        ("Ann Lee - Gardener at Leaf", True, ["Ann Lee"]),
        ("Dr. Ann Lee, Bo Diaz, Jr.", True, ["Dr. Ann Lee", "Bo Diaz, Jr."]),
        ("Vincent van der Berg", False, ["Vincent van der Berg"]),
        ("张三、李四", True, ["张三", "李四"]),
        ("kanzure", False, ["kanzure"]),
        ("Panel discussion (Leaf '26)", False, []),
        ("Ann Lee, Leaf Ltd. & Bo Diaz, Tea House", True, ["Ann Lee", "Bo Diaz"]),
        ("张三（主持）与Ann Lee（嘉宾）/ 茶频道", True, ["张三", "Ann Lee", "茶频道"]),
        ("座谈：Ann Lee、Bo Diaz", False, ["Ann Lee", "Bo Diaz"]),
        ("Ann Lee 与 Bo Diaz 对话", True, ["Ann Lee", "Bo Diaz"]),
        ("", True, []),
    ],
)
def test_names_in_a_field(value: str, plural: bool, expected: list[str]) -> None:
    assert split_names(value, plural=plural) == expected


@pytest.mark.parametrize(
    ("title", "text", "expected"),
    [
        ("Ann Lee: On Tea", "Lee explains how leaves are dried.", ("Ann Lee",)),
        ("Ann Lee: On Tea", "A conversation with Ann Lee on leaves.", ("Ann Lee",)),
        ("Deep Learning: An Introduction", "Deep Learning is a field. Deep Learning models learn.", ()),
        ("Ann Lee: On Tea", "Nobody is named here.", ()),
        (
            "On Tea",
            "The host speaks with Ann Lee, Bo Diaz and Cy Wu about leaves.",
            ("Ann Lee", "Bo Diaz", "Cy Wu"),
        ),
        ("On Tea", "An interview with Ann Lee, CEO of Leaf, a company.", ("Ann Lee",)),
        ("Ann Lee: 茶 | Leaf Talk #7", "这一期的嘉宾是Ann Lee。", ("Ann Lee",)),
        ("Ann Lee & Bo Diaz: On Tea", "Lee explains tea. Diaz argues for coffee.", ("Ann Lee", "Bo Diaz")),
        ("#12 – Ann Lee: On Tea", "Lee explains how leaves are dried.", ("Ann Lee",)),
        ("Ann Lee on Tea", "Lee explains how leaves are dried.", ("Ann Lee",)),
        ("Tea with Ann Lee", "Lee explains how leaves are dried.", ("Ann Lee",)),
        ("Tea with Green Leaves", "Green Leaves are dried.", ()),
        ("12. 和张三聊茶", "茶叶。", ("张三",)),
        ("喝茶｜对谈 Ann：茶园创始人", "茶叶。", ("Ann",)),
        ("与茶园创始人Ann聊：茶", "茶叶。", ("Ann",)),
        ("安·李谈茶", "安·李（Ann Lee）是茶农。", ()),
        ("Ann Lee: 茶", "安·李（Ann Lee）是茶农。", ("Ann Lee",)),
    ],
)
def test_guests_in_title_and_text(title: str, text: str, expected: tuple[str, ...]) -> None:
    assert people(text, title) == expected


def test_people_come_once_and_in_order() -> None:
    fields: Fields = {"host": "Cy Wu", "guests": ("Ann Lee", "Bo Diaz")}
    assert people("A conversation with Bo Diaz.", "T", fields) == ("Cy Wu", "Ann Lee", "Bo Diaz")


def test_speakers_are_people_and_roles_are_not() -> None:
    sections = [
        section(index, "", "Words.", speaker)
        for index, speaker in enumerate(["Ann Lee", "Speaker 1", "Break", "Q", "Bo Diaz", "Ann Lee", "0"])
    ]
    assert cast(sections, "T", {}).people == ("Ann Lee", "Bo Diaz")


def parts(*sections: tuple[str, str], title: str = "T") -> Cast:
    return cast([section(index, *both) for index, both in enumerate(sections)], title, {})


def test_a_heading_with_a_name_opens_a_part() -> None:
    found = parts(
        ("Introduction", "A conversation with Ann Lee; later also Bo Diaz."),
        ("Leaves", "Lee explains how leaves are dried."),
        ("Bo Diaz - Cups", "Bo Diaz joins. Diaz describes a cup."),
        ("Handles", "Diaz argues for handles."),
    )
    assert [section.part for section in found.sections] == [None, "Ann Lee", "Bo Diaz", "Bo Diaz"]
    assert [section.speaker for section in found.sections] == [None, "Ann Lee", "Bo Diaz", "Bo Diaz"]
    assert found.people == ("Ann Lee", "Bo Diaz")


def test_a_heading_with_a_topic_opens_none() -> None:
    found = parts(
        ("Deep Learning - Basics", "Deep Learning is a field. Deep Learning models have layers."),
        ("Deep Learning - Limits", "Deep Learning models need data."),
    )
    assert [section.part for section in found.sections] == [None, None]
    assert found.people == ()


def test_without_a_known_guest_the_beginning_has_no_part() -> None:
    found = parts(
        ("Leaves", "Leaves are dried."), ("Bo Diaz - Cups", "Bo Diaz is here. Diaz describes a cup.")
    )
    assert [section.part for section in found.sections] == [None, "Bo Diaz"]


def test_a_label_that_is_short_for_somebody_is_nobody_else() -> None:
    turns = [
        section(index, "", "Tea.", name) for index, name in enumerate(("AL", "Ann", "Diaz", "Cy Wu", "P"))
    ]
    assert cast(turns, "T", {"guests": ("Ann Lee", "Bo Diaz")}).people == ("Ann Lee", "Bo Diaz", "Cy Wu")


def test_who_made_something_may_be_a_company() -> None:
    assert people("Tea.", fields={"作者/来源": "茶园公司 / Ann Lee"}) == ("Ann Lee",)
