"""EN 16931 terms in UBL 2.1 Invoice and CreditNote (CEN/TS 16931-3-2), in schema order.

The tables are read and written alike (:mod:`contor.einvoice.table`). Invoice and CreditNote differ
in a few names and in the place of some elements; ``{...}`` marks what :func:`tables` fills in.
"""

from __future__ import annotations

_COMMON = "urn:oasis:names:specification:ubl:schema:xsd:Common"
NAMESPACES = {
    "cac": f"{_COMMON}AggregateComponents-2",
    "cbc": f"{_COMMON}BasicComponents-2",
}
INVOICE = "urn:oasis:names:specification:ubl:schema:xsd:Invoice-2"
CREDIT_NOTE = "urn:oasis:names:specification:ubl:schema:xsd:CreditNote-2"

_HEAD = """
BT-24  specification           text  cbc:CustomizationID
BT-23  business_process        text  cbc:ProfileID
BT-1   number                  text  cbc:ID
BT-2   issue_date              date  cbc:IssueDate
"""
_INVOICE_HEAD = """
BT-9   due_date                date  cbc:DueDate
BT-3   type_code               text  cbc:InvoiceTypeCode
BT-22  texts[]                 raw   cbc:Note
BT-7   vat_point_date          date  cbc:TaxPointDate
"""
_CREDIT_NOTE_HEAD = """
BT-7   vat_point_date          date  cbc:TaxPointDate
BT-3   type_code               text  cbc:CreditNoteTypeCode
BT-22  texts[]                 raw   cbc:Note
"""
_REFERENCES = """
BT-5   currency                text  cbc:DocumentCurrencyCode
BT-6   vat_accounting_currency  text  cbc:TaxCurrencyCode
BT-19  accounting_reference    text  cbc:AccountingCost
BT-10  buyer_reference         text  cbc:BuyerReference
BT-73  period.start            date  cac:InvoicePeriod/cbc:StartDate
BT-74  period.end              date  cac:InvoicePeriod/cbc:EndDate
BT-8   vat_point_code          text  cac:InvoicePeriod/cbc:DescriptionCode
BT-13  order_reference         text  cac:OrderReference/cbc:ID
BT-14  sales_order_reference   text  cac:OrderReference/cbc:SalesOrderID
BG-3   preceding_invoices[]    >preceding  cac:BillingReference
BT-16  despatch_advice_reference   text  cac:DespatchDocumentReference/cbc:ID
BT-15  receiving_advice_reference  text  cac:ReceiptDocumentReference/cbc:ID
"""
_INVOICE_REFERENCES = """
BT-17  tender_reference        text  cac:OriginatorDocumentReference/cbc:ID
BT-12  contract_reference      text  cac:ContractDocumentReference/cbc:ID
BG-24  references[]            >reference  cac:AdditionalDocumentReference
BT-11  project_reference       text  cac:ProjectReference/cbc:ID
"""
_CREDIT_NOTE_REFERENCES = """
BT-12  contract_reference      text  cac:ContractDocumentReference/cbc:ID
BG-24  references[]            >reference  cac:AdditionalDocumentReference
BT-17  tender_reference        text  cac:OriginatorDocumentReference/cbc:ID
"""
_BODY = """
BG-4   seller                  >party  cac:AccountingSupplierParty/cac:Party
BG-7   buyer                   >party  cac:AccountingCustomerParty/cac:Party
BG-10  payee                   >payee  cac:PayeeParty
BG-11  tax_representative      >party  cac:TaxRepresentativeParty
BT-72  delivery.date           date  cac:Delivery/cbc:ActualDeliveryDate
BT-71  delivery.location       id    cac:Delivery/cac:DeliveryLocation/cbc:ID
BG-15  delivery.address        >address  cac:Delivery/cac:DeliveryLocation/cac:Address
BT-70  delivery.name           text  cac:Delivery/cac:DeliveryParty/cac:PartyName/cbc:Name
BG-16  payment_means[]         >means  cac:PaymentMeans
BT-20  term_texts[]            raw   cac:PaymentTerms*/cbc:Note
"""
_INVOICE_BODY = """
-      third_party_payments[]  >third_party  cac:PrepaidPayment
"""
_SUMS = """
BG-20  allowances_charges[]    >allowance  cac:AllowanceCharge
BG-23  tax_totals[]            >tax_total  cac:TaxTotal
@M = cac:LegalMonetaryTotal
BT-106 totals.lines            amt   $M/cbc:LineExtensionAmount
BT-109 totals.net              amt   $M/cbc:TaxExclusiveAmount
BT-112 totals.gross            amt   $M/cbc:TaxInclusiveAmount
BT-107 totals.allowances       amt   $M/cbc:AllowanceTotalAmount
BT-108 totals.charges          amt   $M/cbc:ChargeTotalAmount
BT-113 totals.prepaid          amt   $M/cbc:PrepaidAmount
BT-114 totals.rounding         amt   $M/cbc:PayableRoundingAmount
BT-115 totals.payable          amt   $M/cbc:PayableAmount
BG-25  lines[]                 >line  cac:{line}
"""

