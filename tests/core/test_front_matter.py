import sys
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.core.front_matter import split


@pytest.mark.parametrize(
    ("inner", "fields"),
    [
        pytest.param("title: A\nshow: B", {"title": "A", "show": "B"}, id="plain"),
        pytest.param("title: A: B\nshow: C", {"title": "A: B", "show": "C"}, id="colon in a value"),
        pytest.param("title: \"A: B\"\nshow: 'it''s'", {"title": "A: B", "show": "it's"}, id="quoted"),
        pytest.param("Title: A\nSHOW: B", {"title": "A", "show": "B"}, id="upper case"),
        pytest.param(
            "title: A\n\n# why\nshow: B # here\n", {"title": "A", "show": "B"}, id="comments and gaps"
        ),
        pytest.param(
            "tags: [a, b]\nguests:\n  - C\n  - D", {"tags": ("a", "b"), "guests": ("C", "D")}, id="lists"
        ),
        pytest.param("guests:\n- C: E\n- D", {"guests": ("C: E", "D")}, id="text with a colon in a list"),
        pytest.param("guests:\n- name: C\n  role: host\n- D", {"guests": ("C", "D")}, id="objects in a list"),
        pytest.param("summary: |\n  one\n\n  two\n", {"summary": "one\n\ntwo"}, id="block of text"),
        pytest.param("summary: >-\n  one\n  two\n", {"summary": "one two"}, id="folded text"),
        pytest.param(
            "title: no\nyear: 2024\nlive: 1:30\nbig: 1e9",
            {"title": "no", "year": "2024", "live": "1:30", "big": "1e9"},
            id="everything is text",
        ),
        pytest.param("title: null\nshow: ~\nhost:", {}, id="nothing"),
        pytest.param("title: A\ntitle: B", {"title": "A"}, id="the first of two"),
        pytest.param(
            "title: A: B\ntags:\n  - c\n  - d: e", {"title": "A: B", "tags": ("c", "d: e")}, id="lenient list"
        ),
        pytest.param(
            "title: A: B\nsummary: |\n  one\n\n  two\nshow: C",
            {"title": "A: B", "summary": "one\n\ntwo", "show": "C"},
            id="lenient block",
        ),
        pytest.param(
            'title: A: B\ntags: ["c", d]\nhost: "D" # e',
            {"title": "A: B", "tags": ("c", "d"), "host": "D"},
            id="lenient values",
        ),
        pytest.param('title: "a\\e[2Jb\\u202ec"', {"title": "a␛[2Jbc"}, id="escapes, cleaned"),
        pytest.param(
            "publish-time: x\nSpeaker(s): y", {"publish-time": "x", "speaker(s)": "y"}, id="signs in names"
        ),
    ],
)
def test_yaml(inner: str, fields: dict[str, str | tuple[str, ...]]) -> None:
    front = split(f"---\n{inner}\n---\nbody\n")
    assert front.fields == fields
    assert front.body == "body\n"
    assert front.notices == ()


@pytest.mark.parametrize(
    ("inner", "kept", "word"),
    [
        pytest.param("a: &a [x, x]\nb: *a\ntitle: T", "T", "aliases", id="alias"),
        pytest.param("a: !!python/object/apply:os.system ['true']\ntitle: T", "T", "tags", id="tag"),
        pytest.param(f"a: {'[' * 500}\ntitle: T", "T", "nesting", id="deep"),
        pytest.param(f"a: {'9' * 200_000}\ntitle: T", "T", "long", id="long value"),
        pytest.param("title: T\n\tbad: y", "T", "line by line", id="tabs"),
    ],
)
def test_what_is_refused_is_read_line_by_line(inner: str, kept: str, word: str) -> None:
    front = split(f"---\n{inner}\n---\nbody\n")
    assert front.fields["title"] == kept
    assert front.body == "body\n"
    assert any(word in notice for notice in front.notices)


def test_an_alias_bomb_costs_nothing() -> None:
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 30)]
    began = time.process_time()
    front = split("---\n" + "\n".join(lines) + "\n---\nbody\n")
    assert time.process_time() - began < 1
    assert front.body == "body\n"


def test_toml() -> None:
    front = split('+++\ntitle = "A\\u001b"\ntags = ["b"]\ndate = 2024-05-06\n[extra]\nx = 1\n+++\nbody\n')
    assert front.fields == {"title": "A␛", "tags": ("b",), "date": "2024-05-06"}
    assert front.body == "body\n"


def test_toml_that_is_none_is_read_line_by_line() -> None:
    front = split("+++\ntitle = A\n+++\nbody\n")
    assert front.fields == {"title": "A"}
    assert front.notices


