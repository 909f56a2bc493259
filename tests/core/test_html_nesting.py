"""Pages that a parser would take the square of their length for are known before they are parsed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.core.counting import calls
from tui.core.formats.html_nesting import is_parsable, without_self_closing

MANY = 5000


@pytest.mark.parametrize(
    "piece",
    [
        *(
            "<div>",
            "<ul><li>",
            "<b id=x{}>",
            "<table><tr><td>",
            "<foo>",
            "<form><div></form>",
            "<span><div></span>",
        ),
        *(
            "<rp><li><dd>",
            "<button>",
            "<svg><foreignObject>",
            "<p><font color={}>x</p>",
            "<h1><h2>",
            "<body a{}=1>",
        ),
    ],
)
def test_endless_nesting_is_not_parsed(piece: str) -> None:
    assert not is_parsable("".join(piece.format(number) for number in range(MANY)))


def test_formatting_left_open_before_many_paragraphs_is_not_parsed() -> None:
    assert not is_parsable("".join(f"<b id={n}>" for n in range(300)) + "<p>x" * MANY)


def test_a_tag_with_thousands_of_attributes_is_not_parsed() -> None:
    assert not is_parsable("<a " + " ".join(f'x{n}=">"' for n in range(MANY)) + ">")
    assert is_parsable('<img alt="' + "many words " * MANY + '">')


@pytest.mark.parametrize(
    "piece",
    [
        *(
            "<div><p>x</p></div>",
            "<p>x",
            "<li>x",
            "<tr><td>x",
            "<p><b>x</b><i>y</i></p>",
            "<br>",
            "<p>a <b>b<p>"[:-3] + "</b>",
        ),
        *(
            "<script>if (a<b) document.write('<div>')</script>",
            "<!-- <div> -->",
            "<textarea><div></textarea>",
        ),
        *("<ul><li>x</ul>", "<div><span>x</div>", "<a href=x>y</a>", "</div>", "<select><option>x</select>"),
    ],
)
def test_what_pages_are_made_of_is_parsed_however_long(piece: str) -> None:
    assert is_parsable("<html><body>" + piece * MANY)


@pytest.mark.parametrize(
    "piece", ["<a x='", '<a x="', "<!--", "<script>", "<", "<a ", "</", "&", "<a b=", "<style></"]
)
def test_work_grows_with_length(piece: str) -> None:
    assert calls(lambda: is_parsable(piece * 4000)) < 2.2 * calls(lambda: is_parsable(piece * 2000)) + 100


@given(st.text(alphabet="<>/!-\"'= abdivscript", max_size=200))
def test_any_source_is_judged(source: str) -> None:
    assert isinstance(is_parsable(source), bool)


def test_xhtml_closes_its_elements_itself() -> None:
    source = '<?xml version="1.0"?><html><a id="x"/><br/><p class="y" />'
    assert without_self_closing(source) == '<?xml version="1.0"?><html><a id="x"></a><br/><p class="y" ></p>'
    assert without_self_closing("<html><a id=x/>y") == "<html><a id=x/>y"
