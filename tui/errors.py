"""Everything that can go wrong, as one small tree.

PullquoteError
├── UsageError          the command was asked in a way it can't be (exit 2)
├── NotFoundError       nothing of that name, or nothing that fits (exit 1)
└── UnreadableError     it is there, but can't be read as an episode (exit 1)

Every message is one line for the reader: what, which file, what to do. Foreign errors are turned
into these where they enter, with ``raise … from``.
"""


class PullquoteError(Exception):
    """Something the reader should be told in one line."""

    exit_code = 1
    """What the process ends with when this reaches the command line."""


class UsageError(PullquoteError):
    """The command was asked in a way it can't be."""

    exit_code = 2


class NotFoundError(PullquoteError):
    """Nothing of that name, or nothing that fits."""


class UnreadableError(PullquoteError):
    """It is there, but can't be read as an episode."""
