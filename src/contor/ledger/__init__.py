"""The ledger: accounts, tax codes, journal entries, posting, open items and their clearing.

Values in, values out; nothing here knows invoices, documents or the database.
"""
