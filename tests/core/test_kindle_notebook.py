import re
from functools import partial
from pathlib import Path

import pytest

from tests.core.counting import calls
from tui.core.episode import BlockKind, Episode
from tui.core.formats import kindle_notebook
from tui.core.formats.draft import Source
from tui.core.reading import episode_from_bytes

HEAD = """\
<html><head><meta charset="UTF-8"><title></title></head><body><div class="bodyContainer">
<div class="notebookFor">Notebook Export</div>
<div class="bookTitle">The Mud &amp; the Sea</div>
<div class="authors">Brandt, Ida</div>
<div class="citation">Citation (APA): Brandt, I. (2020). The Mud. [Kindle edition].</div><hr/>
"""

PAGE = f"""{HEAD}
<div class="sectionHeading">One</div>
<h3 class='noteHeading'>Highlight(<span class='highlight_yellow'>yellow</span>) - Page 4 · Location 274</div>\
<div class='noteText'>Mud keeps.<br/>Second &lt;line&gt;.</h3>
<div class="noteHeading">Note - Page 4 · Location 275</div>
<div class="noteText">my note</div>
<div class="noteHeading">Highlight(<span class="highlight_blue">blue</span>) - 3. Tides &gt;
Page 88 · Location 1536</div>
<div class="noteText">Another.</div>
<div class="noteHeading">Bookmark - Page 100 · Location 1700</div>
<div class="noteText"></div>
<div class="sectionHeading">Two</div>
<div class="noteHeading">Notiz - Seite 120 · Position 1900</div>
<div class="noteText">allein</div>
</div></body></html>
"""


def read(text: str, name: str = "notebook.html") -> Episode:
    return episode_from_bytes(text.encode(), Path(name))


@pytest.fixture(scope="module")
def notebook() -> Episode:
    return read(PAGE)


def test_a_notebook_says_what_the_book_is(notebook: Episode) -> None:
    assert (notebook.format, notebook.title) == ("kindle-notebook", "The Mud & the Sea")
    assert notebook.people == ("Ida Brandt",)


def test_highlights_stand_under_their_chapters(notebook: Episode) -> None:
    assert [(one.level, one.title) for one in notebook.sections] == [
        *((1, "One"), (2, "Page 4 · Location 274"), (2, "3. Tides"), (3, "Page 88 · Location 1536")),
        *((1, "Two"), (2, "Seite 120 · Position 1900"), (1, "Bookmarks")),
    ]


def test_a_note_belongs_to_the_highlight_before_it(notebook: Episode) -> None:
    assert [(block.kind, block.text) for block in notebook.sections[1].blocks] == [
        (BlockKind.QUOTE, "Mud keeps."),
        (BlockKind.QUOTE, "Second <line>."),
        (BlockKind.PARAGRAPH, "my note"),
        (BlockKind.PARAGRAPH, "yellow"),
    ]


def test_a_note_far_from_any_highlight_stands_alone(notebook: Episode) -> None:
    assert [block.kind for block in notebook.sections[5].blocks] == [BlockKind.PARAGRAPH]


def test_bookmarks_are_folded(notebook: Episode) -> None:
    assert [(block.fold, block.text) for block in notebook.sections[-1].blocks] == [
        ("bookmarks", "Page 100 · Location 1700")
    ]


def test_text_decoded_here_is_clean() -> None:
    page = PAGE.replace("Another.", "An&#27;[31mo&#x202e;ther.").replace("the Sea", "the &#7;Sea")
    episode = read(page)
    texts = [episode.title, *(block.text for one in episode.sections for block in one.blocks)]
    assert not any(re.search("[\x00-\x09\x0b-\x1f\u202e]", text) for text in texts)


@pytest.mark.parametrize(
    "text", ['<div class="bookTitle">A book</div>', '<div class="noteHeading">x</div>', "<p>bookTitle</p>"]
)
def test_other_pages_are_not_taken_for_notebooks(text: str) -> None:
    assert not kindle_notebook.fits(Source(text, "x.html"))


@pytest.mark.parametrize(
    "pattern",
    [
        '<div class="noteHeading">',
        '<div class="noteText">a',
        '<div class="noteHeading">Note - 1 > 2 > 3</div><div class="noteText">x</div>',
        '<div class="sectionHeading">(',
        '<div class="',
        "<<<",
        '<div class="noteHeading">(((((- - - </div>',
    ],
)
def test_hostile_pages_cost_no_more_than_their_length(pattern: str) -> None:
    once, thrice = (calls(partial(read, PAGE.replace("</body>", pattern * count))) for count in (150, 450))
    assert thrice < 3.6 * once
