"""The table of commands: the one truth about keys.

Bindings, the hints at the foot of the screen, the palette, the help page, ``pullquote keys`` and the
README's table all come from here. Keys are spelled as Textual spells them.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace


@dataclass(frozen=True, slots=True)
class Command:
    """One thing the reader can be asked to do."""

    action: str
    """Names the ``action_…`` method that carries it out, and the binding's id."""

    keys: str
    """Comma-separated keys, as Textual spells them; keys one after the other have a blank between."""

    label: str
    """A few words, for hints and the palette."""

    help: str
    """One sentence without a full stop, for the help page."""

    hint: int = 0
    """Its rank among the hints at the foot of the screen, 1 first; 0 is not among them."""

    in_palette: bool = True
    """Whether the palette offers it (moving by a line needs no palette)."""

    opens: bool = False
    """Whether it brings up another screen: what is typed next is for that one."""

    @property
    def key_list(self) -> tuple[str, ...]:
        """The keys one by one."""
        return tuple(key.strip() for key in self.keys.split(","))


EVERYWHERE = (
    Command("leave", "q,ctrl+q", "quit", "Leave pullquote", hint=90),
    Command("help", "question_mark,f1", "keys", "Show all keys", hint=80, opens=True),
    Command(
        "command_palette",
        "colon,ctrl+p",
        "commands",
        "Find a command by its name",
        in_palette=False,
        opens=True,
    ),
    Command("next_theme", "T", "theme", "Dark, light, or the terminal's own colours"),
    Command(
        "copy_selection",
        "ctrl+c",
        "copy selection",
        "Copy what is selected, else say how to leave",
        in_palette=False,
    ),
    Command("toggle_mouse", "M", "mouse", "Leave the mouse to the terminal, or take it back"),
    Command("suspend", "ctrl+z", "suspend", "Back to the shell for a while; fg returns"),
)