_PRECEDING = """
BT-25  number                  text  cac:InvoiceDocumentReference/cbc:ID
BT-26  issue_date              date  cac:InvoiceDocumentReference/cbc:IssueDate
-      type_code               text  cac:InvoiceDocumentReference/cbc:DocumentTypeCode
BT-25  credited                text  cac:CreditNoteDocumentReference/cbc:ID
BT-26  credited_date           date  cac:CreditNoteDocumentReference/cbc:IssueDate
"""

_REFERENCE = """
BT-122 reference               id    cbc:ID
-      type_code               text  cbc:DocumentTypeCode
-      document_type           text  cbc:DocumentType
BT-123 description             text  cbc:DocumentDescription
BT-125 content                 bin   cac:Attachment/cbc:EmbeddedDocumentBinaryObject
BT-125 mime_type               text  cac:Attachment/cbc:EmbeddedDocumentBinaryObject/@mimeCode
BT-125 filename                text  cac:Attachment/cbc:EmbeddedDocumentBinaryObject/@filename
BT-124 location                text  cac:Attachment/cac:ExternalReference/cbc:URI
"""

_PARTY = """
BT-34  electronic_address      id    cbc:EndpointID
BT-29  identifiers[]           id    cac:PartyIdentification*/cbc:ID
BT-28  trading_name            text  cac:PartyName/cbc:Name
BG-5   address                 >address  cac:PostalAddress
BT-31  vat_id                  text  cac:PartyTaxScheme[cac:TaxScheme/cbc:ID=VAT]/cbc:CompanyID
-      =VAT                    const  cac:PartyTaxScheme[cac:TaxScheme/cbc:ID=VAT]/cac:TaxScheme/cbc:ID
BT-32  tax_number              text  cac:PartyTaxScheme[cac:TaxScheme/cbc:ID!=VAT]/cbc:CompanyID
-      =FC                     const  cac:PartyTaxScheme[cac:TaxScheme/cbc:ID!=VAT]/cac:TaxScheme/cbc:ID
BT-27  name                    text  cac:PartyLegalEntity/cbc:RegistrationName
BT-30  legal_registration      id    cac:PartyLegalEntity/cbc:CompanyID
BT-33  legal_information       raw   cac:PartyLegalEntity/cbc:CompanyLegalForm
BG-6   contact                 >contact  cac:Contact
"""

_PAYEE = """
BT-60  identifiers[]           id    cac:PartyIdentification*/cbc:ID
BT-59  name                    text  cac:PartyName/cbc:Name
BT-61  legal_registration      id    cac:PartyLegalEntity/cbc:CompanyID
"""

_CONTACT = """
BT-41  name                    text  cbc:Name
BT-42  phone                   text  cbc:Telephone
-      fax                     text  cbc:Telefax
BT-43  email                   text  cbc:ElectronicMail
"""

_ADDRESS = """
BT-35  line_1                  text  cbc:StreetName
BT-36  line_2                  text  cbc:AdditionalStreetName
BT-37  city                    text  cbc:CityName
BT-38  postcode                text  cbc:PostalZone
BT-39  subdivision             text  cbc:CountrySubentity
BT-162 line_3                  text  cac:AddressLine/cbc:Line
BT-40  country                 text  cac:Country/cbc:IdentificationCode
"""

_MEANS = """
BT-81  code                    text  cbc:PaymentMeansCode
BT-82  text                    text  cbc:PaymentMeansCode/@name
BT-9   due_date                date  cbc:PaymentDueDate
BT-83  remittance_information  text  cbc:PaymentID
BT-87  card_number             text  cac:CardAccount/cbc:PrimaryAccountNumberID
-      card_network            text  cac:CardAccount/cbc:NetworkID
BT-88  card_holder             text  cac:CardAccount/cbc:HolderName
BT-84  account                 text  cac:PayeeFinancialAccount/cbc:ID
BT-85  account_name            text  cac:PayeeFinancialAccount/cbc:Name
BT-86  bic                     text  cac:PayeeFinancialAccount/cac:FinancialInstitutionBranch/cbc:ID
BT-89  mandate_reference       text  cac:PaymentMandate/cbc:ID
BT-91  debited_account         text  cac:PaymentMandate/cac:PayerFinancialAccount/cbc:ID
"""

_THIRD_PARTY = """
-      kind                    text  cbc:ID
-      amount                  amt   cbc:PaidAmount
-      description             text  cbc:InstructionID
"""

_ALLOWANCE = """
-      is_charge               bool  cbc:ChargeIndicator
BT-98  reason_code             text  cbc:AllowanceChargeReasonCode
BT-97  reason                  text  cbc:AllowanceChargeReason
BT-94  percent                 dec   cbc:MultiplierFactorNumeric
BT-92  amount                  amt   cbc:Amount
BT-93  base                    amt   cbc:BaseAmount
BT-95  vat_category            text  cac:TaxCategory/cbc:ID
BT-96  vat_rate                dec   cac:TaxCategory/cbc:Percent
-      =VAT                    const  cac:TaxCategory/cac:TaxScheme/cbc:ID
"""

