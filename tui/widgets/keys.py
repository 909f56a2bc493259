"""From the table of commands to Textual's bindings."""

from textual.binding import Binding, BindingType

from tui.commands import TABLES, command_id


def bindings(name: str, *actions: str) -> list[BindingType]:
    """Return the bindings of a table of commands, or of those whose actions begin with one of ``actions``.

    Each has the table's name and its action as id (``reader.page_down``), so that it can be rebound.

    Keys pressed one after the other are not bound here: the first one's action waits for the second.
    """
    return [
        Binding(
            ",".join(single),
            command.action,
            command.label,
            tooltip=command.help,
            show=bool(command.hint),
            id=command_id(name, command),
        )
        for command in TABLES[name]
        if command.action.startswith(actions or "")
        and (single := [key for key in command.key_list if " " not in key])
    ]


def app_bindings(name: str) -> list[BindingType]:
    """Return the bindings of a table whose commands the app carries out, for a screen that hides them."""
    return [
        Binding(
            ",".join(key for key in command.key_list if " " not in key),
            f"app.{command.action}",
            command.label,
            show=False,
            id=command_id(name, command),
        )
        for command in TABLES[name]
    ]