READER = (
    Command("line_down", "j,down", "line down", "One line on", in_palette=False),
    Command("line_up", "k,up", "line up", "One line back", in_palette=False),
    Command("half_down", "d,ctrl+d", "half a page down", "Half a page on", in_palette=False),
    Command("half_up", "u,ctrl+u", "half a page up", "Half a page back", in_palette=False),
    Command(
        "page_down",
        "space,pagedown,ctrl+f",
        "page",
        "A page on; a mark shows where the last one ended",
        hint=1,
    ),
    Command("page_up", "b,pageup,ctrl+b", "page up", "A page back", in_palette=False),
    Command("top", "g,home", "top", "To the top"),
    Command("bottom", "G,end", "bottom", "To the end"),
    Command(
        "next_paragraph", "right_curly_bracket", "next paragraph", "To the next paragraph", in_palette=False
    ),
    Command(
        "previous_paragraph",
        "left_curly_bracket",
        "previous paragraph",
        "To the paragraph before",
        in_palette=False,
    ),
    Command("next_section", "right_square_bracket", "section", "To the next section", hint=2),
    Command("previous_section", "left_square_bracket", "previous section", "To the section before"),
    Command("next_episode", "greater_than_sign", "next episode", "To the next episode of the folder or file"),
    Command("previous_episode", "less_than_sign", "previous episode", "To the episode before"),
    Command(
        "next_variant",
        "tab",
        "next text",
        "The episode's next text: summary, notes, transcript, captions, chapters",
        hint=5,
    ),
    Command("previous_variant", "shift+tab", "previous text", "The episode's text before"),
    Command("outline", "o", "outline", "Go to a section by the outline", hint=6),
    Command("library", "l", "library", "Choose another episode", hint=7, opens=True),
    Command("find", "slash", "find", "Find in this episode, as you type", hint=5),
    Command("search", "s", "search", "Search the whole library, as you type", hint=5),
    Command("related", "R", "related", "The sections elsewhere that speak of the same as this one"),
    Command("next_hit", "n", "next hit", "To the next hit", in_palette=False),
    Command("previous_hit", "N", "previous hit", "To the hit before", in_palette=False),
    Command("jump_back", "ctrl+o,backspace", "back", "Back to where the last jump began"),
    Command(
        "copy",
        "y",
        "copy",
        "Label every sentence in sight: its label copies it, a capital begins a range",
        hint=3,
    ),
    Command(
        "highlight",
        "h",
        "highlight",
        "Label every sentence in sight: its label highlights it; a selection is highlighted at once",
        hint=4,
    ),
    Command("annotate", "a", "note", "Write a note on a highlight, or on a sentence by its label"),
    Command("edit_tags", "t", "tags", "Give a highlight tags"),
    Command("toggle_favourite", "f", "favourite", "Make a highlight a favourite, or no longer"),
    Command("colour_amber", "1", "amber", "Colour a highlight amber"),
    Command("colour_green", "2", "green", "Colour a highlight green"),
    Command("colour_blue", "3", "blue", "Colour a highlight blue"),
    Command("colour_rose", "4", "rose", "Colour a highlight rose"),
    Command("remove_highlight", "D,delete", "delete", "Delete a highlight"),
    Command("next_highlight", "full_stop", "next highlight", "To the next highlight", in_palette=False),
    Command("previous_highlight", "comma", "previous highlight", "To the highlight before", in_palette=False),
    Command("undo", "U", "undo", "Take back what you did last to highlights, bookmarks and states"),
    Command("redo", "ctrl+r", "redo", "Do again what was taken back"),
    Command("toggle_bookmark", "B", "bookmark", "Mark the paragraph with a bookmark, or take it away"),
    Command("set_mark", "m", "set mark", "Mark the place with a letter: a–z here, A–Z in the whole library"),
    Command(
        "go_to_mark",
        "apostrophe",
        "go to mark",
        "Go to a letter or bookmark; twice, back before the last jump",
    ),
    Command("finish", "x", "finished", "Mark the episode as finished, or take that back"),
    Command("notebook", "H", "highlights", "Show the notebook: all highlights", opens=True),
    Command("copy_section", "y y", "copy section", "Copy the section, with its citation"),
    Command(
        "copy_as", "Y", "copy as…", "Choose the style of a copy, or take an earlier copy again", opens=True
    ),
    Command("select", "v", "select", "Select the sentence at the reading position"),
    Command("select_paragraph", "V", "select paragraph", "Select the paragraph at the reading position"),
    Command(
        "next_sentence", "right_parenthesis", "next sentence", "Select the next sentence", in_palette=False
    ),
    Command(
        "previous_sentence",
        "left_parenthesis",
        "previous sentence",
        "Select the sentence before",
        in_palette=False,
    ),
    Command("toggle_fold", "enter", "unfold", "Open the nearest fold, or close it"),
    Command("unfold_all", "Z", "unfold everything", "Open all folds, or close them again"),
    Command(
        "choose_speaker",
        "F",
        "only one speaker",
        "Choose whose words are shown; the rest is folded",
        opens=True,
    ),
    Command("open_link", "O", "open link", "Open a link in sight, or the episode at a time in sight"),
    Command("wider", "plus,equals_sign", "wider column", "Widen the text column"),
    Command("narrower", "minus", "narrower column", "Narrow the text column"),
    Command("focus_mode", "z", "focus mode", "Only the text: no sidebar, no hints"),
    Command("justify", "J", "justify", "Even or ragged right edge"),
    Command("edit", "e", "edit", "Open the file in $EDITOR, then read it again"),
    Command("reload", "r", "reload", "Read the file again, keeping the place"),
    Command(
        "back_out",
        "escape",
        "back",
        "Back out one level: highlight, search marks, one speaker, focus mode",
        in_palette=False,
    ),
)

