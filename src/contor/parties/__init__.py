"""Parties: customers and suppliers, their identity, addresses and bank accounts.

Names made comparable, VAT-IDs and IBANs checked, suppliers found again, what looks wrong flagged,
and records of any two tables matched.
"""
