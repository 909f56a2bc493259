import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.core.search.hostile import HOSTILE, soup
from tui.core.search.corrections import spoken
from tui.core.search.query import DEEPEST, LONGEST_QUERY, MOST_LEAVES, not_understood, parse, wanted_words


def said(text: str, *, typing: bool = False) -> str:
    node = parse(text, typing=typing)
    return "" if node is None else spoken(node)


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("scaling laws", "scaling laws"),
        ('"optimal rate"', '"optimal rate"'),
        ("“optimal rate”", '"optimal rate"'),
        ("scaling -haiku", "scaling -haiku"),
        ("NOT haiku", "-haiku"),
        ("gpt OR claude new", "(gpt OR claude new)"),
        ("(gpt | claude) new", "(gpt OR claude) new"),
        ("gpt AND claude", "gpt claude"),
        ("superpos*", "superpos*"),
        ("show:lex guest:askell", "show:lex guest:askell"),
        ('title:"night trains" tag:ai', 'title:"night trains" tag:ai'),
        ("section:(laws OR rules)", "(section:laws OR section:rules)"),
        ("after:2024-05 before:2025", "after:2024-05-01 before:2025-01-01"),
        ("is:unread x", "is:unread x"),
        ("co-operate U.S.", '"co operate" "u s"'),
        ("机器学习", '"机 器 学 习"'),
        ("-(a b)", "-(a b)"),
        ("nosuch:thing", '"nosuch thing"'),
        ("http://a.b", '"http a b"'),
        ("and or not", "and or not"),
        ("AND", "and"),
        ("a OR", "a or"),
        ("a NOT", "a not"),
        ("((((a", "a"),
        ("a)b", "a b"),
        ("after:never x", "x"),
        ("C++", "c"),
        ("- -- ( ) | ''", ""),
        ("", ""),
    ],
)
def test_reads(text: str, meant: str) -> None:
    assert said(text) == meant


@pytest.mark.parametrize(
    ("text", "conditions"),
    [
        ("x after:foo y", ("after:foo",)),
        ('is:foo before:"next week" x', ("is:foo", "before:next week")),
        ("is:highlighted after:2024 x", ()),
        ("is:foo", ()),
        ("x is:foo", ()),
        ("x is:foo ", ("is:foo",)),
        ("nosuch:thing after: x", ()),
        ("", ()),
    ],
)
def test_conditions_that_mean_nothing_are_known(text: str, conditions: tuple[str, ...]) -> None:
    assert not_understood(text) == conditions


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("scal", "scal*"),
        ("scaling ", "scaling"),
        ("scaling la", "scaling la*"),
        ('"optimal ra', '"optimal ra*"'),
        ('"optimal rate"', '"optimal rate"'),
        ("-hai", "-hai"),
        ("title:", ""),
        ("title:ni", "title:ni*"),
        ("x after:", "x"),
        ("x after:20", "x"),
        ("x after:2019-0", "x after:2019-01-01"),
        ("x after:2019-06-1", "x after:2019-06-01"),
        ("bitcoin OR", "bitcoin"),
        ("bitcoin OR ", "bitcoin"),
        ("bitcoin NOT ", "bitcoin"),
        ("(a OR b) AND", "(a OR b)"),
        ("bitcoin OR c", "(bitcoin OR c*)"),
        ("OR", "or*"),
        ("is:un x", "is:unread x*"),
        ("is:", ""),
        ("机器", '"机 器"'),
        ("U.S", '"u s*"'),
    ],
)
def test_reads_while_somebody_types(text: str, meant: str) -> None:
    assert said(text, typing=True) == meant


@pytest.mark.parametrize("text", HOSTILE)
def test_nothing_is_an_error(text: str) -> None:
    for typing in (False, True):
        leaves = wanted_words(parse(text, typing=typing))
        assert len(leaves) <= MOST_LEAVES
        assert all(token.isalnum() for leaf in leaves for token in leaf.tokens)


@given(st.text(max_size=80))
def test_any_text_is_a_query(text: str) -> None:
    for typing in (False, True):
        said(text, typing=typing)


def test_operators_in_any_order_are_a_query() -> None:
    generator = random.Random(5)
    for _ in range(2_000):
        text = soup(generator)
        assert isinstance(said(text, typing=True), str), text


def test_what_is_said_means_the_same() -> None:
    generator = random.Random(6)
    for _ in range(500):
        text = said(soup(generator))
        assert said(text) == text


def test_depth_and_length_are_bounded() -> None:
    said("(" * LONGEST_QUERY + "a")
    said("-" * LONGEST_QUERY + "a")
    assert said("(" * (DEEPEST - 1) + "a") == "a"
    assert said("a" * 100_000)
