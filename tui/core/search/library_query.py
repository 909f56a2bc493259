"""What was asked of the library, as it is looked for in one episode; loaded without the engine."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tui.core.finding import Query

if TYPE_CHECKING:
    from tui.core.search.query import Words


@dataclass(frozen=True, slots=True)
class LibraryQuery(Query):
    """A query of the library, as it is looked for in one episode."""

    wanted: "tuple[Words, ...]" = ()
    """``Results.wanted``, or ``wanted_words`` of the query's tree."""
