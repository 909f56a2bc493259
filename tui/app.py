"""The application: holds the folder and the screens, moves between them, gives the terminal back.

Textual is imported here and below only; the command line reaches this module inside the function
that opens the reader, so everything else starts without it. What the first frame of an episode does
not need (the library, help, quoting) is imported where it is used: that is a quarter of the start.
"""

import gc
import os
import traceback
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from rich.text import Text
from textual import on, work
from textual.app import App, SystemCommand
from textual.binding import Binding
from textual.driver import Driver
from textual.filter import LineFilter, Monochrome, NoColor
from textual.message import Message
from textual.screen import Screen
from textual.worker import get_current_worker

from tui.collecting import Collecting
from tui.commands import TABLES, known_keys, rebind
from tui.core.episode import Episode
from tui.core.notebook.first import last_read, left_of
from tui.core.settings import Settings, read_settings
from tui.errors import PullquoteError
from tui.holding import Holding
from tui.messages import (
    EpisodeChosen,
    LibraryAsked,
    LibraryClosed,
    LibrarySearchAsked,
    NeighbourAsked,
    SpeakersAsked,
)
from tui.paths import STYLES, data_folder, file_of, seen_from
from tui.screens.reader.base import UNSAID
from tui.screens.reader.screen import ReaderScreen
from tui.seeking import Seeking, no_episode
from tui.signals import Signals
from tui.themes import DARK, THEMES
from tui.watching import Watching
from tui.widgets.driver import TerminalDriver
from tui.widgets.guard import Guard
from tui.widgets.held_keys import HeldKeys
from tui.widgets.key_screen import KeyScreen
from tui.widgets.keys import bindings

if TYPE_CHECKING:
    from tui.core.catalogue.rows import Row
    from tui.core.formats.table import Reader
    from tui.core.loading import Loaded
    from tui.core.notebook.first import Left
    from tui.screens.library import LibraryScreen

MOUSE_MODES = (1000, 1003, 1015, 1006)
"""The private modes of xterm that report the mouse, as Textual sets them."""

SETTLED_AFTER_S = 0.5
"""After this many seconds what the first frame had no time for is done."""


class EpisodeReady(Message):
    """An episode was read and can be shown."""

    def __init__(self, read: "Loaded", left: "Left | None") -> None:
        super().__init__()
        self.read = read
        self.left = left
        """How it was left."""


class OpeningFailed(Message):
    """An episode can't be shown."""

    def __init__(self, reason: str) -> None:
        super().__init__()
        self.reason = reason


