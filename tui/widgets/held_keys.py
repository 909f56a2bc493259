"""Keys that are pressed while another screen opens."""

from bisect import insort

from textual import events


class HeldKeys:
    """Keeps keys from acting on a screen that is about to be covered, and in the order they were typed."""

    def __init__(self) -> None:
        self.is_holding = False
        self._waiting: list[events.Key] = []

    def hold(self) -> None:
        """Keep the keys from now on."""
        self.is_holding = True

    def add(self, event: events.Key) -> None:
        """Keep a key, whoever had it in hand."""
        insort(self._waiting, event, key=lambda one: one.time)

    def release(self) -> list[events.Key]:
        """Keep no more keys; return those that were kept, as they were typed."""
        self.is_holding = False
        # New ones: an event that was handed to one widget is not taken by another.
        kept = [events.Key(event.key, event.character) for event in self._waiting]
        self._waiting = []
        return kept
