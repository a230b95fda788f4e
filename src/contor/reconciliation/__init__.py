"""Reconciliation: which bank line pays which open items, with evidence and a promised error.

:func:`contor.reconciliation.matching.reconcile` is the way in; everything here is pure.
"""
