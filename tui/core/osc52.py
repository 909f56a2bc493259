"""The escape sequence OSC 52, by which a program asks its terminal to set the clipboard."""

from base64 import b64encode

LARGEST_PAYLOAD = 100_000
"""Bytes of base64 that common terminals take (hterm's limit); more is dropped or cut in silence."""


def osc52(text: str, selection: str = "c") -> str:
    """Return the sequence that sets a selection: ``c`` the clipboard, ``p`` what the middle button pastes.

    From xterm's control sequences (ctlseqs, Operating System Commands), ended by BEL, which every
    terminal with OSC 52 takes. Inside GNU screen and zellij it is the same: passing it through in a
    wrapper writes it raw into whatever terminal is outside, so that is left to users who ask for it.

    Raises:
        ValueError: The text is too long for one sequence.
    """
    payload = b64encode(text.encode()).decode("ascii")
    if len(payload) > LARGEST_PAYLOAD:
        raise ValueError(f"more than {LARGEST_PAYLOAD:,} bytes for the terminal")
    return f"\x1b]52;{selection};{payload}\x07"