SELECT = (
    Command("step_on", "j,down,right_parenthesis", "sentence", "The next sentence", hint=5, in_palette=False),
    Command("step_back", "k,up,left_parenthesis", "sentence back", "The sentence before", in_palette=False),
    Command("grow_on", "J,shift+down", "extend", "One sentence more, downwards", hint=6, in_palette=False),
    Command("grow_back", "K,shift+up", "extend up", "One sentence less, or more upwards", in_palette=False),
    Command("grow_word", "w,shift+right", "word", "The end moves by a word", hint=7, in_palette=False),
    Command("shrink_word", "b,shift+left", "word back", "The end moves back by a word", in_palette=False),
    Command("grow_character", "right", "character", "The end moves by a character", in_palette=False),
    Command(
        "shrink_character", "left", "character back", "The end moves back by a character", in_palette=False
    ),
    Command("step_paragraph_on", "right_curly_bracket", "paragraph", "The next paragraph", in_palette=False),
    Command(
        "step_paragraph_back",
        "left_curly_bracket",
        "paragraph back",
        "The paragraph before",
        in_palette=False,
    ),
    Command(
        "by_paragraph", "V", "whole paragraphs", "Paragraphs instead of sentences, or back", in_palette=False
    ),
    Command("swap_ends", "o", "other end", "Let the other end move", in_palette=False),
    Command(
        "copy_selected", "y,enter", "copy", "Copy the selection, with its citation", hint=1, in_palette=False
    ),
    Command(
        "copy_selected_as",
        "Y",
        "copy as…",
        "Choose the style of the copy",
        hint=2,
        in_palette=False,
        opens=True,
    ),
    Command("highlight", "h", "highlight", "Highlight the selection", hint=3, in_palette=False),
    Command(
        "annotate", "a", "note", "Highlight the selection and write a note on it", hint=4, in_palette=False
    ),
    Command("leave_selection", "escape,v", "back", "Select nothing", hint=8, in_palette=False),
)
"""While a selection is made; all other keys of the reader work as they do without one."""

LABELS = (
    Command("pick_section", "y", "section", "Copy the whole section", hint=2, in_palette=False),
    Command(
        "pick_undo",
        "backspace",
        "undo",
        "Take back the letter or the beginning of the range",
        in_palette=False,
    ),
    Command("pick_cancel", "escape", "back", "Copy nothing", hint=3, in_palette=False),
)
"""While sentences have labels: a letter is a label, a capital one begins a range."""

HIGHLIGHT_LABELS = (
    Command(
        "pick_undo",
        "backspace",
        "undo",
        "Take back the letter or the beginning of the range",
        in_palette=False,
    ),
    Command("pick_cancel", "escape", "back", "Change nothing", hint=1, in_palette=False),
)
"""While sentences or highlights have labels: a letter is a label, a capital begins a range of sentences."""

MARKS = (
    Command(
        "back_and_forth",
        "apostrophe",
        "before the jump",
        "Back to before the last jump, and there again",
        hint=1,
        in_palette=False,
    ),
    Command("leave_marks", "escape", "back", "Go nowhere", hint=2, in_palette=False),
)
"""While a letter or a bookmark's number is waited for."""

REATTACH = (
    Command(
        "attach", "enter", "attach", "Attach the lost highlight to the selection", hint=1, in_palette=False
    ),
    Command("leave_lost", "escape", "leave it", "Leave the highlight as it is", hint=9, in_palette=False),
)
"""While a highlight is attached again that lost its place; all other keys work as they do without it."""

NOTE = (
    Command("close", "escape,ctrl+s,ctrl+enter", "keep", "Keep the note", hint=1, in_palette=False),
    Command("edit", "ctrl+o", "editor", "Write the note in $EDITOR", hint=2, in_palette=False),
)

TAGS = (
    Command("add", "enter,comma", "add", "Add the tag; without one, back", hint=2, in_palette=False),
    Command("complete", "tab", "complete", "Complete the tag", hint=3, in_palette=False),
    Command(
        "take_last",
        "backspace",
        "take away",
        "In an empty line, take the last tag away",
        hint=4,
        in_palette=False,
    ),
    Command("close", "escape,ctrl+s", "keep", "Keep the tags", hint=1, in_palette=False),
)

