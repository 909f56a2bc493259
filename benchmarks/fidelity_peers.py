"""What others find in the same documents: pandoc by marks, a partitioner and a simple rule without them."""

import json
import os
import re
import shutil
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from benchmarks.fidelity_documents import Document, letters

PARTITIONER = "PULLQUOTE_PARTITIONER"
"""Names a Python that has ``unstructured`` (an environment of its own, not this project's)."""

SCRIPT = Path(__file__).parent / "fidelity_partitioner.py"
WITHIN_S = 900
LONGEST_TITLE = 80
CLOSED = re.compile(r"[.,;:!?…。，；：！？]$")


def has_pandoc() -> bool:
    """Say whether pandoc can be run."""
    return shutil.which("pandoc") is not None


def pandoc_headings(document: Document, form: str) -> list[str]:
    """Return the headings that pandoc finds in a document, as letters; the title of its metadata is first.

    Args:
        document: Markdown or HTML.
        form: Pandoc's name of the form it is read as.
    """
    done = subprocess.run(
        ["pandoc", "-f", form, "-t", "json", str(document.path)],
        capture_output=True,
        timeout=WITHIN_S,
        check=False,
    )
    if done.returncode:
        return []
    tree = json.loads(done.stdout)
    return [key for block in headers(tree["blocks"]) if (key := letters(words(block["c"][2])))]


def headers(blocks: Sequence[object]) -> Iterator[Mapping[str, list[object]]]:
    """Yield the headings among pandoc's blocks, those inside its divisions too."""
    for block in blocks:
        if isinstance(block, dict) and block["t"] == "Header":
            yield block
        elif isinstance(block, dict) and block["t"] == "Div":
            yield from headers(block["c"][1])


def words(tree: object) -> str:
    """Return the words in a piece of pandoc's tree; of a link its text alone."""
    if isinstance(tree, list):
        return "".join(map(words, tree))
    if not isinstance(tree, dict):
        return ""
    kind, content = tree.get("t"), tree.get("c")
    if kind == "Str":
        return str(content)
    if kind == "Code" and isinstance(content, list):
        return str(content[1])
    if kind in ("Space", "SoftBreak", "LineBreak"):
        return " "
    if kind in ("Link", "Span", "Quoted") and isinstance(content, list):
        return words(content[1])
    return (
        words(content)
        if kind in ("Emph", "Strong", "Strikeout", "SmallCaps", "Superscript", "Subscript")
        else ""
    )


def partitioned(texts: Sequence[str]) -> list[list[str]] | str:
    """Return the titles that the partitioner finds in each text, as letters; or why it did not run."""
    python = os.environ.get(PARTITIONER)
    if not python:
        return f"{PARTITIONER} names no Python that has unstructured"
    done = subprocess.run(
        [python, str(SCRIPT)],
        input=json.dumps(list(texts)).encode(),
        capture_output=True,
        timeout=WITHIN_S,
        check=False,
    )
    if done.returncode:
        return f"the partitioner did not run: {done.stderr.decode(errors='replace').strip()[-200:]}"
    return [[letters(title) for title in titles] for titles in json.loads(done.stdout)]


def simple_titles(text: str) -> list[str]:
    """Return what a simple rule takes for headings, as letters: short lines alone, with an open end."""
    alone = (paragraph for paragraph in text.split("\n\n") if "\n" not in paragraph.strip())
    return [
        letters(line)
        for line in map(str.strip, alone)
        if line and len(line) <= LONGEST_TITLE and not CLOSED.search(line) and not re.match(r"[•\d]", line)
    ]
