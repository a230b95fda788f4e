"""Dates and periods as they are printed, and which field each one is."""