_TAX_TOTAL = """
BT-110 amount                  dec   cbc:TaxAmount
-      currency                text  cbc:TaxAmount/@currencyID
BG-23  subtotals[]             >vat  cac:TaxSubtotal
"""

_VAT = """
BT-116 taxable                 amt   cbc:TaxableAmount
BT-117 tax                     amt   cbc:TaxAmount
BT-118 category                text  cac:TaxCategory/cbc:ID
BT-119 rate                    dec   cac:TaxCategory/cbc:Percent
BT-121 exemption_code          text  cac:TaxCategory/cbc:TaxExemptionReasonCode
BT-120 exemption_reason        text  cac:TaxCategory/cbc:TaxExemptionReason
-      =VAT                    const  cac:TaxCategory/cac:TaxScheme/cbc:ID
"""

_LINE = """
BT-126 id                      text  cbc:ID
BT-127 notes[]                 raw   cbc:Note
BT-129 quantity                dec   cbc:{quantity}
BT-130 unit                    text  cbc:{quantity}/@unitCode
BT-131 net                     amt   cbc:LineExtensionAmount
BT-133 accounting_reference    text  cbc:AccountingCost
BT-134 period.start            date  cac:InvoicePeriod/cbc:StartDate
BT-135 period.end              date  cac:InvoicePeriod/cbc:EndDate
BT-132 order_line              text  cac:OrderLineReference/cbc:LineID
BT-128 object_id               id    cac:DocumentReference/cbc:ID
-      =130                    const  cac:DocumentReference/cbc:DocumentTypeCode
BG-27  allowances_charges[]    >allowance  cac:AllowanceCharge
@I = cac:Item
BT-154 item.description        raw   $I/cbc:Description
BT-153 item.name               text  $I/cbc:Name
BT-156 item.buyer_id           text  $I/cac:BuyersItemIdentification/cbc:ID
BT-155 item.seller_id          text  $I/cac:SellersItemIdentification/cbc:ID
BT-157 item.standard_id        id    $I/cac:StandardItemIdentification/cbc:ID
BT-159 item.origin_country     text  $I/cac:OriginCountry/cbc:IdentificationCode
BT-158 item.classifications[]  class  $I/cac:CommodityClassification*/cbc:ItemClassificationCode
BG-30  vat                     >line_vat  $I/cac:ClassifiedTaxCategory
BG-32  item.attributes[]       >attribute  $I/cac:AdditionalItemProperty
BT-146 price.net               amt   cac:Price/cbc:PriceAmount
BT-149 price.base_quantity     dec   cac:Price/cbc:BaseQuantity
BT-150 price.base_unit         text  cac:Price/cbc:BaseQuantity/@unitCode
BT-147 price.applied           >applied  cac:Price/cac:AllowanceCharge
"""

_LINE_VAT = """
BT-151 category                text  cbc:ID
BT-152 rate                    dec   cbc:Percent
-      exemption_code          text  cbc:TaxExemptionReasonCode
-      exemption_reason        text  cbc:TaxExemptionReason
-      =VAT                    const  cac:TaxScheme/cbc:ID
"""

_ATTRIBUTE = """
BT-160 name                    text  cbc:Name
BT-161 value                   text  cbc:Value
"""

_APPLIED = """
-      is_charge               bool  cbc:ChargeIndicator
BT-147 amount                  amt   cbc:Amount
BT-148 base                    amt   cbc:BaseAmount
"""

_SHARED = {
    "preceding": _PRECEDING,
    "reference": _REFERENCE,
    "party": _PARTY,
    "payee": _PAYEE,
    "contact": _CONTACT,
    "address": _ADDRESS,
    "means": _MEANS,
    "third_party": _THIRD_PARTY,
    "allowance": _ALLOWANCE,
    "tax_total": _TAX_TOTAL,
    "vat": _VAT,
    "line_vat": _LINE_VAT,
    "attribute": _ATTRIBUTE,
    "applied": _APPLIED,
}


def tables(*, credit_note: bool) -> dict[str, str]:
    """The mapping tables of Invoice or of CreditNote."""
    own = (
        (_CREDIT_NOTE_HEAD, _CREDIT_NOTE_REFERENCES, "")
        if credit_note
        else (_INVOICE_HEAD, _INVOICE_REFERENCES, _INVOICE_BODY)
    )
    head, references, body = own
    whole = _HEAD + head + _REFERENCES + references + _BODY + body + _SUMS
    line = "CreditNoteLine" if credit_note else "InvoiceLine"
    quantity = "CreditedQuantity" if credit_note else "InvoicedQuantity"
    return {
        "invoice": whole.replace("{line}", line),
        "line": _LINE.replace("{quantity}", quantity),
        **_SHARED,
    }
