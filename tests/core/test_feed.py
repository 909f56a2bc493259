"""Feeds: each item an episode of its own, with what the feed and the item say about it."""

from pathlib import Path
from xml.sax.saxutils import escape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.core.counting import calls
from tui.core.episode import Episode
from tui.core.formats.draft import Source
from tui.core.formats.feed import fits, read, split
from tui.core.formats.table import reader_for
from tui.core.reading import episode_from_bytes, read_all, read_episode

OPENING = (
    '<?xml version="1.0" encoding="UTF-8"?>\n<rss version="2.0"'
    ' xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd" xmlns:content="http://purl.org/rss/1.0/modules/content/"'
    ' xmlns:psc="http://podlove.org/simple-chapters" xmlns:podcast="https://podcastindex.org/namespace/1.0"'
    ' xmlns:atom="http://www.w3.org/2005/Atom">\n<channel><title>Low Water</title>'
    '<atom:link rel="self" href="https://low.example/feed"/><link>https://low.example</link>'
    "<language>en-gb</language><itunes:author>Tide Media</itunes:author>"
    "<image><url>https://low.example/x.png</url><title>A picture</title></image>\n"
)
CLOSING = "</channel></rss>"

ITEM = """<item>
<title>How harbours silt up &amp; why</title>
<link>https://low.example/7</link>
<guid isPermaLink="false">abc-7</guid>
<pubDate>Sun, 11 Feb 2024 06:00:00 +0000</pubDate>
<itunes:duration>1:02:03</itunes:duration><itunes:episode>7</itunes:episode>
<itunes:keywords>harbours, silt</itunes:keywords><category>Sea</category>
<podcast:person role="host">Ann Lee</podcast:person><podcast:person role="Guest">Ida Brandt</podcast:person>
<podcast:transcript url="https://low.example/7.vtt" type="text/vtt"/>
<enclosure url="https://low.example/7.mp3" type="audio/mpeg" length="1"/>
<description>About silt.</description>
<content:encoded><![CDATA[<p>About silt. And about <b>mud</b>, </item> too.</p>
<h3>Links</h3><ul><li>One</li></ul>]]></content:encoded>
<psc:chapters version="1.2"><psc:chapter start="0" title="Welcome"/>
<psc:chapter start="8:26.250" title="The dredger"/></psc:chapters>
</item>
"""

ATOM = """<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom" xmlns:media="http://search.yahoo.com/mrss/"
 xmlns:yt="http://www.youtube.com/xml/schemas/2015"><title>Tide Channel</title>
<author><name>Tide Channel</name></author>
<entry><title>First</title><link rel="alternate" href="https://youtu.be/abcdefghijk"/>
<published>2023-01-02T03:04:05+00:00</published>
<author><name>Bo Diaz</name></author><media:group><media:description>0:00 Start
1:00 Middle
2:30 End

Thanks to all.</media:description></media:group></entry>
<entry><title type="html">Second &lt;b&gt;</title><link href="https://tide.example/2"/><updated>2023-02-03T00:00:00Z</updated>
<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">
<p>One <em>two</em> three.</p><h2>Part</h2><p>More</p></div></content></entry>
</feed>"""


def feed(*items: str) -> str:
    return OPENING + "".join(items) + CLOSING


def one(text: str) -> Episode:
    return episode_from_bytes(text.encode(), Path("feed.xml"))


def plain_item(number: int) -> str:
    return f"<item><title>Part {number}</title><description>Words of part {number}.</description></item>\n"


def test_an_item_tells_everything_about_its_episode() -> None:
    read_item = one(feed(ITEM))
    assert read_item.format == "feed"
    assert (read_item.title, read_item.show, read_item.number) == (
        "How harbours silt up & why",
        "Low Water",
        7,
    )
    assert (read_item.date, read_item.duration_s, read_item.language) == ("2024-02-11", 3723, "en")
    assert (read_item.url, read_item.people) == ("https://low.example/7", ("Ann Lee", "Ida Brandt"))
    assert read_item.tags == ("harbours", "silt", "Sea")


def test_an_items_text_comes_once_with_its_chapters_and_links() -> None:
    sections = one(feed(ITEM)).sections
    assert [(section.title, section.start_s) for section in sections] == [
        ("", None),
        ("Links", None),
        ("Welcome", 0.0),
        ("The dredger", 506.25),
    ]
    assert sections[0].text == "About silt. And about mud, too."
    assert (
        sections[-1].text == "Transcript: https://low.example/7.vtt\n\nRecording: https://low.example/7.mp3"
    )


def test_a_feed_is_a_file_of_its_items(tmp_path: Path) -> None:
    path = tmp_path / "feed.rss"
    path.write_text(feed(plain_item(1), ITEM, plain_item(3)), encoding="utf-8")
    episodes = list(read_all(path))
    assert [episode.title for episode in episodes] == ["Part 1", "How harbours silt up & why", "Part 3"]
    assert {episode.show for episode in episodes} == {"Low Water"}
    assert [episode.count for episode in episodes] == [3, 3, 3]
    assert read_episode(path / "3").sections[0].text == "Words of part 3."


def test_an_item_keeps_its_id_when_newer_ones_come_before_it(tmp_path: Path) -> None:
    path = tmp_path / "feed.xml"
    path.write_text(feed(ITEM, plain_item(1)), encoding="utf-8")
    before = read_episode(path / "1").id
    path.write_text(feed(plain_item(9), ITEM, plain_item(1)), encoding="utf-8")
    assert read_episode(path / "2").id == before