def test_json() -> None:
    front = split(
        '{\n "title": "A\\u001b", "n": ' + "9" * 5000 + ', "tags": ["b"], "x": {"y": 1}\n}\n\nbody\n'
    )
    assert front.fields == {"title": "A␛", "n": "9" * 5000, "tags": ("b",)}
    assert front.body == "body\n"


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("body\n", id="none"),
        pytest.param("---\nA line of text\n---\nmore\n", id="text between rules"),
        pytest.param('{"title": "A"}\n', id="a file that is all JSON"),
        pytest.param("{not json}\nbody\n", id="braces"),
        pytest.param("{" * 100_000, id="deep braces"),
        pytest.param("[1, 2]\nbody\n", id="JSON list"),
        pytest.param("", id="empty"),
    ],
)
def test_text_without_front_matter_stays_whole(text: str) -> None:
    front = split(text)
    assert (front.body, dict(front.fields), front.notices) == (text, {}, ())


def test_front_matter_without_an_end_is_text_and_said_so() -> None:
    text = "---\ntitle: A\n\nbody\n"
    front = split(text)
    assert front.body == text
    assert any("never ends" in notice for notice in front.notices)


def test_empty_front_matter_is_left_out() -> None:
    assert split("---\n---\nbody\n").body == "body\n"


def test_a_long_text_in_a_field_is_kept_whole() -> None:
    long = "word " * 60_000
    assert split(f"---\nsummary: |\n  {long}\n---\n").fields["summary"] == long.rstrip()


LINES = st.lists(st.text(alphabet="ab: -#|>[]{}'\"&*!%\t=+.~", max_size=20), max_size=12).map("\n".join)


@given(LINES)
def test_nothing_between_the_dashes_loses_the_document(inner: str) -> None:
    body = "The text itself, which stays.\n"
    assert split(f"---\n{inner}\n---\n{body}").body.endswith(body)


@given(LINES)
def test_fields_are_clean_text(inner: str) -> None:
    for value in split(f"---\n{inner}\n---\nbody\n").fields.values():
        assert all(isinstance(text, str) for text in ([value] if isinstance(value, str) else value))


@pytest.mark.parametrize(
    ("inner", "fields"),
    [
        pytest.param(
            '{"title": "A", "tags": ["b"]}', {"title": "A", "tags": ("b",)}, id="JSON between dashes"
        ),
        pytest.param("title: [A] B\nhost: @c", {"title": "[A] B", "host": "@c"}, id="signs of YAML in text"),
        pytest.param(
            'title: "A" and "B"\nx: y', {"title": '"A" and "B"', "x": "y"}, id="quotes within a value"
        ),
        pytest.param(
            "title: A: B\nguests:\n  - name: C: D\n    role: host",
            {"title": "A: B", "guests": ("C: D",)},
            id="objects below a value with a colon",
        ),
        pytest.param(
            "title: A: B\ntext: |\n  Note: c: d\n  more: e",
            {"title": "A: B", "text": "Note: c: d\nmore: e"},
            id="block text stays as it is",
        ),
        pytest.param("title: A\n  goes on\nx: b", {"title": "A goes on", "x": "b"}, id="value of two lines"),
        pytest.param(
            "title: A: B\n  goes on\n*: x\ntags:\n  - c\n    d\n  - e",
            {"title": "A: B goes on", "tags": ("c d", "e")},
            id="lenient value of two lines",
        ),
    ],
)
def test_what_people_write_is_understood(inner: str, fields: dict[str, str | tuple[str, ...]]) -> None:
    front = split(f"---\n{inner}\n---\nbody\n")
    assert front.fields == fields
    assert front.body == "body\n"


def test_a_document_in_quotes_may_be_long() -> None:
    long = "word " * 30_000
    front = split(f"---\nsummary: '{long}'\n---\n")
    assert front.fields["summary"] == long.rstrip()
    assert front.notices == ()


@pytest.mark.parametrize(
    "line", ["  a\n", "- a\n", "a: b\n", "a: b: c\n", "a: 'b\n", "a: [b\n", "\ta\n", " - a: b: c\n"]
)
def test_long_front_matter_costs_no_more_than_its_length(line: str) -> None:
    def cost(times: int) -> int:
        calls = 0

        def count(_frame: object, _event: str, _argument: object) -> None:
            nonlocal calls
            calls += 1

        sys.setprofile(count)
        try:
            split("---\ntitle: A: B\n" + line * times + "---\nbody\n")
        finally:
            sys.setprofile(None)
        return calls

    cost(10)
    assert cost(8_000) < 6 * cost(2_000)
