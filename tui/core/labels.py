"""Short labels for the sentences on the screen: home row first, none the beginning of another."""

from itertools import product

LETTERS = "asdfghjkl" + "ewioruqpt" + "cvnmbxz"
"""In the order of reach on a QWERTY keyboard: home row, upper row, lower row. ``y`` is left out: twice, it
copies the section."""

MOST = len(LETTERS) ** 2
"""How many things can be labelled."""


def labels(count: int) -> tuple[str, ...]:
    """Return ``count`` different labels of one or two letters, the shorter ones first.

    As many letters as can be are labels by themselves; the last ones of the alphabet begin pairs. The
    set is prefix-free, so a label is complete with its last letter and needs no key to end it.

    Raises:
        ValueError: ``count`` is more than ``MOST``.
    """
    size = len(LETTERS)
    if count > MOST:
        raise ValueError(f"{count} labels are more than {MOST}")
    # Each letter that begins pairs takes one label away and gives ``size``.
    pairs = max(0, -(-(count - size) // (size - 1)))
    single, leading = LETTERS[: size - pairs], LETTERS[size - pairs :]
    doubles = ("".join(pair) for pair in product(leading, LETTERS))
    return (*single, *doubles)[:count]
