"""Run by a Python that has ``unstructured``: reads texts (a JSON list) and writes what it takes for titles.

Its text partitioner wants spaCy's English model, and would download it; where a package has the model
under another name, ``PULLQUOTE_SPACY_MODEL`` names it. Nothing of this project is imported here.
"""

import json
import os
import sys
from importlib import import_module
from typing import Any


def main() -> None:
    """Write a list of lists of titles for the texts on standard input."""
    # Loaded by name: this project's own environment has neither.
    spacy: Any = import_module("spacy")
    model = os.environ.get("PULLQUOTE_SPACY_MODEL")
    if model:
        load = spacy.load
        spacy.load = lambda _name, **options: load(model, **options)
    title = import_module("unstructured.documents.elements").Title
    partition_text = import_module("unstructured.partition.text").partition_text
    texts = json.load(sys.stdin)
    found = [
        [element.text for element in partition_text(text=text) if isinstance(element, title)]
        for text in texts
    ]
    json.dump(found, sys.stdout)


if __name__ == "__main__":
    main()
