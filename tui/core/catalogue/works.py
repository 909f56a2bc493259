"""The files of one episode that are to be read together: where they are, and what they hold."""

import os
from pathlib import Path

from tui.core.catalogue.rows import place_in
from tui.core.file_names import named
from tui.core.search.changes import Work
from tui.core.siblings import Variant, variants_in


def variants_of(base: Path, work: Work) -> tuple[Variant, ...]:
    """Return which of an episode's files hold what, the one to show first before the others.

    Data files are among them only if they hold something to read.

    Args:
        base: The folder that the paths of rows start from.
        work: The files.
    """
    folder = base if work.folder == os.pardir else base / work.folder
    sizes = {name: stamp[0] for name, stamp in work.files}
    return variants_in([named(name) for name in sizes], folder, lambda name: sizes[name])


def places_of(work: Work) -> list[str]:
    """Return the paths of the files below the library."""
    return [place_in(work.folder, name) for name, _ in work.files]
