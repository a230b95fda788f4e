"""Invented data that looks like the trade: a demo company, invoices, hostile files.

Everything here is seeded: the same seed gives the same bytes. Nothing is taken from real people.
"""
