"""From the table of commands to Textual's bindings."""

from textual.binding import Binding, BindingType

from tui.commands import Command


def bindings(table: tuple[Command, ...]) -> list[BindingType]:
    """Return a table's bindings; each has its command's action as id, so that it can be rebound by name.

    Keys pressed one after the other are not bound here: the first one's action waits for the second.
    """
    return [
        Binding(
            ",".join(single),
            command.action,
            command.label,
            tooltip=command.help,
            show=bool(command.hint),
            id=command.action,
        )
        for command in table
        if (single := [key for key in command.key_list if " " not in key])
    ]
