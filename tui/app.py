"""The application: how it begins, what it looks like, what works everywhere; its parts do the rest.

Textual is imported here and below only; the command line reaches this module inside the function
that opens the reader, so everything else starts without it. What the first frame of an episode does
not need (the library, help, quoting) is imported where it is used: that is a quarter of the start.
"""

import gc
import os
import traceback
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from rich.text import Text
from textual import on, work
from textual.app import App, SystemCommand
from textual.binding import Binding
from textual.driver import Driver
from textual.filter import LineFilter, Monochrome, NoColor
from textual.screen import Screen

from tui.commands import TABLES, known_keys, rebind
from tui.core.beginning import first_episode
from tui.core.episode import Episode
from tui.core.notebook.first import left_of
from tui.core.settings import Settings, read_settings
from tui.errors import PullquoteError
from tui.holding import Holding
from tui.messages import LeaveAsked, SpeakersAsked
from tui.noticing import Noticing
from tui.opening import Opening
from tui.paths import STYLES, data_folder
from tui.screens.reader.screen import ReaderScreen
from tui.signals import Signals
from tui.themes import DARK, THEMES
from tui.widgets.driver import TerminalDriver
from tui.widgets.guard import Guard
from tui.widgets.held_keys import HeldKeys
from tui.widgets.key_screen import KeyScreen
from tui.widgets.keys import bindings

if TYPE_CHECKING:
    from tui.core.formats.table import Reader
    from tui.core.loading import Loaded
    from tui.screens.library import LibraryScreen

MOUSE_MODES = (1000, 1003, 1015, 1006)
"""The private modes of xterm that report the mouse, as Textual sets them."""

SETTLED_AFTER_S = 0.5
"""After this many seconds what the first frame had no time for is done."""


class PullquoteApp(Opening, Signals, Holding, Noticing, inherit_bindings=False):
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
        self.has_mouse = True
        """Whether clicks come here; else the terminal's own selection works."""

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

        if self.settings.notices:
            self.notify("\n".join(self.settings.notices), severity="warning", markup=False)

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

    @on(SpeakersAsked)
    def _choose_speaker(self, message: SpeakersAsked) -> None:
        from tui.screens.speakers import SpeakersScreen

        self.push_screen(SpeakersScreen(message.speakers, message.only), self._speaker_chosen)

    def _speaker_chosen(self, name: str | None) -> None:
        if name is not None and self.reader is not None:
            self.reader.show_only(name or None)

    # Actions

    def action_leave(self) -> None:
        """Leave, after what the screen has asked for so far: a copy is on its way to here."""
        self.screen.post_message(LeaveAsked())

    @on(LeaveAsked)
    async def _leave(self) -> None:
        # What has just begun would be given up before it reaches the clipboard.
        await self.copied()
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
