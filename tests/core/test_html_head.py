"""What a page says about itself: Open Graph, JSON-LD, microdata, the programs that save pages."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.core.episode import Episode
from tui.core.formats.html_jsonld import linked_data
from tui.core.formats.html_page import html_to_draft
from tui.core.reading import episode_from_bytes

EPISODE = {
    "@context": "https://schema.org/",
    "@graph": [
        {"@type": "WebSite", "name": "Some Platform"},
        {
            "@type": "PodcastEpisode",
            "name": "How harbours silt up",
            "url": "https://low.example/7",
            "datePublished": "2024-02-11T06:00:00Z",
            "duration": "PT1H2M3S",
            "episodeNumber": 7,
            "partOfSeries": {"@type": "PodcastSeries", "name": "Low Water"},
            "author": [{"@type": "Person", "name": "Ida Brandt"}, {"@type": "Organization", "name": "Tide"}],
            "actor": {"@type": "Person", "name": "Bo Diaz"},
            "keywords": "harbours, silt",
            "inLanguage": "en-GB",
            "hasPart": [
                {"@type": "Clip", "name": "The dredger", "startOffset": 600},
                {"@type": "Clip", "name": "The river", "startOffset": 0},
            ],
        },
    ],
}


def episode(head: str, body: str = "<p>Words.</p>", opening: str = "") -> Episode:
    source = f"<!doctype html>{opening}<html><head>{head}</head><body>{body}</body></html>"
    return episode_from_bytes(source.encode(), Path("page.html"))


def script(value: object) -> str:
    return f'<script type="application/ld+json">{json.dumps(value)}</script>'


def test_json_ld_tells_what_an_episode_is() -> None:
    read = episode(script(EPISODE) + "<title>Low Water - Some Platform</title>")
    assert (read.title, read.show, read.number) == ("How harbours silt up", "Low Water", 7)
    assert (read.date, read.duration_s, read.language) == ("2024-02-11", 3723, "en")
    assert read.url == "https://low.example/7"
    assert set(read.people) == {"Ida Brandt", "Bo Diaz"}
    assert read.tags == ("harbours", "silt")


def test_chapters_of_json_ld_give_headings_their_times() -> None:
    body = "<main><h2>The river</h2><p>brings it.</p><h2>The dredger!</h2><p>takes it.</p></main>"
    read = episode(script(EPISODE), body)
    assert [(section.title, section.start_s) for section in read.sections] == [
        ("The river", 0.0),
        ("The dredger!", 600.0),
    ]


def test_chapters_without_headings_of_their_own_come_at_the_end() -> None:
    read = episode(script(EPISODE), "<main><h2>About</h2><p>Silt.</p></main>")
    assert [(section.title, section.start_s) for section in read.sections[1:]] == [
        ("The river", 0.0),
        ("The dredger", 600.0),
    ]


def test_open_graph_and_the_address_of_the_page() -> None:
    read = episode(
        '<title>Silt | Tide Talk</title><meta property="og:title" content="Silt">'
        '<meta property="og:site_name" content="Tide Talk">'
        '<meta property="article:published_time" content="2023-05-06T07:08:09+02:00">'
        '<meta property="article:tag" content="sea"><meta property="article:tag" content="mud">'
        '<meta name="author" content="Ann Lee"><link rel="canonical" href="https://tide.example/silt">'
    )
    assert (read.title, read.show, read.date, read.url) == (
        "Silt",
        "Tide Talk",
        "2023-05-06",
        "https://tide.example/silt",
    )
    assert (read.tags, read.people) == (("sea", "mud"), ("Ann Lee",))


@pytest.mark.parametrize(
    "comment",
    [
        "<!-- saved from url=(0025)https://tide.example/silt -->",
        "<!--\n Page saved with SingleFile \n url: https://tide.example/silt \n saved date: Mon Jan 01\n-->",
    ],
)
def test_the_address_that_a_browser_leaves_in_a_saved_page(comment: str) -> None:
    assert episode("", opening=comment).url == "https://tide.example/silt"


@pytest.mark.parametrize(
    ("head", "body", "title"),
    [
        ("<title>Silt and sand | Tide</title>", "<p>x</p>", "Silt and sand"),
        ("<title>Silt - sand - Tide</title>", "<h1>Silt - sand</h1><p>x</p>", "Silt - sand"),
        (
            "<title>Ida Brandt: Maps | Folded Podcast #12</title>",
            "<p>x</p>",
            "Ida Brandt: Maps | Folded Podcast #12",
        ),
        ("<title>Home</title>", "<main><h1>Real title</h1><p>x</p><h2>Part</h2></main>", "Real title"),
        ("<title>Tide • Silt</title>", "<main><p>5 May</p><h2>Silt</h2><p>x</p></main>", "Silt"),
        ("", "<p>x</p>", "Page"),
    ],
)
def test_the_title_is_the_pages_own_without_its_site(head: str, body: str, title: str) -> None:
    assert episode(head, body).title == title


def test_the_title_of_a_page_names_show_and_number() -> None:
    read = episode("<title>Ida Brandt: Maps | Folded Podcast #12</title>")
    assert (read.show, read.number) == ("Folded Podcast", 12)


def test_a_platform_is_no_show() -> None:
    assert (
        episode('<meta property="og:site_name" content="YouTube"><title>Silt - YouTube</title>').show is None
    )


def test_microdata_and_times_of_a_page() -> None:
    read = episode(
        '<meta itemprop="datePublished" content="2022-03-04"><meta itemprop="duration" content="PT10M5S">',
        '<span itemprop="author"><link itemprop="name" content="Tide"></span>'
        '<p>x <time datetime="2020-01-01">then</time></p>',
    )
    assert (read.date, read.duration_s) == ("2022-03-04", 605)
    assert episode("", '<p><time datetime="2021-02-03T04:05">Feb</time> x</p>').date == "2021-02-03"


@pytest.mark.parametrize(
    "broken",
    [
        "{",
        "[" * 50_000,
        '{"@type": "PodcastEpisode", "name": {"name": {"name": {}}}}',
        '{"@type": ["PodcastEpisode", 5], "hasPart": 7}',
        "null",
    ],
)
def test_json_ld_that_says_nothing_does_no_harm(broken: str) -> None:
    draft = html_to_draft(f'<html><script type="application/ld+json">{broken}</script><p>Words.</p></html>')
    assert draft.sections[0].text == "Words."


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=10),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from(
                ["@type", "@graph", "name", "author", "duration", "hasPart", "startOffset", "keywords", "url"]
            ),
            inner,
            max_size=4,
        )
    ),
    max_leaves=20,
)


@given(VALUES)
def test_any_json_is_read(value: object) -> None:
    linked_data([json.dumps({"@type": "PodcastEpisode", "x": value}), json.dumps(value)])