def test_entries_of_atom_and_of_video_channels() -> None:
    first, second = (one(part.text) for part in split(Source(ATOM, "feed.xml")))
    assert (first.title, first.show, first.date, first.url) == (
        "First",
        "Tide Channel",
        "2023-01-02",
        "https://youtu.be/abcdefghijk",
    )
    assert first.people == ("Bo Diaz",)
    assert [(block.text, block.start_s) for block in first.sections[0].blocks] == [
        ("Start", 0.0),
        ("Middle", 60.0),
        ("End", 150.0),
        ("Thanks to all.", None),
    ]
    assert (second.date, second.url) == ("2023-02-03", "https://tide.example/2")
    assert [(section.title, section.text) for section in second.sections] == [
        ("", "One two three."),
        ("Part", "More"),
    ]


def test_the_items_of_rss_1_stand_beside_their_channel() -> None:
    rdf = (
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/">'
        '<channel rdf:about="x"><title>Old Tide</title></channel>'
        '<item rdf:about="a"><title>A</title><link>https://x.example/a</link><description>One.</description></item>'
        '<item rdf:about="b"><title>B</title><description>Two.</description></item></rdf:RDF>'
    )
    parts = [one(part.text) for part in split(Source(rdf, "old.rdf"))]
    assert [(part.title, part.show, part.sections[0].text) for part in parts] == [
        ("A", "Old Tide", "One."),
        ("B", "Old Tide", "Two."),
    ]


def test_entities_of_html_and_lone_ampersands_are_read() -> None:
    text = "<item><title>Caf&eacute; & more &nbsp;</title><description>Tom & Ann&hellip;</description></item>"
    assert (one(feed(text)).title, one(feed(text)).sections[0].text) == ("Café & more", "Tom & Ann…")


def test_an_item_that_is_no_xml_keeps_its_words() -> None:
    read_item = one(feed("<item><title>Broken</titel><description>Some words</b></description></item>"))
    assert "Some words" in " ".join(section.text for section in read_item.sections)
    assert read_item.notices == ("This item of the feed is not valid XML",)


def test_entities_that_a_feed_declares_are_not_followed() -> None:
    bomb = (
        '<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY a "boom"><!ENTITY b "&a;&a;">]>'
        + feed(plain_item(1))[38:]
    )
    assert "boom" not in repr(one(bomb.replace("Words", "&b; Words")))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (feed(ITEM), True),
        (ATOM, True),
        (feed(), False),
        ("<opml version='2.0'><body><outline text='x' xmlUrl='y'/></body></opml>", False),
        ("<html><body><item>x</item></body></html>", False),
        ("A text about <rss> and <item>s.", False),
        ("<!DOCTYPE html><html><p>&lt;rss&gt; <code><rss ><item></code>", True),
    ],
)
def test_what_a_feed_is_known_by(text: str, expected: bool) -> None:
    assert fits(Source(text, "x.xml")) is expected


def test_a_list_of_feeds_is_shown_as_text() -> None:
    opml = "<?xml version='1.0'?>\n<opml version='2.0'><body><outline text='x' xmlUrl='y'/></body></opml>"
    assert reader_for(Source(opml, "feeds.xml")).name in ("text", "page-text")


def test_the_head_of_a_feed_shows_that_it_has_several_items(tmp_path: Path) -> None:
    path = tmp_path / "feed.xml"
    path.write_text(feed(*(plain_item(n) + "\n" * 200 for n in range(900))), encoding="utf-8")
    assert read_episode(path, head=True).count == 900


def test_the_head_of_a_long_item_reads_like_its_beginning(tmp_path: Path) -> None:
    long = "".join(f"<h2>Part {n}</h2><p>{'Words of it. ' * 9}</p>\n" for n in range(2000))
    path = tmp_path / "feed.xml"
    path.write_text(
        feed(f"<item><title>Long</title><content:encoded><![CDATA[{long}]]></content:encoded></item>"),
        encoding="utf-8",
    )
    whole, head = read_episode(path), read_episode(path, head=True)
    last = len(head.sections) - 1
    assert last > 100
    assert (head.title, head.sections[:last]) == ("Long", whole.sections[:last])


def test_a_feed_of_one_reader_forced_shows_all_its_items() -> None:
    draft = read(Source(feed(plain_item(1), plain_item(2)), "x.xml"))
    assert [section.title for section in draft.sections] == ["Part 1", "Part 2"]


def test_work_grows_with_the_number_of_items() -> None:
    def work(size: int) -> int:
        source = Source(feed(*map(plain_item, range(size))), "x.xml")
        return calls(lambda: split(source))

    work(5)
    assert work(400) < 2.3 * work(200)


@given(
    st.lists(
        st.text(st.characters(codec="utf-8", categories=("L", "N", "P", "Zs")), max_size=30),
        min_size=1,
        max_size=5,
    )
)
def test_any_description_is_kept(texts: list[str]) -> None:
    items = [
        f"<item><title>T</title><description>{escape(escape(text))}</description></item>" for text in texts
    ]
    parts = split(Source(feed(*items), "x.xml")) or [Source(feed(*items), "x.xml")]
    for text, part in zip(texts, parts, strict=True):
        shown = "".join(block.text for section in read(part).sections for block in section.blocks)
        letters = [character for character in text if character.isalnum()]
        assert [character for character in shown if character.isalnum()] == letters


@given(st.text(alphabet="<>/!-[]CDATA&;\"' itemrschannel=x", max_size=120))
def test_any_text_is_split_and_read(text: str) -> None:
    source = Source(f"<rss><channel><item>{text}", "x.xml")
    split(source)
    assert read(source).sections