LINKS = (
    Command("pick_undo", "backspace", "undo", "Take back the letter", in_palette=False),
    Command("pick_cancel", "escape", "back", "Open nothing", hint=1, in_palette=False),
)
"""While links have labels: a letter is a label, a capital copies the link."""

SPEAKERS = (
    Command("next_speaker", "j,down", "next", "The next speaker", in_palette=False),
    Command("previous_speaker", "k,up", "previous", "The speaker before", in_palette=False),
    Command("first_speaker", "g,home", "first", "Everyone", in_palette=False),
    Command("last_speaker", "G,end", "last", "The last speaker", in_palette=False),
    Command("choose", "enter,space", "show", "Show only this speaker's words", hint=1, in_palette=False),
    Command("close", "escape,F", "back", "Change nothing", hint=2, in_palette=False),
)

OUTLINE = (
    Command("cursor_down", "j,down", "down", "One entry down", in_palette=False),
    Command("cursor_up", "k,up", "up", "One entry up", in_palette=False),
    Command("cursor_page_down", "pagedown,space", "page down", "A page of entries down", in_palette=False),
    Command("cursor_page_up", "pageup,b", "page up", "A page of entries up", in_palette=False),
    Command("cursor_first", "g,home", "first", "To the first entry", in_palette=False),
    Command("cursor_last", "G,end", "last", "To the last entry", in_palette=False),
    Command("choose", "enter", "go", "Go to the section", hint=1, in_palette=False),
    Command("unfold", "right", "unfold", "Unfold the entry", in_palette=False),
    Command("fold", "left,h", "fold", "Fold the entry, or the one above it", hint=3, in_palette=False),
    Command("fold_all", "asterisk", "fold all", "Fold or unfold everything", in_palette=False),
    Command("filter", "slash", "filter", "Show only entries with what you type", hint=2, in_palette=False),
    Command(
        "close", "escape,o,tab", "back", "Clear the filter, then back to the text", hint=4, in_palette=False
    ),
)

FIND = (
    Command("keep", "enter", "stay here", "Stay at the hit; n and N go on", hint=1, in_palette=False),
    Command("cancel", "escape", "back", "Back to the place before", hint=4, in_palette=False),
    Command(
        "change_scope", "tab", "whole library", "Search the whole library instead", hint=2, in_palette=False
    ),
    Command("next", "ctrl+n", "next", "The next hit, still typing", hint=2, in_palette=False),
    Command("previous", "ctrl+p", "previous", "The hit before, still typing", in_palette=False),
    Command("older", "up", "earlier searches", "An earlier search", hint=5, in_palette=False),
    Command("newer", "down", "later searches", "A later search", in_palette=False),
    Command(
        "toggle_regex",
        "ctrl+r",
        "pattern",
        "Take the words as a regular expression",
        hint=6,
        in_palette=False,
    ),
)

SEARCH = (
    Command(
        "keep", "enter", "open", "Open the episode at these words; n and N go on", hint=1, in_palette=False
    ),
    Command("next", "down,ctrl+n", "next", "The next hit, still typing", hint=2, in_palette=False),
    Command(
        "previous",
        "up,ctrl+p",
        "previous",
        "The hit before; on an empty line, an earlier search",
        in_palette=False,
    ),
    Command("hits_page_down", "pagedown", "page down", "A page of hits down", in_palette=False),
    Command("hits_page_up", "pageup", "page up", "A page of hits up", in_palette=False),
    Command("older", "alt+up,ctrl+up", "earlier searches", "An earlier search", hint=5, in_palette=False),
    Command("newer", "alt+down,ctrl+down", "later searches", "A later search", in_palette=False),
    Command("change_scope", "tab", "this episode", "Find in this episode instead", hint=3, in_palette=False),
    Command("cancel", "escape", "back", "Back to where you were", hint=4, in_palette=False),
)
"""While the library is searched."""

