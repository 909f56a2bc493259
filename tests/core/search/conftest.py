"""A small library to search, and its index."""

from pathlib import Path

import pytest

from tui.core.search.asking import LibraryIndex
from tui.core.search.indexer import bring_up_to_date

EPISODES = {
    "Harbours.md": """---
title: How harbours silt up
show: Low Water
number: 7
guests: [Ida Brandt]
tags: [dredging, rivers]
date: 2024-02-11
---

## The river brings it

Every river carries its hills to the sea, a spoonful at a time. José measured it.

## Dredging laws

The dredger takes the silt away again. Dredging never ends; it only falls behind.
""",
    "notes/Maps.md": """---
title: Ida Brandt draws maps
show: Folded
guests: [Ida Brandt]
date: 2025-06-01
---

## What a contour says

A line of equal height becomes a slope in the mind, and a river becomes a promise.

## Paper and light

Maps of Łódź were printed on the Straße that led to the harbour. Nobody dredged them.
""",
    "Night trains.txt": """Night trains | Slow Hour #3

Night trains | Slow Hour #3

Brief Summary

A talk about sleepers, signals and the optimal rate of delay.

Introduction

The host boards a train at midnight and thinks of the silt in his tea.

Signals

A signal is a promise that a stretch is empty, and an optimal promise is kept.
""",
    "学习.md": """# 机器学习

## 开始

机器学习改变了一切，学习的人也改变了。

## ภาษา

ภาษาไทยไม่มีช่องว่าง
""",
}


@pytest.fixture
def shelf(tmp_path: Path) -> Path:
    """A folder of four episodes."""
    folder = tmp_path / "shelf"
    for name, text in EPISODES.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder


@pytest.fixture
def index(shelf: Path) -> LibraryIndex:
    """The index of the folder."""
    assert bring_up_to_date(shelf, processes=0) == len(EPISODES)
    return LibraryIndex(shelf)
