"""Aligned tables, and the few figures that are made of many measurements."""

import statistics
from collections.abc import Sequence


def print_table(title: str, columns: Sequence[str], rows: Sequence[Sequence[str]], note: str = "") -> None:
    """Print a table: the first column to the left, figures to the right.

    Args:
        title: What was measured, in one line.
        columns: The columns' names.
        rows: As many cells each as there are columns.
        note: How to read it.
    """
    widths = [max(len(row[index]) for row in (columns, *rows)) for index in range(len(columns))]
    print(f"\n{title}\n", flush=True)
    for row in (columns, ["-" * width for width in widths], *rows):
        cells = [cell.rjust(width) for cell, width in zip(row[1:], widths[1:], strict=True)]
        print("  ".join([row[0].ljust(widths[0]), *cells]).rstrip())
    if note:
        print(f"\n{note}")


def milliseconds(seconds: float) -> str:
    """Return seconds as milliseconds, with a decimal where it means something."""
    value = seconds * 1000
    return f"{value:.1f}" if value < 100 else f"{value:.0f}"


def megabytes(count: float) -> str:
    """Return bytes as millions of them."""
    return f"{count / 1e6:.1f}"


def kilobytes(count: float) -> str:
    """Return bytes as thousands of them."""
    return f"{count / 1e3:.1f}"


def ratio(value: float, base: float) -> str:
    """Return how many times ``base`` a value is."""
    return f"{value / base:.2f}"


def percentile(values: Sequence[float], percent: float) -> float:
    """Return the smallest value that at least so many percent of the values do not exceed (nearest rank)."""
    ordered = sorted(values)
    rank = -(-len(ordered) * percent // 100)
    return ordered[max(int(rank), 1) - 1]


def median(values: Sequence[float]) -> float:
    """Return the middle value."""
    return statistics.median(values)
