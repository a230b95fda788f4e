from __future__ import annotations

import pytest

from contor.documents.filetype import file_type
from contor.documents.text_quality import text_quality
from contor.documents.triage import PageFacts, choose_page_route, choose_route
from contor.errors import Refusal


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"%PDF-1.4", "pdf"),
        (b"\n\n%PDF-1.4", "pdf"),
        (b"\x89PNG\r\n\x1a\n", "png"),
        (b"\xff\xd8\xff\xe0", "jpeg"),
        (b"II*\x00", "tiff"),
        (b"RIFF\x24\x00\x00\x00WEBPVP8 ", "webp"),
        (b"BM\x36\x10\x00\x00\x00\x00\x00\x00\x36\x00\x00\x00", "bmp"),
        (b"\xef\xbb\xbf<?xml version='1.0'?>", "xml"),
        ("<Invoice/>".encode("utf-16"), "xml"),
    ],
)
def test_the_first_bytes_tell_the_type(content: bytes, kind: str) -> None:
    assert file_type(content) == kind


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "empty_file"),
        (b" \n\x00", "empty_file"),
        (b"PK\x03\x04rest", "unknown_type"),
        (b"MZ\x90", "unknown_type"),
        (b"hello", "unknown_type"),
        (b"BMW Rechnung als Text", "unknown_type"),
        (b"RIFF\x24\x00\x00\x00WAVEfmt ", "unknown_type"),
        (b"<!DOCTYPE html><html>", "unknown_type"),
    ],
)
def test_what_is_no_document_is_refused(content: bytes, code: str) -> None:
    with pytest.raises(Refusal, match=code):
        file_type(content)


def test_a_poor_text_layer_is_recognised_again_unless_forbidden() -> None:
    poor = PageFacts(1, 595, 842, text_quality=0.1, image_share=1.0)
    assert choose_page_route(poor) == "ocr"
    assert choose_page_route(poor, "never") == "text"
    assert choose_page_route(PageFacts(1, 595, 842, text_quality=1.0), "always") == "ocr"


def test_the_route_of_the_document_names_all_ways() -> None:
    assert choose_route(("text", "text")) == "text"
    assert choose_route(("ocr",)) == "ocr"
    assert choose_route(("ocr", "text")) == "mixed"


def test_garbled_and_invisible_text_is_poor() -> None:
    clean = [
        "Rechnung",
        "Nummer",
        "4711",
        "vom",
        "5.",
        "März",
        "2026",
        "über",
        "119,00",
        "EUR",
        "zahlbar",
        "sofort",
    ]
    assert text_quality(clean) > 0.9
    assert text_quality(clean, invisible_share=1.0) < 0.5
    assert text_quality(["\ufffd\ufffd\ufffd" + word for word in clean]) < 0.5
    assert text_quality(list("R e c h n u n g".replace(" ", "")) * 3) < 0.5


def test_a_text_layer_without_blanks_or_in_scraps_is_none() -> None:
    """What a person sees is fine; the characters were placed one by one, or without the blanks."""
    text = (
        "Nordlicht Hosting GmbH Speicherstraße 14 20457 Hamburg Rechnungsdatum 05.06.2026 "
        "Zahlungsbedingungen: 10 Tage 3 % Skonto, 30 Tage netto Bankverbindung Sparkasse Essen"
    )
    glued = ["NordlichtHostingGmbH", "Speicherstraße14", "20457Hamburg", "Rechnungsdatum05.06.2026"]
    glued += ["Zahlungsbedingungen:10Tage3%Skonto,30Tagenetto", "BankverbindungSparkasseEssen"]
    scraps = [word[i : i + 2] for word in text.split() for i in range(0, len(word), 2)]
    assert text_quality(text.split()) > 0.9
    assert text_quality(glued) < 0.5
    assert text_quality(scraps) < 0.5
