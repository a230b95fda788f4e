"""The PdfWriter on typst: template and fonts are package data, texts come from the print model."""

from __future__ import annotations

import io
import json
import unicodedata
from collections.abc import Mapping
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path
from typing import Any

import segno
import typst

from contor.adapters.pdf_writer.factur_x import with_factur_x_metadata
from contor.errors import Failure

_HERE = Path(__file__).parent


@cache
def _fonts() -> Any:
    """The fonts that ship with the package and none of the machine's, so that pages look alike."""
    return typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=True, font_paths=[_HERE / "fonts"]
    )


class TypstWriter:
    """Writes invoices; ``template`` names a file of the package's templates."""

    def __init__(self, template: str = "invoice") -> None:
        self._template = _HERE / "templates" / f"{template}.typ"

    def write(
        self,
        layout: Mapping[str, Any],
        *,
        day: date,
        payment_code: str = "",
        xml: bytes | None = None,
        level: str = "EN 16931",
    ) -> bytes:
        """The PDF of a print model; see :class:`contor.ports.delivery.PdfWriter`."""
        data = {**printable(layout), "qr": payment_svg(payment_code) if payment_code else ""}
        inputs = {"data": json.dumps(data, ensure_ascii=False)}
        if xml is not None:
            inputs["xml"] = xml.decode("utf-8")
        try:
            pdf: bytes = typst.compile(
                str(self._template),
                root=str(self._template.parent),
                format="pdf",
                sys_inputs=inputs,
                pdf_standards=["a-3b"],
                font_paths=_fonts(),
                timestamp=int(datetime(day.year, day.month, day.day, tzinfo=UTC).timestamp()),
            )
        except typst.TypstError as error:
            raise Failure(
                "pdf_not_written",
                f"The page could not be set: {str(error)[:300]}.",
                "Check the template and the fonts of the package.",
            ) from error
        return pdf if xml is None else with_factur_x_metadata(pdf, level)


@cache
def _covered() -> frozenset[int]:
    """The code points that the package's fonts have."""
    rows = (_HERE / "fonts" / "coverage.txt").read_text(encoding="utf-8").splitlines()
    bounds = [row.split("-") for row in rows if not row.startswith("#")]
    return frozenset(c for first, last in bounds for c in range(int(first, 16), int(last, 16) + 1))


def printable(value: Any) -> Any:
    """The texts with a question mark for every character that the fonts lack.

    PDF/A forbids missing glyphs, and an invoice must not wait for a rare letter in a name; the
    e-invoice inside keeps the text as it is. Line breaks become blanks.
    """
    if isinstance(value, str):
        covered = _covered()
        return "".join(
            c if ord(c) in covered else " " if c.isspace() else "?"
            for c in unicodedata.normalize("NFC", value)
        )
    if isinstance(value, Mapping):
        return {key: printable(part) for key, part in value.items()}
    if isinstance(value, list):
        return [printable(part) for part in value]
    return value


def payment_svg(payment_code: str) -> str:
    """The payment QR code as SVG (level M, as EPC069-12 wants)."""
    stream = io.BytesIO()
    code = segno.make_qr(payment_code, error="m", boost_error=False)
    code.save(stream, kind="svg", border=1, xmldecl=False, svgns=True)
    return stream.getvalue().decode("utf-8")
