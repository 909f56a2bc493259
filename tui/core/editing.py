"""Opening the reader's own editor."""

import os
import shlex
import subprocess
from pathlib import Path
from tempfile import TemporaryDirectory

from tui.core.cleaning import clean, clean_line


def run_editor(path: Path) -> str:
    """Let the reader edit a file; return why the editor could not be started, or nothing."""
    chosen = os.environ.get("VISUAL") or os.environ.get("EDITOR") or "vi"
    try:
        words = shlex.split(chosen)
        if not words:
            return "its name is blank"  # and what follows would be the file itself
        subprocess.run([*words, str(path)], check=False)
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else str(error)
        return f"{clean_line(chosen)}: {clean_line(reason or 'unknown error')}"
    return ""


def edited(text: str, name: str = "note.md") -> tuple[str, str]:
    """Let the reader edit a text; return what it is then, clean, and why it could not be edited, or nothing.

    It is in a file only meanwhile, which nobody else can read.

    Args:
        text: What is edited.
        name: What the file is called: editors know Markdown by it.
    """
    try:
        with TemporaryDirectory(prefix="pullquote-") as folder:
            file = Path(folder) / name
            file.write_text(text, encoding="utf-8")
            problem = run_editor(file)
            return clean(file.read_text(encoding="utf-8", errors="replace")).text.rstrip(), problem
    except OSError as error:
        return text, clean_line(error.strerror or "unknown error")
