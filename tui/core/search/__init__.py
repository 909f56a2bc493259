"""Searching the library: the query language, the index, and what is found."""
