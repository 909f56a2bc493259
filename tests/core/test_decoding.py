"""Any encoding is read or refused, and what was assumed is said."""

import gzip
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.core.cleaning import clean, has_unsafe
from tui.core.decoding import decode
from tui.errors import UnreadableError

SENTENCE = "Ein Gespräch über Sprache – “naïve” fragen, 日本語 👩‍💻.\n"

MARKED = ["utf-8-sig", "utf-16", "utf-32"]

OLD_ENCODINGS = [
    ("cp1251", "Гость объясняет, почему язык меняется быстрее, чем словари.\n"),
    ("koi8_r", "Гость объясняет, почему язык меняется быстрее, чем словари.\n"),
    ("cp1252", "L’invité répète que la langue évolue – très vite, à son goût déjà trop vite.\n"),
    ("cp1253", "Ο καλεσμένος εξηγεί γιατί η γλώσσα αλλάζει τόσο γρήγορα.\n"),
    ("shift_jis", "ゲストは言葉が辞書よりも速く変わる理由を説明します。\n"),
    ("gb18030", "嘉宾解释了为什么语言的变化比词典更快。\n"),
    ("euc_kr", "언어가 사전보다 빨리 변하는 이유를 설명합니다.\n"),
]

BINARY = [
    ("png", b"\x89PNG\r\n\x1a\n" + bytes(100)),
    ("pdf", b"%PDF-1.7\n1 0 obj\n"),
    ("gzip", gzip.compress(b"words " * 50)),
    ("mp4", b"\x00\x00\x00\x20ftypisom" + bytes(50)),
    ("nul", bytes(5000)),
    ("random", random.Random(3).randbytes(8000)),
    ("one-byte-over-and-over", b"\xff" * 3000),
    ("random-after-a-mark", b"\xff\xfe" + bytes([1, 0, 2, 0]) * 300),
]


@pytest.mark.parametrize("encoding", MARKED)
def test_a_byte_order_mark_is_believed_and_not_shown(encoding: str) -> None:
    decoded = decode(SENTENCE.encode(encoding))
    assert decoded.text == SENTENCE
    assert decoded.notices == ()


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf_16_without_a_mark_is_recognised(encoding: str) -> None:
    text = "Words about words, and then some more of them.\n" * 3
    decoded = decode(text.encode(encoding))
    assert (decoded.text, decoded.encoding) == (text, encoding)


def test_bad_bytes_in_utf_8_are_replaced_and_counted() -> None:
    decoded = decode(SENTENCE.encode() * 3 + b"bad \xff\xfe and \xc3 byte")
    assert decoded.text == SENTENCE * 3 + "bad \ufffd\ufffd and \ufffd byte"
    assert decoded.notices == ("3 bytes were not UTF-8",)


def test_an_incomplete_last_character_of_a_head_is_no_error() -> None:
    data = ("words and words " * 4 + "é").encode()
    head = decode(data[:-1], truncated=True)
    assert head.text == "words and words " * 4
    assert head.notices == ()
    assert decode(data[:-1]).notices != ()


def test_an_incomplete_last_character_of_a_utf_16_head_is_no_error() -> None:
    head = decode("words 👩".encode("utf-16")[:-2], truncated=True)
    assert (head.text, head.notices) == ("words ", ())


@pytest.mark.parametrize(("encoding", "text"), OLD_ENCODINGS, ids=[case[0] for case in OLD_ENCODINGS])
def test_an_old_encoding_is_guessed_and_said(encoding: str, text: str) -> None:
    decoded = decode((text * 5).encode(encoding))
    assert decoded.text == text * 5
    assert decoded.notices == (f"not UTF-8: read as {encoding}, which is a guess",)


def test_a_few_western_signs_in_english_are_read_as_cp1252() -> None:
    text = "Plain English words with one “quoted” part and a café, as it were, in a longer line of text.\n"
    assert decode((text * 3).encode("cp1252")).text == text * 3


@pytest.mark.parametrize(("_name", "data"), BINARY, ids=[case[0] for case in BINARY])
def test_what_is_no_text_is_refused(_name: str, data: bytes) -> None:
    with pytest.raises(UnreadableError, match=r"^talk\.txt is not a text file \("):
        decode(data, name="talk.txt")


def test_some_controls_in_a_text_are_shown_as_signs_and_said() -> None:
    decoded = decode(b"Words \x1b]0;title\x07 words \xe2\x80\xae and a \x00 in a line that is long enough.")
    assert not has_unsafe(decoded.text)
    assert decoded.notices == ("3 control characters are shown as signs", "1 hidden character was removed")


def test_an_empty_file_is_an_empty_text() -> None:
    assert decode(b"").text == ""


@given(st.text(st.characters(codec="utf-8", exclude_categories=["Cc"]), max_size=80))
def test_utf_8_comes_back_as_it_was_written(text: str) -> None:
    assert decode(text.encode("utf-8")).text == clean(text).text


@given(st.binary(max_size=300))
def test_any_bytes_are_clean_text_or_refused(data: bytes) -> None:
    try:
        decoded = decode(data)
    except UnreadableError:
        return
    assert not has_unsafe(decoded.text)