RELATED = (
    Command("hit_down", "j,down,ctrl+n", "next", "The next section", hint=2, in_palette=False),
    Command("hit_up", "k,up", "previous", "The section before", in_palette=False),
    Command("hits_page_down", "pagedown,space", "page down", "A page of sections down", in_palette=False),
    Command("hits_page_up", "pageup,b", "page up", "A page of sections up", in_palette=False),
    Command("open_hit", "enter", "open", "Open the episode at this section", hint=1, in_palette=False),
    Command("leave_hits", "escape,R", "back", "Back to where you were", hint=3, in_palette=False),
)
"""While the sections are listed that speak of the same as one."""

FILTER = (
    Command("keep", "enter", "choose", "Go to the entry under the cursor", hint=1, in_palette=False),
    Command("newer", "down,ctrl+n", "next", "To the next entry", hint=2, in_palette=False),
    Command("older", "up,ctrl+p", "previous", "To the entry before", in_palette=False),
    Command("cancel", "escape", "back", "Show everything again", hint=3, in_palette=False),
)
"""While the outline, the library or the notebook is filtered."""

LIBRARY = (
    Command("cursor_down", "j,down", "down", "One episode down", in_palette=False),
    Command("cursor_up", "k,up", "up", "One episode up", in_palette=False),
    Command("cursor_page_down", "pagedown,space,d,ctrl+d", "page down", "A page down", in_palette=False),
    Command("cursor_page_up", "pageup,b,u,ctrl+u", "page up", "A page up", in_palette=False),
    Command("cursor_first", "g,home", "first", "To the first episode", in_palette=False),
    Command("cursor_last", "G,end", "last", "To the last episode", in_palette=False),
    Command("open", "enter,right", "open", "Open the episode", hint=1, in_palette=False),
    Command("filter", "slash", "filter", "Show only episodes with what you type", hint=2),
    Command("search", "ctrl+f", "search", "Search the whole library, as you type", hint=6, opens=True),
    Command(
        "next_sort", "s", "sort", "Sort by file name, title, date, show, length or when it was read", hint=3
    ),
    Command("reverse", "S", "other way round", "Turn the order round"),
    Command("group", "o", "by show", "Put the episodes of each show together, or all in one list", hint=5),
    Command("fold", "left,h", "fold", "Fold the show", in_palette=False),
    Command("fold_all", "asterisk", "fold all", "Fold or unfold all shows", in_palette=False),
    Command("rescan", "r", "look again", "Look at the folder again"),
    Command("notebook", "H", "notebook", "What you marked in all episodes", hint=5, opens=True),
    Command(
        "close", "escape,l", "back", "Clear the filter, then back to the episode", hint=4, in_palette=False
    ),
)

