"""Transcripts in pages: who speaks and when, told by the page's markup or by labels in its text."""

from tui.core.episode import Block
from tui.core.formats.draft import Draft
from tui.core.formats.html_page import html_to_draft

Said = tuple[str | None, float | None, str]


def said(draft: Draft) -> list[Said]:
    return [(b.speaker, b.start_s, b.text) for s in draft.sections for b in s.blocks if not b.fold]


def segment(name: str, stamp: str, text: str) -> str:
    return (
        f'<div class="ts-segment"><span class="ts-name">{name}</span><span class="ts-timestamp">'
        f'<a href="https://youtube.com/watch?v=abc&t=1">({stamp})</a> </span>'
        f'<span class="ts-text">{text}</span></div>'
    )


def test_segments_with_names_and_times_in_elements_of_their_own() -> None:
    turns = [
        ("Ann Lee", "00:00:00", "Hello."),
        ("Bo Diaz", "00:00:09", "Hi <i>there</i>."),
        ("", "00:00:20", "And more."),
        ("Ann Lee", "00:01:00", "Why?"),
    ]
    draft = html_to_draft(
        "<html><main><h1>Transcript</h1><h2 id=c1><span>Opening</span></h2>"
        + "".join(segment(*turn) for turn in turns)
        + "<h2>Closing</h2>"
        + segment("Bo Diaz", "01:00:00", "Bye.")
        + "</main></html>"
    )
    assert [section.title for section in draft.sections] == ["Opening", "Closing"]
    assert said(draft) == [
        ("Ann Lee", 0.0, "Hello."),
        ("Bo Diaz", 9.0, "Hi there."),
        ("Bo Diaz", 20.0, "And more."),
        ("Ann Lee", 60.0, "Why?"),
        ("Bo Diaz", 3600.0, "Bye."),
    ]


def test_names_and_times_in_blocks_above_their_text() -> None:
    rows = "".join(
        f'<div class=row><div class="timestamp">{n}:05</div><div class="speaker">{name}</div>'
        f"<p>Words {n}.</p></div>"
        for n, name in enumerate(["Ann", "Bo", "Ann", "Bo"])
    )
    assert said(html_to_draft(f"<html><main><h2>T</h2>{rows}</main></html>")) == [
        ("Ann", 5.0, "Words 0."),
        ("Bo", 65.0, "Words 1."),
        ("Ann", 125.0, "Words 2."),
        ("Bo", 185.0, "Words 3."),
    ]


def test_a_few_marked_names_make_no_transcript() -> None:
    draft = html_to_draft(
        '<html><main><h2>T</h2><p><span class="speaker">Ann</span> talks.</p><p>x</p></main></html>'
    )
    assert said(draft) == [(None, None, "Ann talks."), (None, None, "x")]


def test_cited_names_and_times_between_paragraphs() -> None:
    turns = "".join(
        f"<cite>{name}:</cite><time>0:{n * 5:02}</time><p>These are the words of turn {n}.</p>"
        for n, name in enumerate(["Ann", "Bo"] * 5)
    )
    found = said(html_to_draft(f"<html><body>{turns}</body></html>"))
    assert found[0] == ("Ann", 0.0, "These are the words of turn 0.")
    assert found[-1] == ("Bo", 45.0, "These are the words of turn 9.")
    assert len(found) == 10


def test_names_in_bold_before_their_text() -> None:
    turns = "".join(
        f"<p><strong>{name}:</strong> Words {n} of it.</p>"
        for n, name in enumerate(["Ann Lee", "Bo Diaz"] * 6)
    )
    found = said(html_to_draft(f"<html><main><h2>T</h2>{turns}</main></html>"))
    assert found[:2] == [("Ann Lee", None, "Words 0 of it."), ("Bo Diaz", None, "Words 1 of it.")]


def test_a_label_that_nothing_follows_stays_as_text() -> None:
    rows = "".join(f'<div class="speaker">{name}</div><p>Words.</p>' for name in ["Ann", "Bo"] * 3)
    draft = html_to_draft(f'<html><main><h2>T</h2>{rows}<div class="speaker">Ann</div></main></html>')
    last = draft.sections[-1].blocks[-1]
    assert isinstance(last, Block)
    assert (last.speaker, last.text) == (None, "Ann")
