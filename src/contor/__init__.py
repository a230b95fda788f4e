"""Contor: automatic bookkeeping and invoicing for hosting companies."""

__version__ = "0.1.0"
