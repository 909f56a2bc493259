"""Notices stand one at a time: the newest takes the place of the one before, but of no unread error."""

from textual import on
from textual.app import App
from textual.notifications import Notification, Notify


class Noticing(App[None]):
    """The part of the application that keeps notices from piling up over the text."""

    @on(Notify)
    def _make_room(self, message: Notify) -> None:
        """Take away what a new notice replaces; Textual shows the new one after that.

        An error stays above what is none until its time is over, and only another error replaces it.
        """
        is_error = message.notification.severity == "error"
        gone = [one for one in self._notifications if is_error or one.severity != "error"]
        for notice in gone:
            # Textual's public way, ``clear_notifications``, takes the errors along.
            self._unnotify(notice, refresh=False)
        self._remove_holders(gone)

    def _remove_holders(self, gone: list[Notification]) -> None:
        """Remove what holds the words of notices: Textual leaves it, one more with every notice."""
        identities = tuple(notice.identity for notice in gone)
        for holder in self.screen.query("ToastHolder") if self.screen_stack else ():
            if holder.id and holder.id.endswith(identities):
                holder.remove()
