"""A page that says which encoding it is in is read in that, if it is."""

import pytest

from tui.core.declared_encoding import declared_encoding
from tui.core.decoding import decode

PAGES = [
    ("Shift_JIS", "cp932", "言葉は辞書よりも速く変わる、と彼女は説明します。"),
    ("euc-jp", "euc_jp", "言葉は辞書よりも速く変わる。"),
    ("ISO-2022-JP", "iso2022_jp", "言葉は辞書よりも速く変わる。"),
    ("gb2312", "gb18030", "语言的变化比词典更快。"),
    ("Big5", "big5hkscs", "語言的變化比詞典更快。"),
    ("euc-kr", "cp949", "언어가 사전보다 빨리 변합니다."),
    ("windows-1251", "cp1251", "Язык меняется быстрее словарей."),
    ("iso-8859-1", "cp1252", "Être naïf – “déjà vu”."),
]


@pytest.mark.parametrize(("label", "encoding", "text"), PAGES, ids=[page[0] for page in PAGES])
@pytest.mark.parametrize(
    "form", ['<meta charset="{}">', "<META content='text/html; charset={}' http-equiv=Content-Type>"]
)
def test_the_declared_encoding_is_believed(label: str, encoding: str, text: str, form: str) -> None:
    source = (
        f"<!doctype html><html><head>{form.format(label)}</head><body>{'<p>some plain text</p>' * 50}{text}"
    )
    decoded = decode(source.encode(encoding))
    assert (decoded.text, decoded.notices) == (source, ())


def test_xml_declares_its_encoding_too() -> None:
    source = '<?xml version="1.0" encoding="koi8-r"?><rss>Гость</rss>'
    assert decode(source.encode("koi8_r")).text == source


def test_utf_8_is_utf_8_whatever_it_says() -> None:
    source = "<meta charset=shift_jis><p>日本語 “naïve”</p>"
    assert decode(source.encode()).encoding == "utf-8"
    damaged = source.encode() * 20 + b"\xff"
    assert decode(damaged).notices == ("1 byte was not UTF-8",)


def test_a_page_that_is_not_what_it_says_is_guessed() -> None:
    source = "<meta charset=euc-jp><p>ゲストは言葉が辞書よりも速く変わる理由を説明します。</p>" * 3
    decoded = decode(source.encode("shift_jis"))
    assert (decoded.text, len(decoded.notices)) == (source, 1)


def test_the_head_of_a_page_may_end_within_a_character() -> None:
    data = "<meta charset=shift_jis><p>言葉は辞書よりも速く変わる".encode("cp932")
    assert decode(data[:-1], truncated=True).text.endswith("速く変わ")


@pytest.mark.parametrize(
    "data",
    [
        b"plain text with charset=shift_jis in it",
        b"<meta charset=hex>",
        b"<meta charset=utf-16>",
        b"<p>no declaration</p>",
        b"<meta " * 5000 + b"charset=shift_jis>",
    ],
)
def test_only_known_labels_in_pages_count(data: bytes) -> None:
    assert declared_encoding(data) is None
