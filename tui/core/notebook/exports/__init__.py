"""Taking highlights away: one module a format, one table of them all."""