NOTEBOOK = (
    Command("cursor_down", "j,down", "down", "One quote down", in_palette=False),
    Command("cursor_up", "k,up", "up", "One quote up", in_palette=False),
    Command("cursor_page_down", "pagedown,ctrl+d,ctrl+f", "page down", "A page down", in_palette=False),
    Command("cursor_page_up", "pageup,b,ctrl+u,ctrl+b", "page up", "A page up", in_palette=False),
    Command("first", "g,home", "first", "To the first quote", in_palette=False),
    Command("last", "G,end", "last", "To the last quote", in_palette=False),
    Command(
        "next_group",
        "right_square_bracket,right_curly_bracket",
        "next group",
        "To the next group",
        in_palette=False,
    ),
    Command(
        "previous_group",
        "left_square_bracket,left_curly_bracket",
        "previous group",
        "To the group before",
        in_palette=False,
    ),
    Command("open", "enter,right", "go there", "Show it where it stands in its episode", hint=1),
    Command(
        "filter",
        "slash",
        "filter",
        "Only what has the words you type; also #tag, is:favourite, has:note, colour:rose",
        hint=2,
    ),
    Command("next_scope", "tab", "scope", "This episode, or the whole library", hint=9),
    Command("next_grouping", "s", "group", "Group by episode, date, tag, colour, or favourites", hint=6),
    Command("annotate", "a,e", "note", "Write a note on it", hint=4, opens=True),
    Command("edit_tags", "t", "tags", "Give it tags", hint=5, opens=True),
    Command("toggle_favourite", "f", "favourite", "Make it a favourite, or no longer"),
    Command("colour_amber", "1", "amber", "Colour it amber"),
    Command("colour_green", "2", "green", "Colour it green"),
    Command("colour_blue", "3", "blue", "Colour it blue"),
    Command("colour_rose", "4", "rose", "Colour it rose"),
    Command("copy", "y", "copy", "Copy it, with its citation", hint=3),
    Command("copy_as", "Y", "copy as…", "Choose the style of the copy", opens=True),
    Command("open_link", "O", "open link", "Open the episode's page at this moment"),
    Command("export", "E", "export", "Take away what is selected, shown, or everything", hint=8, opens=True),
    Command("pick", "space", "select", "Select it, or let it go", hint=7),
    Command("pick_range", "V", "select up to here", "Select from the last one selected up to here"),
    Command("pick_all", "asterisk", "select all", "Select everything shown, or nothing"),
    Command("delete", "d,D,delete", "delete", "Take it out of the notebook"),
    Command("undo", "U", "undo", "Take back the last change"),
    Command("redo", "ctrl+r", "redo", "Make the change again that was taken back"),
    Command("reattach", "r", "attach", "Attach it again where it belongs, if it lost its place", opens=True),
    Command(
        "close",
        "escape,H",
        "back",
        "Select nothing, clear the filter, then back to where you were",
        hint=10,
        in_palette=False,
    ),
)

COPY_AS = (
    Command("next_style", "j,down", "next", "The next style", in_palette=False),
    Command("previous_style", "k,up", "previous", "The style before", in_palette=False),
    Command("take", "enter,y", "copy", "Copy what is shown", hint=1, in_palette=False),
    Command("close", "escape,Y", "back", "Copy nothing", hint=2, in_palette=False),
)

EXPORT = (
    Command("next_format", "j,down", "next", "The next format", in_palette=False),
    Command("previous_format", "k,up", "previous", "The format before", in_palette=False),
    Command("confirm", "enter", "write…", "On to where it is written", hint=1, in_palette=False),
    Command("copy", "y", "copy", "To the clipboard instead", hint=2, in_palette=False),
    Command(
        "next_scope",
        "tab",
        "which",
        "What is selected or shown, the episode, the library",
        hint=3,
        in_palette=False,
    ),
    Command("previous_scope", "shift+tab", "which before", "The other way round", in_palette=False),
    Command("close", "escape,E", "back", "Take nothing away", hint=4, in_palette=False),
)

EXPORT_TO = (
    Command("submit", "enter", "write", "Write it there, a file or a folder", hint=1, in_palette=False),
    Command("complete", "tab", "complete", "Complete the name", hint=2, in_palette=False),
    Command("leave", "escape", "back", "Back to the formats", hint=3, in_palette=False),
)
"""While it is typed where an export goes."""

HELP = (
    Command("line_down", "j,down", "down", "One line down", in_palette=False),
    Command("line_up", "k,up", "up", "One line up", in_palette=False),
    Command("page_down", "space,pagedown,d", "page down", "A page down", in_palette=False),
    Command("page_up", "b,pageup,u", "page up", "A page up", in_palette=False),
    Command("top", "g,home", "top", "To the top", in_palette=False),
    Command("bottom", "G,end", "bottom", "To the end", in_palette=False),
    Command("close", "escape,question_mark,f1", "back", "Back to where you were", hint=1, in_palette=False),
)

