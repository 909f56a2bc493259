"""The thread that owns the notebook's file: it keeps what a window wants kept, and sees what others do."""

import sqlite3
from collections.abc import Callable
from contextlib import suppress
from time import monotonic

from tui.core.notebook.backups import DamagedError, back_up, is_due
from tui.core.notebook.carrying_out import RefusedError, carry_out
from tui.core.notebook.changes import Change
from tui.core.notebook.held import Held
from tui.core.notebook.mending import Place
from tui.core.notebook.news import AllKept, ChangedElsewhere, Kept, News, Told, Waiting
from tui.core.notebook.opening import open_notebook
from tui.core.notebook.queue import Queue
from tui.core.notebook.reasons import is_damage, reason_of
from tui.core.notebook.session import Session
from tui.core.notebook.store import OvertakenError
from tui.core.notebook.work import Work, WorkKind

LOOK_S = 1.0
"""How often it is seen whether other windows changed anything, in seconds."""

FIRST_RETRY_S, LAST_RETRY_S = 0.5, 15.0
"""How long is waited before what could not be kept is tried again, in seconds: longer each time."""

BACKUP_S = 3600.0
"""How often it is seen whether a backup is due, in seconds."""

OVERTAKEN = "{} left as it is: another window changed it since"
NEWER = "a newer pullquote wrote it, with tables of version {}; update this one"
REPLACED = "The notebook's file was replaced; what you kept since you opened it was kept again: {}"

Made = Callable[[Work, Change | None], None]


class NewerError(OSError):
    """Only a newer program may write the notebook."""


