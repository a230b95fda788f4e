"""pdfium's stand-in fonts, put back to where they were before a page was painted.

For a font that a PDF names and does not hold, pdfium bends one of two fonts of its own, and these stay
bent: boxes of words read afterwards, even in another document, then differ by up to a point. So that a
reading does not depend on what was painted before it, both are painted once more, unbent.
"""

from __future__ import annotations

from functools import cache
from itertools import count
from typing import Any

import pypdfium2 as pdfium

_FONT = (
    b"<</Type/Font/Subtype/TrueType/BaseFont/Stand-in/FirstChar 97/LastChar 97/Widths[0]"
    b"/FontDescriptor<</Type/FontDescriptor/FontName/Stand-in/Flags %d>>>>"
)
_WITHOUT_SERIFS, _WITH_SERIFS = 32, 34
_TEXT = b"BT /A 5 Tf 2 2 Td (a) Tj /B 5 Tf 8 0 Td (a) Tj ET"
_WIDTH, _SIZES = 500, 2000
_NUMBERS = count()


def put_back() -> None:
    """Unbend the stand-in fonts; to be called after every painting.

    The sheet is a pixel wider every time: of a letter in a size that it knows pdfium has a picture.
    """
    _sheet().render(scale=1 + next(_NUMBERS) % _SIZES / _WIDTH, grayscale=True).close()


@cache
def _sheet() -> Any:
    """A page with a letter of either font."""
    objects = (
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 %d 8]/Contents 4 0 R"
        b"/Resources<</Font<</A 5 0 R/B 6 0 R>>>>>>" % _WIDTH,
        b"<</Length %d>>stream\n%s\nendstream" % (len(_TEXT), _TEXT),
        _FONT % _WITHOUT_SERIFS,
        _FONT % _WITH_SERIFS,
    )
    written = b"".join(
        b"%d 0 obj\n%s\nendobj\n" % (number, content) for number, content in enumerate(objects, 1)
    )
    return pdfium.PdfDocument(b"%%PDF-1.4\n%strailer<</Root 1 0 R>>\n" % written)[0]