class PullquoteApp(Collecting, Signals, Holding, Seeking, Watching, inherit_bindings=False):
    """Opens a folder or an episode."""

    TITLE = "pullquote"
    BINDINGS = [
        *bindings("Everywhere"),
        # Again, because the palette hears no other keys of ours.
        Binding("ctrl+q", "leave", show=False, priority=True),
    ]
    AUTO_FOCUS = None
    PAUSE_GC_ON_SCROLL = True
    # The page selects in the episode's own text; Textual's selection knows only the screen.
    ALLOW_SELECT = False

    def __init__(
        self,
        folder: Path,
        episode: Episode | None,
        settings: Settings | None = None,
        read: "Loaded | None" = None,
    ) -> None:
        """Prepare the first screen.

        Args:
            folder: Where the library is, or a file of several episodes.
            episode: The one to open at once; None shows the library.
            settings: What the user chose; None for the defaults.
            read: How that was read, and its other files; None if it is from no file.
        """
        self._to_keep = read
        self.settings = settings or Settings()
        # The screen at the bottom of the stack must have its sheet here; the others bring theirs along.
        first_sheet = "reader" if episode is not None else "library"
        super().__init__(css_path=[STYLES / "app.tcss", STYLES / f"{first_sheet}.tcss"])
        self.animation_level = "none"
        self.folder = folder
        self.held = HeldKeys()
        self.in_state = self.episodes_in_state
        self.reader: ReaderScreen | None = None
        self.shelf: LibraryScreen | None = None
        self._then: Callable[[ReaderScreen], None] | None = None
        """What is done once the episode is shown that is being read."""

        self._steps: list[int] = []
        """The steps to other episodes that were asked for; the first one is being taken."""

        self.has_mouse = True
        """Whether clicks come here; else the terminal's own selection works."""

        self._is_settled = False
        """Whether the first frame is long past."""

        self._guard, self._plain = Guard(), NoColor()
        for theme in THEMES:
            self.register_theme(theme)
        first = first_theme(self.settings.theme, os.environ)
        if self.available_themes[first].ansi:
            self.theme = first
        else:
            # Without the watcher, which would have all sheets parsed twice before the first frame.
            self.set_reactive(App.theme, first)
            self.stylesheet.set_variables(self.get_css_variables())
        self._first_screen: Screen[None] = (
            self._open_reader(episode, read, left_of(episode)) if episode is not None else self._open_shelf()
        )

    def get_default_screen(self) -> Screen[None]:
        """Return our own first screen, so that no blank one is laid out before it."""
        return self._first_screen

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """Return our variables as they are in the dark theme, for themes of Textual's own."""
        return DARK

    def get_driver_class(self) -> type[Driver]:
        """Return our driver for a terminal; a browser (textual-serve) brings one of its own."""
        chosen = super().get_driver_class()
        return TerminalDriver if issubclass(TerminalDriver, chosen) else chosen

    def get_line_filters(self) -> Sequence[LineFilter]:
        """Return Textual's filters and the last gate."""
        filters = super().get_line_filters()
        if self.no_color and self.native_ansi_color:
            # The greys that NO_COLOR makes of our colours are black on black for the terminal's own.
            filters = [self._plain if isinstance(one, Monochrome) else one for one in filters]
        return (*filters, self._guard)

    def get_system_commands(self, screen: Screen[object]) -> Iterable[SystemCommand]:
        """Yield what the palette offers: the tables' commands that work on a screen."""
        names = {self.reader: "Reader", self.shelf: "Library", self.notebook_screen: "Notebook"}
        own = TABLES[names[screen]] if screen in names else ()
        for node, table in ((screen, own), (self, TABLES["Everywhere"])):
            for command in table:
                action = getattr(node, f"action_{command.action}", None)
                if command.in_palette and action is not None:
                    yield SystemCommand(command.label.capitalize(), command.help, action)

    def on_resize(self) -> None:
        """Draw everything again, even if the size is what it was: the window was smaller meanwhile.

        Textual hears of the last of many changes only, and draws what it takes to be new.
        """
        self.screen.refresh()

    def on_mount(self) -> None:
        """Listen for what happens to the terminal; later, do what the first frame had no time for."""
        self.hear_terminal()
        self.set_timer(SETTLED_AFTER_S, self._settle)

        for notice in self.settings.notices:
            self.notify(notice, severity="warning", markup=False)

    async def _settle(self) -> None:
        """End the quiet of the start: collect garbage again, get ready for the first search and quote."""
        if not self.is_running or not self.screen_stack:
            return
        if isinstance(self.screen, KeyScreen):
            await self.screen.prepare()
        gc.freeze()  # what was made so far stays to the end: it need not be looked through
        gc.enable()
        if self.reader is not None:
            self.reader.read_on()
        self.notebook.start()
        self.read_readings()
        if self.is_library_open:
            self.make_ready()
        self._is_settled = True
        self.watch_files()
        if not self.is_headless:
            self._warm_up()

    @work(thread=True, group="warm-up")
    def _warm_up(self) -> None:
        """Load what the first quote needs, which would take some frames."""
        import tui.core.clipboard
        import tui.core.quotes
        import tui.core.styles  # noqa: F401
        from tui.core.sentences import sentences

        sentences("Dr. Brandt waits. Then she goes on.")
        if self._to_keep is not None:
            from tui.core.loading import keep

            keep(self._to_keep)

    def _fatal_error(self) -> None:
        """End with one line; the traceback, which may hold what was read, goes to a private file.

        Textual's own would print the values of local variables.
        """
        path = write_log(traceback.format_exc())
        # As Text: a string would be read as markup, and a folder's name can hold brackets.
        self.panic(Text(f"pullquote: stopped by a mistake of its own; the details are in {path}"))

    # Screens

    def _open_reader(
        self, episode: Episode, read: "Loaded | None", left: "Left | None" = None
    ) -> ReaderScreen:
        if self.reader is None:
            chosen = self.settings
            self.reader = ReaderScreen(episode, column=chosen.column, justified=chosen.justify)
            self.reader.open_notebook = lambda: self.notebook
            if left is not None:
                self.reader.restore(left)
            self.reader.variants = read.variants if read is not None else ()
            self.reader.held = self.held
            self.reader.searcher = self.searcher
            self.install_screen(self.reader, "reader")
        return self.reader

    def _open_shelf(self) -> "LibraryScreen":
        from tui.screens.library import LibraryScreen

        if self.shelf is None:
            self.shelf = LibraryScreen(self.folder)
            self.shelf.list.begin_at(last_read(self.folder))
            self.shelf.held = self.held
            self.install_screen(self.shelf, "shelf")
            if self._is_settled:
                self.watch_files()
        return self.shelf

    @on(LibraryAsked)
    def _show_library(self) -> None:
        shelf = self._open_shelf()
        if self.reader is not None and not self.reader.is_empty:
            shelf.show_current(self.reader.episode.path)
        self._bring_up(shelf)
        self.read_readings()

    @on(LibraryClosed)
    def _back_to_reader(self) -> None:
        if self.reader is not None and not self.reader.is_empty:
            self._stop_opening()
            self._bring_up(self.reader)
        else:
            self.notify("Enter opens an episode, q leaves", markup=False)

    @on(LibrarySearchAsked)
    async def _search_library(self) -> None:
        self._stop_opening()
        reader = self._open_reader(self.reader.episode if self.reader else no_episode(self.folder), None)
        await self._bring_up(reader)
        await reader.search_from_library()

    @on(EpisodeChosen)
    def _choose(self, message: EpisodeChosen) -> None:
        if self.reader is not None and self.reader.shows(message.path):
            self._back_to_reader()
        else:
            self._stop_opening()
            self._read(message.path)

    def _stop_opening(self) -> None:
        """Forget the episode that is being read to be shown: something else was asked for."""
        self._steps, self._then = [], None
        self.workers.cancel_group(self, "opening")

    def open_at(self, path: Path, then: Callable[[ReaderScreen], None]) -> None:
        """Show an episode, and do something with the reader once it is shown."""
        then = self.with_way_back(then)
        if self.reader is not None and self.reader.episode.path.absolute() == path:
            self._back_to_reader()
            then(self.reader)
        else:
            self._stop_opening()
            self._then = then
            self._read(seen_from(self.folder, path) or path)

    @on(NeighbourAsked)
    def _choose_neighbour(self, message: NeighbourAsked) -> None:
        self._steps.append(message.step)
        if len(self._steps) == 1:
            self._take_step()

    def _take_step(self) -> None:
        """Take the first of the steps that were asked for; the others wait until its episode is shown."""
        if self.reader is not None:
            self._read_neighbour(self.reader.episode, self.shelf.rows if self.shelf else (), self._steps[0])

    @work(thread=True, exclusive=True, group="opening", description="opening")
    def _read(self, path: Path) -> None:
        self._read_now(path)

    @work(thread=True, exclusive=True, group="opening", description=UNSAID)
    def _read_neighbour(self, episode: Episode, rows: "Sequence[Row]", step: int) -> None:
        from tui.core.catalogue.neighbours import neighbour
        from tui.core.catalogue.once import glance

        try:
            path = neighbour(episode, self.folder, rows or glance(self.folder), step)
        except PullquoteError as error:
            self._post_unless_stopped(OpeningFailed(str(error)))
            return
        if path is None:
            which = "last" if step > 0 else "first"
            what = "file" if file_of(self.folder / "1")[0] == self.folder else "folder"
            self._post_unless_stopped(OpeningFailed(f"This is the {which} episode of the {what}"))
        else:
            self._read_now(path, is_backwards=step < 0)

    def _read_now(self, path: Path, *, is_backwards: bool = False) -> None:
        from tui.core.loading import keep, loaded, recalled

        try:
            forced = self.reader.forced.get(path) if self.reader else None
            read = loaded(path, head=True, reader=forced)
            if is_backwards and read.episode.count > 1 and file_of(path)[1] is None:
                read = loaded(path / str(read.episode.count))
        except PullquoteError as error:
            self._post_unless_stopped(OpeningFailed(str(error)))
        else:
            left = left_of(read.episode)
            if left is not None and left.place is None:
                read = recalled(path) or read
                left = left_of(read.episode)
            self._post_unless_stopped(EpisodeReady(read, left))
            keep(read)

    def _post_unless_stopped(self, message: Message) -> None:
        """Post what a worker has to tell, unless something else was asked for meanwhile."""
        if not get_current_worker().is_cancelled:
            self.post_message(message)

    @on(EpisodeReady)
    def _show_episode(self, message: EpisodeReady) -> None:
        is_new = self.reader is None
        read = message.read
        reader = self._open_reader(read.episode, read, message.left)
        self._bring_up(reader)
        if not is_new:
            reader.recall(read.episode, message.left)
            reader.open_episode(read.episode, variants=read.variants)
        if self._then is not None:
            then, self._then = self._then, None
            then(reader)
        self._steps = self._steps[1:]
        if self._steps:
            self._take_step()

    @on(OpeningFailed)
    def _say_failed(self, message: OpeningFailed) -> None:
        self._steps, self._then = [], None
        self.notify(message.reason, severity="warning", markup=False)

    @on(SpeakersAsked)
    def _choose_speaker(self, message: SpeakersAsked) -> None:
        from tui.screens.speakers import SpeakersScreen

        self.push_screen(SpeakersScreen(message.speakers, message.only), self._speaker_chosen)

    def _speaker_chosen(self, name: str | None) -> None:
        if name is not None and self.reader is not None:
            self.reader.show_only(name or None)

    # Actions

    def action_leave(self) -> None:
        """Leave."""
        if self.may_leave():
            self.exit()

    async def action_help(self) -> None:
        """Show all keys."""
        from tui.screens.help import HelpScreen

        await self.push_screen(HelpScreen())

    def action_next_theme(self) -> None:
        """Change to the next of our themes."""
        names = [theme.name for theme in THEMES]
        here = names.index(self.theme) if self.theme in names else -1
        self.theme = names[(here + 1) % len(names)]

    def action_copy_selection(self) -> None:
        """Copy what is selected, else say how to leave."""
        reader = self.reader
        if self.screen is reader and reader is not None and reader.page.selection is not None:
            reader.action_copy_selected()
        elif self.notebook_screen is self.screen and self.notebook_screen.list.picked:
            self.notebook_screen.action_copy()
        else:
            self.notify("q leaves pullquote", markup=False)

    def action_toggle_mouse(self) -> None:
        """Leave the mouse to the terminal, whose own selection works then, or take it back."""
        driver = self._driver
        if driver is None:
            return
        self.has_mouse = not self.has_mouse
        for mode in MOUSE_MODES:
            driver.write(f"\x1b[?{mode}{'h' if self.has_mouse else 'l'}")
        driver.flush()
        whose = "The mouse works here" if self.has_mouse else "The mouse is the terminal's; M takes it back"
        self.notify(whose, markup=False)

    def action_suspend(self) -> None:
        """Go back to the shell for a while."""
        self.action_suspend_process()


