"""What leaves the house as pages."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, Protocol


class PdfWriter(Protocol):
    """Writes a laid-out page as PDF/A-3b."""

    def write(
        self,
        layout: Mapping[str, Any],
        *,
        day: date,
        payment_code: str = "",
        xml: bytes | None = None,
        level: str = "EN 16931",
    ) -> bytes:
        """The PDF of a print model, dated ``day``; the same input gives the same bytes.

        ``payment_code`` is the text of the payment QR code, ``xml`` the e-invoice to embed with
        its Factur-X conformance ``level``. Raises Failure ``pdf_not_written``.
        """
        ...
