"""PDF/A-3b pages by typst, with the e-invoice embedded (ZUGFeRD/Factur-X)."""

from contor.adapters.pdf_writer.typst_writer import TypstWriter

__all__ = ["TypstWriter"]