def first_theme(chosen: str, env: Mapping[str, str]) -> str:
    """Return the name of the theme to start with.

    ``PULLQUOTE_THEME``, then the setting, is dark, light or terminal. Where neither is, NO_COLOR asks
    for the terminal's own colours; else the background that the terminal tells in COLORFGBG (rxvt's
    convention: the last number, 7 and 15 are light) decides, and dark is the default.
    """
    names = {theme.name for theme in THEMES}
    for name in (env.get("PULLQUOTE_THEME"), chosen):
        if f"pullquote-{name}" in names:
            return f"pullquote-{name}"
    if env.get("NO_COLOR"):
        return "pullquote-terminal"
    ground = env.get("COLORFGBG", "").rpartition(";")[2]
    return "pullquote-light" if ground in ("7", "15") else "pullquote-dark"


def write_log(text: str) -> Path | str:
    """Write a traceback to a file that only its owner can read; return where it is."""
    path = data_folder() / "error.log"
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        path.touch(mode=0o600)
        path.write_text(text, encoding="utf-8")
    except OSError as error:
        return f"no file ({error.strerror})"
    return path


def run_reader(
    path: Path,
    text: bytes | None = None,
    *,
    reader: "Reader | None" = None,
    library: Path | None = None,
) -> int:
    """Open a folder, an episode or a text from standard input; return the process's exit code.

    Args:
        path: What to open.
        text: What came from standard input, if anything did.
        reader: Who reads the episode, whatever it looks like; None for the first that fits.
        library: The folder of an episode that nobody named: it was read last. If it can't be read any
            more, this is opened; None for an episode that was named.

    Raises:
        PullquoteError: there is nothing at ``path`` that can be shown.
    """
    settings = read_settings(None, known_keys())
    try:
        folder, episode, read = first_episode(path, text, reader)
    except PullquoteError:
        if library is None:
            raise
        path = library
        folder, episode, read = first_episode(path, text, reader)
    folder = library or folder
    app = PullquoteApp(folder, episode, settings, read)
    app.is_library_open = episode is None or (text is None and path.is_dir())
    if reader and app.reader:
        app.reader.forced[path] = reader
    if settings.keys:
        rebind(settings.keys)
        app.set_keymap(settings.keys)
    app.run()
    return app.return_code or 0


def first_episode(
    path: Path, text: bytes | None, reader: "Reader | None" = None
) -> tuple[Path, Episode | None, "Loaded | None"]:
    """Return the library's folder, the episode to open at once, if it is the only one, and how it was read.

    Raises:
        PullquoteError: There is nothing that can be shown.
    """
    if text is not None:
        from tui.core.reading import episode_from_bytes

        return Path.cwd(), episode_from_bytes(text, path, reader=reader), None
    from tui.core.loading import loaded, recalled

    if path.is_dir():
        from tui.core.library import holds_several, scan

        only = None if holds_several(path) else next(scan(path), None)
        if only is None:
            return path, None, None
        folder, path = path, only.path
    else:
        folder = path.parent
    read = loaded(path, head=True, reader=reader)
    if read.episode.count > 1 and file_of(path)[1] is None:
        return path, None, None
    if read.episode.partial and reader is None:
        left = left_of(read.episode)
        if left is not None and left.place is None:
            read = recalled(path) or read
    return folder, read.episode, read
