"""Parse XML that strangers send: no DTD, no entities, no network, bounded size."""

from __future__ import annotations

import re
from typing import Any

from lxml import etree

from contor.errors import Refusal

# What a supplier sends is a few megabytes at most (XRechnung allows attachments of 15 MB together).
LARGEST = 64 * 1024 * 1024

_START = re.compile(rb"\A(?:\xef\xbb\xbf)?[\s\x00]+(?=<)")


def parse_xml(content: bytes) -> etree._Element:
    """The root element; comments and processing instructions are left out.

    Raises Refusal: ``xml_empty``, ``xml_missing``, ``xml_too_large``, ``xml_broken``, ``xml_doctype`` (document
    type declarations are how entity bombs and reads of foreign files come in; no e-invoice format
    has one).
    """
    if not content.strip(b"\x00 \t\r\n"):
        raise Refusal("xml_empty", "The file is empty.", "Ask the sender to send it again.")
    if len(content) > LARGEST:
        raise Refusal(
            "xml_too_large",
            "The XML has {size} bytes, more than {largest}.",
            "Ask the sender for large attachments as files of their own.",
            size=len(content),
            largest=LARGEST,
        )
    if not content.lstrip(b"\xef\xbb\xbf\xff\xfe\x00 \t\r\n").startswith(b"<"):
        raise Refusal(
            "xml_missing",
            "The file is no XML.",
            "Send the e-invoice itself: XML, or a PDF that carries it.",
        )
    if b"<!DOCTYPE" in content[:65536]:
        raise _doctype()
    try:
        root = etree.fromstring(_START.sub(b"", content, count=1), _parser())
    except (etree.XMLSyntaxError, ValueError) as error:
        raise _broken(error) from None
    info: Any = root.getroottree().docinfo
    if info.doctype or info.internalDTD is not None or info.externalDTD is not None:
        raise _doctype()
    return root


def _parser() -> etree.XMLParser:
    return etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        dtd_validation=False,
        attribute_defaults=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
        recover=False,
    )


def _doctype() -> Refusal:
    return Refusal(
        "xml_doctype",
        "The XML declares a document type, which no e-invoice has and attacks use.",
        "Do not open it elsewhere; ask the sender for an e-invoice without DOCTYPE.",
    )


def _broken(error: Exception) -> Refusal:
    reason = str(error).splitlines()[0] if str(error) else "unreadable"
    if "huge" in reason.lower() or "too long" in reason.lower():
        return Refusal(
            "xml_too_large",
            "The XML holds a value over 10 MB or is nested deeper than any e-invoice: {reason}.",
            "Ask the sender for large attachments as files of their own.",
            reason=reason,
        )
    return Refusal(
        "xml_broken",
        "The XML is not well-formed: {reason}.",
        "Ask the sender to send it again; it may have been cut off on the way.",
        reason=reason,
    )
