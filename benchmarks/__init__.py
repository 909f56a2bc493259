"""Measurements of the reader: ``python -m benchmarks``, or ``make bench``."""
