"""Bank statements of every format, read into lines that add up.

CAMT.052/053/054, MT940/MT942, OFX, QIF, bank CSV in many dialects, PayPal and Stripe exports:
:func:`contor.banking.reading.parse_statements` takes the bytes of any of them.
"""
