"""What a format of exports is, and what may be chosen about it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from tui.core.notebook.values import Highlight
from tui.core.quotes import QuoteSettings


@dataclass(frozen=True, slots=True)
class ExportSettings:
    """What a user may choose about exports."""

    quotes: QuoteSettings = field(default_factory=QuoteSettings)
    """Citations, quotation marks and templates."""

    exported: str = ""
    """When it is exported, in UTC; empty for now."""


@dataclass(frozen=True, slots=True)
class Format:
    """One way to take highlights away."""

    name: str
    """What the command line calls it."""

    label: str
    """What a menu calls it."""

    about: str
    """What it is good for, in one line."""

    suffix: str
    """How the name of its file ends."""

    render: Callable[[Sequence[Highlight], ExportSettings], str | bytes]
    """Takes clean highlights; of no highlights it makes a document without any."""

    by_episode: bool = False
    """Whether a folder gets a file for each episode; else one for all."""

    stem: str = "highlights"
    """What the one file for all is called, without the suffix."""

    is_binary: bool = False