TABLES: dict[str, tuple[Command, ...]] = {
    "Reader": READER,
    "Labels": LABELS,
    "Highlight labels": HIGHLIGHT_LABELS,
    "Marks": MARKS,
    "Reattach": REATTACH,
    "Links": LINKS,
    "Select": SELECT,
    "Find": FIND,
    "Search": SEARCH,
    "Related": RELATED,
    "Copy as": COPY_AS,
    "Speakers": SPEAKERS,
    "Note": NOTE,
    "Tags": TAGS,
    "Outline": OUTLINE,
    "Filter": FILTER,
    "Library": LIBRARY,
    "Notebook": NOTEBOOK,
    "Export": EXPORT,
    "Export to": EXPORT_TO,
    "Help": HELP,
    "Everywhere": EVERYWHERE,
}
"""All commands, by where they work, in the order in which people meet them."""

KEY_NAMES = {
    "question_mark": "?",
    "colon": ":",
    "slash": "/",
    "apostrophe": "'",
    "full_stop": ".",
    "comma": ",",
    "plus": "+",
    "minus": "-",
    "equals_sign": "=",
    "asterisk": "*",
    "left_curly_bracket": "{",
    "right_curly_bracket": "}",
    "left_square_bracket": "[",
    "right_square_bracket": "]",
    "left_parenthesis": "(",
    "right_parenthesis": ")",
    "less_than_sign": "<",
    "greater_than_sign": ">",
    "up": "↑",
    "down": "↓",
    "left": "←",
    "right": "→",
    "space": "Space",
    "enter": "Enter",
    "escape": "Esc",
    "tab": "Tab",
    "backspace": "Backspace",
    "pageup": "PgUp",
    "pagedown": "PgDn",
    "home": "Home",
    "end": "End",
    "delete": "Del",
    "f1": "F1",
}
"""How keys are shown to people, where that is not their own name."""


def display_key(key: str) -> str:
    """Return one key as people know it: ``question_mark`` is ``?``, ``ctrl+p`` stays, ``y y`` is ``yy``."""
    return "".join(KEY_NAMES.get(part, part) for part in key.split())


def display_keys(command: Command) -> str:
    """Return all keys of a command as people know them, with blanks between."""
    return " ".join(display_key(key) for key in command.key_list)


def key_of(name: str, action: str) -> str:
    """Return the first key of a command of a table as people know it; empty if there is none."""
    return next((display_key(one.key_list[0]) for one in TABLES[name] if one.action == action), "")


def command_id(name: str, command: Command) -> str:
    """Return the id by which a command of a table is rebound: ``reader.page_down``."""
    return f"{name.lower().replace(' ', '_')}.{command.action}"


def known_keys() -> dict[str, str]:
    """Return the keys of every command, by its id."""
    return {command_id(name, command): command.keys for name, table in TABLES.items() for command in table}


def rebind(keys: Mapping[str, str]) -> None:
    """Give commands other keys in the tables, by their ids; unknown ids are left out."""
    for name, table in TABLES.items():
        TABLES[name] = tuple(
            replace(command, keys=keys.get(command_id(name, command), command.keys)) for command in table
        )


def hints(table: tuple[Command, ...]) -> tuple[Command, ...]:
    """Return the commands of a table that are shown at the foot of the screen, in their order."""
    return tuple(sorted((command for command in table if command.hint), key=lambda command: command.hint))


def markdown_tables() -> str:
    """Return all tables in Markdown, as the README shows them; a test compares the two."""
    lines: list[str] = []
    for name, table in TABLES.items():
        lines += ["", f"**{name}**", "", "| keys | does |", "| --- | --- |"]
        for command in table:
            keys = " ".join(f"`{display_key(key)}`" for key in command.key_list)
            lines.append(f"| {keys} | {command.help} |")
    return "\n".join(lines[1:]) + "\n"