class Keeper:
    """Keeps what is in a queue."""

    def __init__(self, place: Place, queue: Queue, tell: Callable[[News], None], made: Made) -> None:
        """Prepare keeping.

        Args:
            place: Where the notebook is.
            queue: What is to be kept.
            tell: Called with what happens.
            made: Called with what came of a change; None if it was not made.
        """
        self.place = place
        self.queue = queue
        self.tell = tell
        self.made = made
        self.session = Session()
        self.held: Held | None = None
        self.problem = ""
        """Why nothing can be kept just now; empty if all is well."""

        self.is_read_only = False
        self.has_told = False
        """Whether the reader was told that something waits."""

        self.suspect: Work | None = None
        """The work that the file seemed to be damaged for."""

        self.next_try = self.next_backup = 0.0
        self.retry_s = FIRST_RETRY_S

    def run(self) -> None:
        """Keep what there is to be kept, until the end is wanted."""
        while not self.queue.is_ending:
            if self.queue.take_news() or monotonic() >= self.next_try:
                self.turn()
            self.queue.wait(LOOK_S)
        self.turn()
        if self.held is not None:
            self.held.close()

    def turn(self) -> None:
        """See what others did, keep what waits, and take down whether that went well."""
        try:
            self.keep_all()
        except (sqlite3.Error, OSError) as error:
            self.fail(reason_of(error, self.place.file))
            return
        self.next_try, self.retry_s = 0.0, FIRST_RETRY_S
        self.problem = ""
        if self.has_told:
            self.has_told = False
            self.tell(AllKept())

    def fail(self, reason: str) -> None:
        """Take down that nothing can be kept now, and tell it once of each change."""
        self.problem = reason
        self.next_try = monotonic() + self.retry_s
        self.retry_s = min(self.retry_s * 2, LAST_RETRY_S)
        for work in self.queue.drop_idle():
            self.has_told = True
            self.tell(Waiting(work.change, reason))

    def keep_all(self) -> None:
        """Keep all that waits.

        Raises:
            OSError: The file can't be made or written.
            sqlite3.Error: The same.
        """
        held = self.present()
        while (work := self.queue.first()) is not None:
            held = self.keep(held, work)
        held.settle()
        if not self.queue.is_ending and monotonic() >= self.next_backup:
            self.next_backup = monotonic() + BACKUP_S
            self.back_up(held)

    # The file

    def present(self) -> Held:
        """Return the notebook, opened if need be, and anew if it is not the file that was opened."""
        held = self.held
        if held is None:
            return self.open()
        if held.is_replaced:
            return self.open(is_rescued=True, anew=held.is_torn)
        if held.is_overwritten:
            return self.open()
        try:
            if held.has_changed():
                if self.session.edits:
                    self.session.forget_all_but(held.store.keys())
                self.tell(ChangedElsewhere())
        except sqlite3.Error as error:
            if not is_damage(error):
                raise
            return self.open(thoroughly=True)
        return held

    def open(self, *, is_rescued: bool = False, thoroughly: bool = False, anew: bool = False) -> Held:
        """Open the notebook; what this window kept in a file that it replaces is kept again.

        Args:
            is_rescued: Whether what was the notebook until now is to be saved.
            thoroughly: Whether the file is looked through for damage thoroughly.
            anew: Whether the file lacks what was the notebook until now.
        """
        former = self.held
        rescue = former.connection if former is not None and is_rescued else None
        opened = open_notebook(self.place, rescue, thoroughly=thoroughly, anew=anew)
        self.is_read_only = bool(opened.newer)
        if opened.newer:
            opened.connection.close()
            raise NewerError(0, NEWER.format(opened.newer))
        self.held = Held(opened, self.place.file)
        if former is not None:
            # Only now: closed before, it would have moved what was written last into the other file.
            former.close()
        if opened.message:
            self.tell(Told(opened.message, is_alarm=True))
        if self.session.edits:
            self.queue.put_first(Work(WorkKind.RESTORE, self.session.change))
        if opened.message or former is not None or self.problem:
            self.tell(ChangedElsewhere())
        return self.held

    def back_up(self, held: Held) -> None:
        """Make the backup of today, unless it is there; it is no reason to stop if that fails."""
        with suppress(sqlite3.Error, OSError):
            try:
                if is_due(self.place.backups):
                    back_up(held.connection, self.place.backups)
            except DamagedError:
                self.open(thoroughly=True)

    # The works

    def keep(self, held: Held, work: Work) -> Held:
        """Keep one thing; return the file, which may be another one by then.

        Raises:
            OSError: The file can't be opened.
            sqlite3.Error: It can't be kept now.
        """
        try:
            with held.writing():
                done = carry_out(held.store, work)
        except OvertakenError:
            self.refuse(work, OVERTAKEN.format(work.change.said or "this"))
            return held
        except RefusedError as error:
            self.refuse(work, f"{work.change.said or 'this'} can't be kept: {error}")
            return held
        except sqlite3.Error as error:
            if not is_damage(error):
                raise
            return self.mend(work, error)
        if held.is_replaced:
            # Nobody can say whether it was before or after: it is kept once more, which changes nothing.
            return self.present()
        self.finish(work, done)
        return held

    def mend(self, work: Work, error: sqlite3.Error) -> Held:
        """Look at the file that seems to be damaged; what it is not damaged for is refused."""
        held = self.open(thoroughly=True)
        if self.suspect is work:
            self.refuse(work, f"{work.change.said or 'this'} can't be kept: {error}")
        self.suspect = work
        return held

    def finish(self, work: Work, done: Change) -> None:
        """Take a work from the queue, and tell what came of it."""
        self.session.add(done)
        self.made(work, done)
        self.queue.remove(work)
        if work.kind in (WorkKind.MAKE, WorkKind.UNDO):
            self.tell(Kept(work.change))
        elif work.kind is WorkKind.RESTORE and done.edits:
            self.tell(Told(REPLACED.format(len(done.edits)), is_alarm=True))
            self.tell(ChangedElsewhere())

    def refuse(self, work: Work, why: str) -> None:
        """Take a work from the queue that will never be done, and say so."""
        self.made(work, None)
        self.queue.remove(work)
        if work.kind in (WorkKind.MAKE, WorkKind.UNDO):
            self.tell(Told(why[:1].upper() + why[1:], is_alarm=work.kind is WorkKind.MAKE))
            self.tell(ChangedElsewhere())
