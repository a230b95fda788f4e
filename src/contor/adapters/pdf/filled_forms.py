"""Filled fields of a PDF form as part of its page: authorities and clubs send their bills as forms.

pdfium's text and pictures leave fields out; flattened, what is filled in is text like any other.
Signatures are left out: their *Datum* is not the document's.
"""

from __future__ import annotations

import logging
from typing import Any

from pypdfium2 import raw

_XFA = frozenset({raw.FORMTYPE_XFA_FULL, raw.FORMTYPE_XFA_FOREGROUND})
_PLACEHOLDER = "if this message is not eventually replaced"
"""What a form that only Adobe's programmes can show says in its stead, in every language's edition."""


def has_fields(document: Any) -> bool:
    """Whether a document is a form; it is made ready for ``fill_in`` then."""
    kind = document.get_formtype()
    if kind == raw.FORMTYPE_NONE:
        return False
    if kind in _XFA:  # it says that its fields are read as an older form's, as they are
        logging.getLogger("pypdfium2").setLevel(logging.ERROR)
    document.init_forms()
    return document.formenv is not None


def fill_in(document: Any, number: int) -> None:
    """Make the fields of a page (1-based) part of it; open the page anew afterwards."""
    page = document[number - 1]
    try:
        fields = 0
        for index in reversed(range(raw.FPDFPage_GetAnnotCount(page.raw))):
            annotation = raw.FPDFPage_GetAnnot(page.raw, index)
            kind = raw.FPDFAnnot_GetFormFieldType(document.formenv.raw, annotation)
            raw.FPDFPage_CloseAnnot(annotation)
            if kind == raw.FPDF_FORMFIELD_SIGNATURE:
                raw.FPDFPage_RemoveAnnot(page.raw, index)
            fields += kind in {raw.FPDF_FORMFIELD_TEXTFIELD, raw.FPDF_FORMFIELD_COMBOBOX}
        if fields:
            raw.FPDFPage_Flatten(page.raw, raw.FLAT_NORMALDISPLAY)
    finally:
        page.close()


def is_placeholder(document: Any) -> bool:
    """Whether the first page only says that another programme is needed to show the form."""
    if document.get_formtype() not in _XFA or len(document) == 0:
        return False
    page = document[0]
    text = page.get_textpage().get_text_range()
    page.close()
    return _PLACEHOLDER in " ".join(text.lower().split())
