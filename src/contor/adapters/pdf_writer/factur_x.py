"""Factur-X metadata: the XMP blocks by which readers know a PDF/A-3 as a hybrid invoice.

The extension schema must be declared in the file itself (ISO 19005-3, 6.6.2.3); typst declares its
own ones in one bag, which a file may hold only once, so ours joins them. The file is rewritten with a fixed file id, so that the same page gives the same bytes.
"""

from __future__ import annotations

import io

import pikepdf

from contor.errors import Failure

_CLOSING = b"</rdf:RDF>"
_FACTUR_X = """<rdf:Description rdf:about="" xmlns:fx="urn:factur-x:pdfa:CrossIndustryDocument:invoice:1p0#">
<fx:DocumentType>INVOICE</fx:DocumentType>
<fx:DocumentFileName>factur-x.xml</fx:DocumentFileName>
<fx:Version>1.0</fx:Version>
<fx:ConformanceLevel>{level}</fx:ConformanceLevel>
</rdf:Description>
"""
_SCHEMA = """<rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>Factur-X PDFA Extension Schema</pdfaSchema:schema>
<pdfaSchema:namespaceURI>urn:factur-x:pdfa:CrossIndustryDocument:invoice:1p0#</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>fx</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq>{properties}</rdf:Seq></pdfaSchema:property>
</rdf:li>"""
_SCHEMAS = b"<pdfaExtension:schemas><rdf:Bag>"
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
    schema = _SCHEMA.format(properties=properties).encode()
    with pikepdf.open(io.BytesIO(pdf)) as document:
        packet = document.Root.Metadata.read_bytes()
        if packet.count(_SCHEMAS) != 1 or packet.count(_CLOSING) != 1:
            raise Failure(
                "pdf_metadata_unknown",
                "The page's XMP metadata has another shape than expected.",
                "Use the typst version that the project pins.",
            )
        packet = packet.replace(_SCHEMAS, _SCHEMAS + schema)
        packet = packet.replace(_CLOSING, _FACTUR_X.format(level=level).encode() + _CLOSING)
        document.Root.Metadata.write(packet)
        document.Root.Metadata.Type = pikepdf.Name.Metadata
        document.Root.Metadata.Subtype = pikepdf.Name.XML
        stream = io.BytesIO()
        document.save(stream, deterministic_id=True, linearize=False)
    return stream.getvalue()
