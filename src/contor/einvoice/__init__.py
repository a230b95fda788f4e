"""E-invoices: one model of EN 16931, read from and written to CII, UBL and FatturaPA."""

from contor.einvoice.cii_writing import write_cii
from contor.einvoice.fatturapa_writing import write_fatturapa
from contor.einvoice.model import Invoice
from contor.einvoice.reading import Reading, read, read_all
from contor.einvoice.ubl_writing import write_ubl

__all__ = [
    "Invoice",
    "Reading",
    "read",
    "read_all",
    "write_cii",
    "write_fatturapa",
    "write_ubl",
]
