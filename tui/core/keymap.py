"""The keys a user chose: how they are spelled, and whether they can be used together.

A command is named by its table and action (``reader.page_down``), a key as Textual spells it; signs
(``}``), the names people know (``PgDn``, ``Esc``) and any order of modifiers are taken too.
"""

import string
import unicodedata
from collections.abc import Iterator, Mapping

EVERYWHERE = "everywhere"
"""The table whose keys work beside those of every other."""

MODIFIERS = frozenset({"alt", "ctrl", "hyper", "meta", "shift", "super"})

NAMED_KEYS = frozenset(
    {
        *("up", "down", "left", "right", "home", "end", "pageup", "pagedown", "insert", "delete"),
        *("enter", "tab", "escape", "space", "backspace"),
        *(f"f{number}" for number in range(1, 25)),
    }
)
"""Keys without a sign of their own."""

OTHER_NAMES = {
    "esc": "escape", "return": "enter", "del": "delete", "ins": "insert",
    "pgup": "pageup", "pgdn": "pagedown", "↑": "up", "↓": "down", "←": "left", "→": "right",
}  # fmt: skip
"""What people call them, our own help page included."""

SHORTER_NAMES = {
    "solidus": "slash", "reverse_solidus": "backslash", "commercial_at": "at",
    "hyphen_minus": "minus", "plus_sign": "plus", "low_line": "underscore",
}  # fmt: skip
"""Signs that Textual does not call by their Unicode name."""


def sign_name(sign: str) -> str:
    """Return what Textual calls the key of a sign: its Unicode name, or a shorter one."""
    name = unicodedata.name(sign, sign).lower().replace("-", "_").replace(" ", "_")
    return SHORTER_NAMES.get(name, name)


SIGNS = {sign_name(sign): sign for sign in string.punctuation}
"""The signs of a keyboard, by what Textual calls their keys."""


def key_name(key: str) -> str | None:
    """Return a key as Textual spells it; None if there is no key of that name."""
    if not key:
        return None
    # The last sign may itself be a plus.
    head, _, last = key[:-1].rpartition("+")
    last += key[-1]
    modifiers = set(head.lower().split("+")) if head else set()
    name = _plain_name(last)
    if name is None or not modifiers <= MODIFIERS:
        return None
    if len(name) == 1 and modifiers:
        # A terminal tells a capital letter, and leaves shift out; with ctrl there are no capitals.
        name = name.upper() if modifiers == {"shift"} else name.lower()
        modifiers -= {"shift"} if modifiers == {"shift"} and name.isalpha() else set()
    return "+".join([*sorted(modifiers), name])


def shown_keys(keys: str) -> str:
    """Return a command's keys with their signs where they have one: ``space,slash`` is ``space, /``."""
    shown = (" ".join(_shown(part) for part in key.split()) for key in keys.split(","))
    return ", ".join(shown)


def chosen_keys(wanted: Mapping[str, object], known: Mapping[str, str]) -> tuple[dict[str, str], list[str]]:
    """Return which commands get other keys than usual, and what of it can't be done, in words.

    Args:
        wanted: What the user wrote: commands and their keys, comma-separated.
        known: All commands and their usual keys.

    Returns:
        The commands with their new keys as Textual spells them, comma-separated; and a sentence for each
        wish that is left out.
    """
    chosen: dict[str, str] = {}
    problems: list[str] = []
    for command, value in wanted.items():
        if command not in known:
            problems.append(f"there is no command “{command}”; 'pullquote config' shows all")
            continue
        keys, problem = _read_keys(value, known[command])
        if problem:
            problems.append(f"{command} {problem}; its usual keys stay")
        elif keys != _names(known[command]):
            chosen[command] = ",".join(keys)
    while (clash := _first_clash(chosen, known)) is not None:
        command, key, other = clash
        del chosen[command]
        problems.append(f"{command}: “{_shown(key)}” belongs to {other}; give that another key too")
    return chosen, problems


def _plain_name(key: str) -> str | None:
    """Return the name of a key without modifiers."""
    lower = key.lower()
    name = OTHER_NAMES.get(lower, lower)
    if name in NAMED_KEYS or name in SIGNS:
        return name
    if len(key) != 1 or not key.isprintable() or key.isspace():
        return None
    return key if key.isalnum() else sign_name(key)


def _shown(key: str) -> str:
    # A comma between keys is no key.
    return key if key == "comma" else SIGNS.get(key, key)


def _names(keys: str) -> tuple[str | None, ...]:
    """Return keys as Textual spells them, None for what is none; keys pressed in a row keep their blank."""
    return tuple(_row_name(key) for key in keys.split(","))


def _row_name(key: str) -> str | None:
    names = [key_name(part) for part in key.split()]
    known = [name for name in names if name is not None]
    return " ".join(known) if known and len(known) == len(names) else None


def _read_keys(value: object, usual: str) -> tuple[tuple[str, ...], str]:
    """Return the keys somebody wrote, or what is wrong with them."""
    if not isinstance(value, str) or not value.strip():
        return (), 'wants the names of keys, like "space, f"'
    names: list[str] = []
    for key, name in zip(value.split(","), _names(value), strict=True):
        if name is None:
            return (), f"has “{key.strip()}”, which is no key’s name"
        if " " in name and name not in _names(usual):
            return (), f"has “{key.strip()}”: keys pressed in a row can’t be chosen"
        if name not in names:
            names.append(name)
    return tuple(names), ""


def _first_clash(chosen: Mapping[str, str], known: Mapping[str, str]) -> tuple[str, str, str] | None:
    """Return a command, its key, and the other command that has it; the one written last comes first."""
    current = {**known, **chosen}
    for command in reversed(list(chosen)):
        for other in _neighbours(command, known):
            shared = set(_names(current[command])) & set(_names(current[other]))
            # Some tables take a key of the general one on purpose.
            shared -= set(_names(known[command])) & set(_names(known[other]))
            for key in sorted(key for key in shared if key is not None):
                return command, key, other
    return None


def _neighbours(command: str, known: Mapping[str, str]) -> Iterator[str]:
    """Yield the other commands that listen while this one does."""
    table = command.partition(".")[0]
    for other in known:
        its_table = other.partition(".")[0]
        if other != command and (EVERYWHERE in (table, its_table) or table == its_table):
            yield other
