"""Our two themes, paper and ink, and the terminal's own colours on request.

The names below are variables of the sheets: ``$ink`` is text, ``$soft`` and ``$mute`` are quieter
text, ``$accent`` the one colour of headings, counts and the place you are, ``$speaker-1`` and on the
names of those who speak. ``$highlight-amber`` and so on lie under what is highlighted, ``$sign-amber`` and
so on draw its line in the gutter. Contrast is held to WCAG 2.1 AA (4.5 : 1) for ink on all of these, and
for soft, mute, accent, signs and the speakers on ground and sidebar; a test computes it.
"""

from textual.theme import Theme

DARK = {
    "ground": "#15171c",
    "sidebar": "#1a1d23",
    "bar": "#20242b",
    "ink": "#d9d5cb",
    "soft": "#a8a598",
    "mute": "#868a94",
    "accent": "#e3a857",
    "selection": "#3a3320",
    "hit": "#574a1e",
    "current-hit": "#e3a857",
    "current-hit-ink": "#15171c",
    "read": "#7fa37a",
    "alarm": "#e07a6a",
    "speaker-1": "#8fb4dc",
    "speaker-2": "#9cc08c",
    "speaker-3": "#dc9bab",
    "speaker-4": "#b5a6e0",
    "speaker-5": "#7dc0b8",
    "speaker-6": "#c8b48a",
    "highlight-amber": "#583411",
    "highlight-green": "#1c3d2b",
    "highlight-blue": "#1e3857",
    "highlight-rose": "#4d273a",
    "sign-amber": "#e3a857",
    "sign-green": "#8cb98a",
    "sign-blue": "#8fb4dc",
    "sign-rose": "#dc9bab",
}

LIGHT = {
    "ground": "#fbf9f4",
    "sidebar": "#f4f1ea",
    "bar": "#f0ece2",
    "ink": "#2c2a26",
    "soft": "#5c5850",
    "mute": "#6f6a62",
    "accent": "#a8501f",
    "selection": "#f6e3b8",
    "hit": "#f3dfa2",
    "current-hit": "#a8501f",
    "current-hit-ink": "#fbf9f4",
    "read": "#4b7047",
    "alarm": "#a3261b",
    "speaker-1": "#2c5f96",
    "speaker-2": "#45692a",
    "speaker-3": "#973a56",
    "speaker-4": "#634d9e",
    "speaker-5": "#1d6b66",
    "speaker-6": "#6e5820",
    "highlight-amber": "#ffcb96",
    "highlight-green": "#d2eac8",
    "highlight-blue": "#d3e4f7",
    "highlight-rose": "#fad7e0",
    "sign-amber": "#a8501f",
    "sign-green": "#4b7047",
    "sign-blue": "#2c5f96",
    "sign-rose": "#973a56",
}

TERMINAL = {
    "ground": "ansi_default",
    "sidebar": "ansi_default",
    "bar": "ansi_default",
    "ink": "ansi_default",
    "soft": "ansi_default",
    "mute": "ansi_bright_black",
    "accent": "ansi_yellow",
    "selection": "ansi_default",
    "hit": "ansi_default",
    "current-hit": "ansi_yellow",
    "current-hit-ink": "ansi_black",
    "read": "ansi_green",
    "alarm": "ansi_red",
    "speaker-1": "ansi_cyan",
    "speaker-2": "ansi_green",
    "speaker-3": "ansi_magenta",
    "speaker-4": "ansi_blue",
    "speaker-5": "ansi_bright_cyan",
    "speaker-6": "ansi_bright_magenta",
    "highlight-amber": "ansi_default",
    "highlight-green": "ansi_default",
    "highlight-blue": "ansi_default",
    "highlight-rose": "ansi_default",
    "sign-amber": "ansi_yellow",
    "sign-green": "ansi_green",
    "sign-blue": "ansi_blue",
    "sign-rose": "ansi_magenta",
    "ansi-background": "ansi_default",
    "ansi-foreground": "ansi_default",
    "border-blurred": "ansi_bright_black",
    "input-cursor-text-style": "reverse",
    "input-selection-foreground": "ansi_default",
    "screen-selection-background": "ansi_default",
    "screen-selection-foreground": "ansi_default",
}
"""Only names that the terminal's palette fills; hits and selections are reversed or underlined."""


def theme(name: str, colours: dict[str, str], *, dark: bool, ansi: bool = False) -> Theme:
    """Return a Textual theme that holds our variables and fills Textual's own from them."""
    return Theme(
        name=name,
        primary=colours["accent"],
        secondary=colours["soft"],
        accent=colours["accent"],
        foreground=colours["ink"],
        background=colours["ground"],
        surface=colours["sidebar"],
        panel=colours["bar"],
        success=colours["read"],
        warning=colours["accent"],
        error=colours["alarm"],
        dark=dark,
        ansi=ansi,
        text_alpha=1.0,
        variables={
            "block-cursor-background": colours["selection"],
            "block-cursor-foreground": colours["ink"],
            "input-cursor-background": colours["accent"],
            "input-cursor-foreground": colours["current-hit-ink"],
            "input-selection-background": colours["selection"],
            **colours,
        },
    )


THEMES = (
    theme("pullquote-dark", DARK, dark=True),
    theme("pullquote-light", LIGHT, dark=False),
    theme("pullquote-terminal", TERMINAL, dark=True, ansi=True),
)
"""In the order in which the theme key goes through them."""
