"""What fills the terminal: one module a screen; screens do not know each other."""
