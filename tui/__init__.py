"""pullquote: a terminal reader for episode summaries, made for quoting them."""

__version__ = "0.1.0"
