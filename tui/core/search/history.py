"""What was searched for before: kept among the reader's own data, for nobody else's eyes."""

import json
from contextlib import suppress
from pathlib import Path

from tui.core.search.store import write_whole
from tui.paths import data_folder

MOST_QUERIES = 50
LONGEST_QUERY = 1_000
LARGEST_BYTES = 1_000_000


def history_file() -> Path:
    """Return where the queries are kept; it need not exist."""
    return data_folder() / "searches.json"


def load_history(file: Path | None = None) -> list[str]:
    """Return the queries of before, the latest first; none where they can't be read.

    Args:
        file: Where they are kept; by default among the reader's data.
    """
    file = file or history_file()
    try:
        if file.stat().st_size > LARGEST_BYTES:
            return []
        found = json.loads(file.read_bytes())
    except (OSError, ValueError, RecursionError):
        return []
    texts = [text for text in found if isinstance(text, str)] if isinstance(found, list) else []
    return [text for text in dict.fromkeys(texts) if text.strip()][:MOST_QUERIES]


def remember(query: str, file: Path | None = None) -> list[str]:
    """Put a query before all others and keep them; return them, the latest first.

    What can't be kept is only remembered by who asks. A blank query is none.

    Args:
        query: What was searched for.
        file: Where the queries are kept; by default among the reader's data.
    """
    file = file or history_file()
    query = query.strip()[:LONGEST_QUERY]
    before = load_history(file)
    if not query:
        return before
    queries = [query, *(other for other in before if other != query)][:MOST_QUERIES]
    with suppress(OSError):
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        write_whole(file, json.dumps(queries, ensure_ascii=True, indent=0).encode())
    return queries
