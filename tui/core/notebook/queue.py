"""What waits to be kept: put there by a window, taken from there by the notebook's thread."""

from threading import Condition

from tui.core.notebook.work import Work, WorkKind


class Queue:
    """Works in the order in which they were put; may be used from any thread."""

    def __init__(self) -> None:
        self.changed = Condition()
        """Guards all that follows."""

        self.works: list[Work] = []
        self.has_new = False
        self.is_ending = False

    def put(self, work: Work) -> None:
        """Add a work; how far the reader is in an episode takes the place of what waited of that."""
        with self.changed:
            if work.kind is WorkKind.READ_ON:
                self.works = [one for one in self.works if not is_replaced(one, work)]
            self.works.append(work)
            self.has_new = True
            self.changed.notify_all()

    def put_first(self, work: Work) -> None:
        """Add a work before all others."""
        with self.changed:
            self.works.insert(0, work)

    @property
    def waiting(self) -> tuple[Work, ...]:
        """All works."""
        with self.changed:
            return tuple(self.works)

    def first(self) -> Work | None:
        """Return the work that is next; None if there is none."""
        with self.changed:
            return self.works[0] if self.works else None

    def remove(self, work: Work) -> None:
        """Take a work away: it is done, or will never be."""
        with self.changed:
            self.works = [one for one in self.works if one is not work]
            self.changed.notify_all()

    def drop_idle(self) -> list[Work]:
        """Take away what nobody will miss, and return the works of which nobody was told that they wait."""
        with self.changed:
            self.works = [work for work in self.works if work.kind is not WorkKind.REFRESH]
            untold = [work for work in self.works if not work.is_told and work.kind is not WorkKind.RESTORE]
            for work in untold:
                work.is_told = True
            self.changed.notify_all()
            return untold

    def wait(self, timeout_s: float) -> None:
        """Wait until there is something new, or the end is wanted, or for a time in seconds."""
        with self.changed:
            self.changed.wait_for(lambda: self.has_new or self.is_ending, timeout_s)

    def take_news(self) -> bool:
        """Say whether anything is new since this was asked last, or the end is wanted."""
        with self.changed:
            is_wanted = self.has_new or self.is_ending
            self.has_new = False
            return is_wanted

    def wait_until_empty(self, timeout_s: float) -> bool:
        """Wait until nothing waits, no longer than a time in seconds; return whether that is so."""
        with self.changed:
            return self.changed.wait_for(lambda: not self.works, timeout_s)

    def end(self, *, is_ending: bool = True) -> None:
        """Want the end, or no longer."""
        with self.changed:
            self.is_ending = is_ending
            self.changed.notify_all()


def is_replaced(waiting: Work, work: Work) -> bool:
    """Say whether how far the reader is in an episode is told anew."""
    if waiting.kind is not WorkKind.READ_ON:
        return False
    sources = {edit.after.source.id for one in (waiting, work) for edit in one.change.edits if edit.after}
    return len(sources) == 1
