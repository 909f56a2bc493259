"""The main content of a page of the web."""

from pathlib import Path

import pytest

from tui.core import main_content
from tui.core.episode import Block, BlockKind, Episode, Section
from tui.core.main_content import extracted, loses, page_episode, sure_date
from tui.core.web import Fetched
from tui.errors import UnreadableError

SENTENCE = (
    "The river brings what the hills let go, and the harbour keeps what the tide will not carry off again. "
)

PAGE = f"""<!doctype html><html lang="en"><head><title>How harbours silt up | Low Water</title>
<meta name="author" content="Ann Lee"><meta property="article:published_time" content="2024-02-11T08:00:00Z">
<link rel="canonical" href="https://example.org/harbours">
</head><body>
<nav><ul><li><a href="/">Home</a></li><li><a href="/shop">Shop</a></li>
<li><a href="/about">About</a></li></ul></nav>
<main><article><h1>How harbours silt up</h1>
<p>{SENTENCE * 3}</p>
<h2>The river brings it</h2><p>{SENTENCE * 4}</p>
<ul><li>Dredging never ends, says the harbour master.</li><li>It only falls behind the river.</li></ul>
<h2>The dredger takes it away</h2><p>{SENTENCE * 4}</p></article></main>
<footer><p>Cookies are used on this site. All rights reserved.</p></footer>
<script>alert("x")</script></body></html>"""


def fetched(html: str, url: str = "https://example.org/harbours?from=feed") -> Fetched:
    return Fetched(html.encode(), url, "harbours.html", is_html=True)


def texts(episode: Episode, *, folded: bool = False) -> str:
    return "\n".join(
        block.text for section in episode.sections for block in section.blocks if folded or block.fold is None
    )


def test_a_page_becomes_its_main_content_with_what_is_known() -> None:
    episode = page_episode(fetched(PAGE))
    assert episode.title == "How harbours silt up"
    titles = [section.title for section in episode.sections if section.title]
    assert titles[-2:] == ["The river brings it", "The dredger takes it away"]
    assert (episode.date, episode.people, episode.language) == ("2024-02-11", ("Ann Lee",), "en")
    assert episode.url == "https://example.org/harbours"
    shown = texts(episode)
    assert "Dredging never ends" in shown
    assert "alert" not in texts(episode, folded=True)
    for furniture in ("Shop", "Cookies"):
        assert furniture not in shown


def test_a_page_that_does_not_tell_its_address_keeps_that_it_came_from() -> None:
    html = PAGE.replace('<link rel="canonical" href="https://example.org/harbours">', "")
    assert page_episode(fetched(html)).url == "https://example.org/harbours?from=feed"


def test_other_texts_are_read_as_they_are() -> None:
    page = Fetched(b"# Tea\n\nText.\n\n## Milk\n\nMore.\n", "https://example.org/t.md", "t.md", is_html=False)
    episode = page_episode(page)
    assert (episode.title, episode.url) == ("Tea", "https://example.org/t.md")


def test_what_trafilatura_can_not_read_our_own_reader_has_read(monkeypatch: pytest.MonkeyPatch) -> None:
    import trafilatura

    def fail(*_: object, **__: object) -> str:
        raise RuntimeError

    monkeypatch.setattr(trafilatura, "extract", fail)
    assert extracted(fetched(PAGE)) == main_content.Extract("")
    assert "Dredging never ends" in texts(page_episode(fetched(PAGE)))


def test_a_very_large_page_is_ours_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(main_content, "LARGEST_PAGE", 100)
    assert extracted(fetched(PAGE)).html == ""


def test_a_page_that_only_scripts_would_fill_is_refused() -> None:
    html = (
        '<html><head><title>App</title></head><body><div id="root"></div><script>go()</script></body></html>'
    )
    with pytest.raises(UnreadableError, match="holds no text as it is sent; open it in a browser, copy it"):
        page_episode(fetched(html))


@pytest.mark.parametrize("html", ["", "<", "<html>", "<p>" * 5000, "<a href='" + "x" * 10000])
def test_broken_pages_do_no_harm(html: str) -> None:
    extracted(fetched(html))


@pytest.mark.parametrize(
    ("told", "sure"),
    [
        ("2024-02-11", "2024-02-11"),
        ("2024-01-01", "2024"),
        ("2999-05-05", None),
        (None, None),
        ("soon", None),
    ],
)
def test_a_date_is_believed_as_far_as_it_goes(told: str | None, sure: str | None) -> None:
    assert sure_date(told) == sure


def reading(*headings: str, words: int = 100, turns: int = 0) -> Episode:
    block = Block(BlockKind.PARAGRAPH, "word " * words)
    spoken = tuple(Block(BlockKind.PARAGRAPH, "Yes.", speaker="Ada") for _ in range(turns))
    sections = tuple(Section(ordinal, 1, title, (block, *spoken)) for ordinal, title in enumerate(headings))
    return Episode("0" * 12, Path("t.html"), "html", "T", sections)


@pytest.mark.parametrize(
    ("theirs", "ours", "is_loss"),
    [
        (reading("a", "b"), reading("a", "b"), False),
        (reading("a", words=60), reading("a"), False),
        (reading("a", words=30), reading("a"), True),
        (reading("a", words=1000), reading("a", "b"), True),
        (reading("a"), reading("a", turns=10), True),
        (reading("a", turns=10), reading("a", turns=10), False),
    ],
)
def test_trafilatura_is_not_followed_where_it_loses_too_much(
    theirs: Episode, ours: Episode, is_loss: bool
) -> None:
    assert loses(theirs, ours) is is_loss
