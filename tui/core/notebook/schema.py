"""The notebook's tables, and how an older file becomes one of today.

Every table has a number that is never given twice, so rows have an order that no clock can change. Lists are
JSON. Paths are the bytes that the system has, for names on disk need not be UTF-8.
"""

import sqlite3

APPLICATION = int.from_bytes(b"Plqt", "big")
"""What says that a database is a notebook (``PRAGMA application_id``)."""

BACKUP = int.from_bytes(b"PlqB", "big")
"""What says that it is a backup of one: so it is known when somebody has put it in the notebook's place."""

MIGRATIONS = (
    """
    CREATE TABLE sources (
        number INTEGER PRIMARY KEY AUTOINCREMENT,
        id TEXT NOT NULL UNIQUE,
        path BLOB NOT NULL,
        content TEXT NOT NULL,
        title TEXT NOT NULL,
        show TEXT,
        episode INTEGER,
        people TEXT NOT NULL DEFAULT '[]',
        date TEXT,
        url TEXT,
        language TEXT,
        tags TEXT NOT NULL DEFAULT '[]',
        seen INTEGER NOT NULL DEFAULT 0
    );
    CREATE INDEX sources_by_path ON sources (path);
    CREATE INDEX sources_by_content ON sources (content);

    CREATE TABLE highlights (
        number INTEGER PRIMARY KEY AUTOINCREMENT,
        id TEXT NOT NULL UNIQUE,
        source TEXT NOT NULL REFERENCES sources (id),
        exact TEXT NOT NULL,
        prefix TEXT NOT NULL DEFAULT '',
        suffix TEXT NOT NULL DEFAULT '',
        first INTEGER NOT NULL DEFAULT 0,
        last INTEGER NOT NULL DEFAULT 0,
        section INTEGER NOT NULL DEFAULT 0,
        heading TEXT NOT NULL DEFAULT '',
        text TEXT NOT NULL,
        colour TEXT NOT NULL,
        note TEXT NOT NULL DEFAULT '',
        tags TEXT NOT NULL DEFAULT '[]',
        is_favourite INTEGER NOT NULL DEFAULT 0,
        speaker TEXT,
        start_s REAL,
        created TEXT NOT NULL DEFAULT '',
        modified TEXT NOT NULL DEFAULT '',
        extra TEXT NOT NULL DEFAULT '{}'
    );
    CREATE INDEX highlights_by_source ON highlights (source);
    CREATE INDEX highlights_by_tags ON highlights (tags) WHERE tags <> '[]';
    CREATE INDEX highlights_by_colour ON highlights (colour, is_favourite);

    CREATE TABLE bookmarks (
        number INTEGER PRIMARY KEY AUTOINCREMENT,
        id TEXT NOT NULL UNIQUE,
        source TEXT NOT NULL REFERENCES sources (id),
        exact TEXT NOT NULL,
        prefix TEXT NOT NULL DEFAULT '',
        suffix TEXT NOT NULL DEFAULT '',
        first INTEGER NOT NULL DEFAULT 0,
        last INTEGER NOT NULL DEFAULT 0,
        section INTEGER NOT NULL DEFAULT 0,
        heading TEXT NOT NULL DEFAULT '',
        letter TEXT NOT NULL DEFAULT '',
        created TEXT NOT NULL DEFAULT ''
    );
    CREATE INDEX bookmarks_by_source ON bookmarks (source);
    CREATE INDEX bookmarks_by_letter ON bookmarks (letter) WHERE letter <> '';

    CREATE TABLE readings (
        number INTEGER PRIMARY KEY AUTOINCREMENT,
        source TEXT NOT NULL UNIQUE REFERENCES sources (id),
        state TEXT NOT NULL,
        exact TEXT,
        prefix TEXT NOT NULL DEFAULT '',
        suffix TEXT NOT NULL DEFAULT '',
        first INTEGER NOT NULL DEFAULT 0,
        last INTEGER NOT NULL DEFAULT 0,
        section INTEGER NOT NULL DEFAULT 0,
        heading TEXT NOT NULL DEFAULT '',
        share REAL NOT NULL DEFAULT 0,
        read_sections TEXT NOT NULL DEFAULT '[]',
        read_at TEXT NOT NULL DEFAULT '',
        turn INTEGER NOT NULL DEFAULT 0
    );
    CREATE INDEX readings_by_turn ON readings (turn);
    """,
)
"""What leads from each version of the tables to the next; the first from an empty file."""

VERSION = len(MIGRATIONS)

LONGEST_ID = 64
"""In characters; ours have 32."""

ANCHOR = ("exact", "prefix", "suffix", "first", "last", "section", "heading")

COLUMNS: dict[str, tuple[str, ...]] = {
    "sources": (
        *("number", "id", "path", "content", "title", "show", "episode", "people", "date", "url", "language"),
        *("tags", "seen"),
    ),
    "highlights": (
        *("number", "id", "source", *ANCHOR, "text", "colour", "note", "tags", "is_favourite", "speaker"),
        *("start_s", "created", "modified", "extra"),
    ),
    "bookmarks": ("number", "id", "source", *ANCHOR, "letter", "created"),
    "readings": ("number", "source", "state", *ANCHOR, "share", "read_sections", "read_at", "turn"),
}
"""The columns of each table of the newest version, in the order in which they are read and written."""


def version_of(connection: sqlite3.Connection) -> int:
    """Return which version of the tables a file has; 0 if it has none."""
    found: int = connection.execute("PRAGMA user_version").fetchone()[0]
    return found


def migrate(connection: sqlite3.Connection, migrations: tuple[str, ...] = MIGRATIONS) -> None:
    """Bring the tables up to the newest version, each step as a whole or not at all.

    Raises:
        sqlite3.Error: It can't be done; the file is as it was before the step.
    """
    for number in range(version_of(connection) + 1, len(migrations) + 1):
        connection.execute("BEGIN IMMEDIATE")
        try:
            # Another window may have been quicker.
            if version_of(connection) < number:
                for statement in migrations[number - 1].split(";"):
                    connection.execute(statement)
                connection.execute(f"PRAGMA user_version = {number}")
                connection.execute(f"PRAGMA application_id = {APPLICATION}")
            connection.execute("COMMIT")
        except sqlite3.Error:
            if connection.in_transaction:
                connection.execute("ROLLBACK")
            raise


def is_whole(connection: sqlite3.Connection) -> bool:
    """Say whether a file has all tables with all their columns.

    Raises:
        sqlite3.Error: It can't be read.
    """
    return all(
        set(columns) <= {row[1] for row in connection.execute(f"PRAGMA table_info({table})")}
        for table, columns in COLUMNS.items()
    )
