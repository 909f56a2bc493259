"""Bringing highlights in from files of other programs, and from our own."""
