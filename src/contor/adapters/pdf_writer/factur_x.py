"""Factur-X metadata: the XMP blocks by which readers know a PDF/A-3 as a hybrid invoice.

The extension schema must be declared in the file itself (ISO 19005-3, 6.6.2.3). The stream is
rewritten with a fixed file id, so that the same page gives the same bytes.
"""

from __future__ import annotations

import io

import pikepdf

_CLOSING = b"</rdf:RDF>"
_FACTUR_X = """<rdf:Description rdf:about="" xmlns:fx="urn:factur-x:pdfa:CrossIndustryDocument:invoice:1p0#">
<fx:DocumentType>INVOICE</fx:DocumentType>
<fx:DocumentFileName>factur-x.xml</fx:DocumentFileName>
<fx:Version>1.0</fx:Version>
<fx:ConformanceLevel>{level}</fx:ConformanceLevel>
</rdf:Description>
"""
_SCHEMA = """<rdf:Description rdf:about=""
 xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
 xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#"
 xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>Factur-X PDFA Extension Schema</pdfaSchema:schema>
<pdfaSchema:namespaceURI>urn:factur-x:pdfa:CrossIndustryDocument:invoice:1p0#</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>fx</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq>{properties}</rdf:Seq></pdfaSchema:property>
</rdf:li></rdf:Bag></pdfaExtension:schemas>
</rdf:Description>
"""
_PROPERTY = """<rdf:li rdf:parseType="Resource"><pdfaProperty:name>{name}</pdfaProperty:name>\
<pdfaProperty:valueType>Text</pdfaProperty:valueType>\
<pdfaProperty:category>external</pdfaProperty:category>\
<pdfaProperty:description>{text}</pdfaProperty:description></rdf:li>"""
_PROPERTIES = (
    ("DocumentFileName", "Name of the embedded XML invoice file"),
    ("DocumentType", "INVOICE"),
    ("Version", "Version of the Factur-X data"),
    ("ConformanceLevel", "Conformance level of the Factur-X data"),
)


def with_factur_x_metadata(pdf: bytes, level: str) -> bytes:
    """The PDF with the Factur-X blocks in its XMP; ``level`` such as ``EN 16931``, ``XRECHNUNG``."""
    properties = "".join(_PROPERTY.format(name=name, text=text) for name, text in _PROPERTIES)
    blocks = _FACTUR_X.format(level=level) + _SCHEMA.format(properties=properties)
    with pikepdf.open(io.BytesIO(pdf)) as document:
        packet = document.Root.Metadata.read_bytes()
        before, closing, after = packet.rpartition(_CLOSING)
        document.Root.Metadata.write(before + blocks.encode() + closing + after)
        document.Root.Metadata.Type = pikepdf.Name.Metadata
        document.Root.Metadata.Subtype = pikepdf.Name.XML
        stream = io.BytesIO()
        document.save(stream, deterministic_id=True, linearize=False)
    return stream.getvalue()
