"""EN 16931 terms in UN/CEFACT Cross Industry Invoice D16B/D22B (CEN/TS 16931-3-3), in schema order.

The tables are read and written alike (:mod:`contor.einvoice.table`). ZUGFeRD 1.0 names some
elements differently; :data:`ZUGFERD_1_NAMES` turns the same tables into its own, for reading.
"""

from __future__ import annotations

NAMESPACES = {
    "rsm": "urn:un:unece:uncefact:data:standard:CrossIndustryInvoice:100",
    "ram": "urn:un:unece:uncefact:data:standard:ReusableAggregateBusinessInformationEntity:100",
    "udt": "urn:un:unece:uncefact:data:standard:UnqualifiedDataType:100",
    "qdt": "urn:un:unece:uncefact:data:standard:QualifiedDataType:100",
}

_INVOICE = """
BT-23  business_process        text  rsm:ExchangedDocumentContext/ram:BusinessProcessSpecifiedDocumentContextParameter/ram:ID
BT-24  specification           text  rsm:ExchangedDocumentContext/ram:GuidelineSpecifiedDocumentContextParameter/ram:ID
BT-1   number                  text  rsm:ExchangedDocument/ram:ID
BT-3   type_code               text  rsm:ExchangedDocument/ram:TypeCode
BT-2   issue_date              date102  rsm:ExchangedDocument/ram:IssueDateTime/udt:DateTimeString
BG-1   notes[]                 >note  rsm:ExchangedDocument/ram:IncludedNote
@T = rsm:SupplyChainTradeTransaction
BG-25  lines[]                 >line  $T/ram:IncludedSupplyChainTradeLineItem
@A = $T/ram:ApplicableHeaderTradeAgreement
BT-10  buyer_reference         text  $A/ram:BuyerReference
BG-4   seller                  >party  $A/ram:SellerTradeParty
BG-7   buyer                   >party  $A/ram:BuyerTradeParty
BG-11  tax_representative      >party  $A/ram:SellerTaxRepresentativeTradeParty
BT-14  sales_order_reference   text  $A/ram:SellerOrderReferencedDocument/ram:IssuerAssignedID
BT-13  order_reference         text  $A/ram:BuyerOrderReferencedDocument/ram:IssuerAssignedID
BT-12  contract_reference      text  $A/ram:ContractReferencedDocument/ram:IssuerAssignedID
BG-24  references[]            >reference  $A/ram:AdditionalReferencedDocument
BT-11  project_reference       text  $A/ram:SpecifiedProcuringProject/ram:ID
-      project_name            text  $A/ram:SpecifiedProcuringProject/ram:Name
@D = $T/ram:ApplicableHeaderTradeDelivery
BG-15  delivery.party          >party  $D/ram:ShipToTradeParty
BT-72  delivery.date           date102  $D/ram:ActualDeliverySupplyChainEvent/ram:OccurrenceDateTime/udt:DateTimeString
BT-16  despatch_advice_reference   text  $D/ram:DespatchAdviceReferencedDocument/ram:IssuerAssignedID
BT-15  receiving_advice_reference  text  $D/ram:ReceivingAdviceReferencedDocument/ram:IssuerAssignedID
@S = $T/ram:ApplicableHeaderTradeSettlement
BT-90  creditor_identifier     text  $S/ram:CreditorReferenceID
BT-83  remittance_information  text  $S/ram:PaymentReference
BT-6   vat_accounting_currency  text  $S/ram:TaxCurrencyCode
BT-5   currency                text  $S/ram:InvoiceCurrencyCode
BG-10  payee                   >party  $S/ram:PayeeTradeParty
BG-16  payment_means[]         >means  $S/ram:SpecifiedTradeSettlementPaymentMeans
BG-23  vat_breakdown[]         >vat  $S/ram:ApplicableTradeTax
BT-73  period.start            date102  $S/ram:BillingSpecifiedPeriod/ram:StartDateTime/udt:DateTimeString
BT-74  period.end              date102  $S/ram:BillingSpecifiedPeriod/ram:EndDateTime/udt:DateTimeString
BG-20  allowances_charges[]    >allowance  $S/ram:SpecifiedTradeAllowanceCharge
BG-21  service_charges[]       >service  $S/ram:SpecifiedLogisticsServiceCharge
BT-20  terms[]                 >terms  $S/ram:SpecifiedTradePaymentTerms
@M = $S/ram:SpecifiedTradeSettlementHeaderMonetarySummation
BT-106 totals.lines            dec  $M/ram:LineTotalAmount
BT-108 totals.charges          dec  $M/ram:ChargeTotalAmount
BT-107 totals.allowances       dec  $M/ram:AllowanceTotalAmount
BT-109 totals.net              dec  $M/ram:TaxBasisTotalAmount
BT-110 tax_totals[]            >tax_total  $M/ram:TaxTotalAmount
BT-114 totals.rounding         dec  $M/ram:RoundingAmount
BT-112 totals.gross            dec  $M/ram:GrandTotalAmount
BT-113 totals.prepaid          dec  $M/ram:TotalPrepaidAmount
BT-115 totals.payable          dec  $M/ram:DuePayableAmount
BG-3   preceding_invoices[]    >preceding  $S/ram:InvoiceReferencedDocument
BT-19  accounting_reference    text  $S/ram:ReceivableSpecifiedTradeAccountingAccount/ram:ID
"""

_NOTE = """
BT-22  text                    raw   ram:Content
BT-21  subject_code            text  ram:SubjectCode
"""

_PARTY = """
BT-29  ids[]                   id    ram:ID
BT-29  global_ids[]            id    ram:GlobalID
BT-27  name                    text  ram:Name
BT-33  legal_information       raw   ram:Description
BT-30  legal_registration      id    ram:SpecifiedLegalOrganization/ram:ID
BT-28  trading_name            text  ram:SpecifiedLegalOrganization/ram:TradingBusinessName
BG-6   contact                 >contact  ram:DefinedTradeContact
BG-5   address                 >address  ram:PostalTradeAddress
BT-34  electronic_address      id    ram:URIUniversalCommunication/ram:URIID
BT-32  tax_number              text  ram:SpecifiedTaxRegistration[ram:ID/@schemeID=FC]/ram:ID
-      =FC                     const  ram:SpecifiedTaxRegistration[ram:ID/@schemeID=FC]/ram:ID/@schemeID
BT-31  vat_id                  text  ram:SpecifiedTaxRegistration[ram:ID/@schemeID=VA]/ram:ID
-      =VA                     const  ram:SpecifiedTaxRegistration[ram:ID/@schemeID=VA]/ram:ID/@schemeID
"""

_CONTACT = """
BT-41  name                    text  ram:PersonName
BT-41  department              text  ram:DepartmentName
BT-42  phone                   text  ram:TelephoneUniversalCommunication/ram:CompleteNumber
-      fax                     text  ram:FaxUniversalCommunication/ram:CompleteNumber
BT-43  email                   text  ram:EmailURIUniversalCommunication/ram:URIID
"""

_ADDRESS = """
BT-38  postcode                text  ram:PostcodeCode
BT-35  line_1                  text  ram:LineOne
BT-36  line_2                  text  ram:LineTwo
BT-162 line_3                  text  ram:LineThree
BT-37  city                    text  ram:CityName
BT-40  country                 text  ram:CountryID
BT-39  subdivision             text  ram:CountrySubDivisionName
"""

_REFERENCE = """
BT-122 reference               text  ram:IssuerAssignedID
BT-124 location                text  ram:URIID
-      type_code               text  ram:TypeCode
BT-123 description             text  ram:Name
BT-125 content                 bin   ram:AttachmentBinaryObject
BT-125 mime_type               text  ram:AttachmentBinaryObject/@mimeCode
BT-125 filename                text  ram:AttachmentBinaryObject/@filename
BT-18  scheme                  text  ram:ReferenceTypeCode
"""

_MEANS = """
BT-81  code                    text  ram:TypeCode
BT-82  text                    text  ram:Information
BT-87  card_number             text  ram:ApplicableTradeSettlementFinancialCard/ram:ID
BT-88  card_holder             text  ram:ApplicableTradeSettlementFinancialCard/ram:CardholderName
BT-91  debited_account         text  ram:PayerPartyDebtorFinancialAccount/ram:IBANID
BT-84  account                 text  ram:PayeePartyCreditorFinancialAccount/ram:IBANID
BT-85  account_name            text  ram:PayeePartyCreditorFinancialAccount/ram:AccountName
BT-84  proprietary_account     text  ram:PayeePartyCreditorFinancialAccount/ram:ProprietaryID
BT-86  bic                     text  ram:PayeeSpecifiedCreditorFinancialInstitution/ram:BICID
"""

_VAT = """
BT-117 tax                     dec   ram:CalculatedAmount
-      =VAT                    const  ram:TypeCode
BT-120 exemption_reason        text  ram:ExemptionReason
BT-116 taxable                 dec   ram:BasisAmount
BT-118 category                text  ram:CategoryCode
BT-121 exemption_code          text  ram:ExemptionReasonCode
BT-7   point_date              date102  ram:TaxPointDate/udt:DateString
BT-8   point_code              text  ram:DueDateTypeCode
BT-119 rate                    dec   ram:RateApplicablePercent
"""

_ALLOWANCE = """
-      is_charge               bool  ram:ChargeIndicator/udt:Indicator
BT-94  percent                 dec   ram:CalculationPercent
BT-93  base                    dec   ram:BasisAmount
BT-92  amount                  dec   ram:ActualAmount
BT-98  reason_code             text  ram:ReasonCode
BT-97  reason                  text  ram:Reason
BT-95  vat                     >allowance_vat  ram:CategoryTradeTax
"""

_ALLOWANCE_VAT = """
-      =VAT                    const  ram:TypeCode
BT-95  category                text  ram:CategoryCode
BT-96  rate                    dec   ram:RateApplicablePercent
"""

_SERVICE = """
BT-104 reason                  text  ram:Description
BT-99  amount                  dec   ram:AppliedAmount
BT-102 vat                     >allowance_vat  ram:AppliedTradeTax
"""

_TERMS = """
BT-20  text                    raw   ram:Description
BT-9   due_date                date102  ram:DueDateDateTime/udt:DateTimeString
BT-89  mandate_reference       text  ram:DirectDebitMandateID
-      amount                  dec   ram:PartialPaymentAmount
-      penalty                 >penalty  ram:ApplicableTradePaymentPenaltyTerms
-      discount                >discount  ram:ApplicableTradePaymentDiscountTerms
"""

_DISCOUNT_HEAD = """
-      basis_date              date102  ram:BasisDateTime/udt:DateTimeString
-      days                    int   ram:BasisPeriodMeasure
-      unit                    text  ram:BasisPeriodMeasure/@unitCode
-      base                    dec   ram:BasisAmount
-      percent                 dec   ram:CalculationPercent
"""

_PRECEDING = """
BT-25  number                  text  ram:IssuerAssignedID
-      type_code               text  ram:TypeCode
BT-26  issue_date              date102  ram:FormattedIssueDateTime/qdt:DateTimeString
"""

_LINE = """
@L = ram:AssociatedDocumentLineDocument
BT-126 id                      text  $L/ram:LineID
-      parent                  text  $L/ram:ParentLineID
-      status_code             text  $L/ram:LineStatusCode
-      status                  text  $L/ram:LineStatusReasonCode
BT-127 notes[]                 >note  $L/ram:IncludedNote
@P = ram:SpecifiedTradeProduct
BT-157 item.standard_id        id    $P/ram:GlobalID
BT-155 item.seller_id          text  $P/ram:SellerAssignedID
BT-156 item.buyer_id           text  $P/ram:BuyerAssignedID
BT-153 item.name               text  $P/ram:Name
BT-154 item.description        raw   $P/ram:Description
BG-32  item.attributes[]       >attribute  $P/ram:ApplicableProductCharacteristic
BT-158 item.classifications[]  class  $P/ram:DesignatedProductClassification*/ram:ClassCode
BT-159 item.origin_country     text  $P/ram:OriginTradeCountry/ram:ID
@A = ram:SpecifiedLineTradeAgreement
BT-132 order_line              text  $A/ram:BuyerOrderReferencedDocument/ram:LineID
BT-148 price.gross             dec   $A/ram:GrossPriceProductTradePrice/ram:ChargeAmount
BT-149 price.gross_base_quantity  dec  $A/ram:GrossPriceProductTradePrice/ram:BasisQuantity
BT-150 price.gross_base_unit   text  $A/ram:GrossPriceProductTradePrice/ram:BasisQuantity/@unitCode
BT-147 price.applied[]         >applied  $A/ram:GrossPriceProductTradePrice/ram:AppliedTradeAllowanceCharge
BT-146 price.net               dec   $A/ram:NetPriceProductTradePrice/ram:ChargeAmount
BT-149 price.base_quantity     dec   $A/ram:NetPriceProductTradePrice/ram:BasisQuantity
BT-150 price.base_unit         text  $A/ram:NetPriceProductTradePrice/ram:BasisQuantity/@unitCode
BT-129 quantity                dec   ram:SpecifiedLineTradeDelivery/ram:BilledQuantity
BT-130 unit                    text  ram:SpecifiedLineTradeDelivery/ram:BilledQuantity/@unitCode
@S = ram:SpecifiedLineTradeSettlement
BG-30  vat                     >line_vat  $S/ram:ApplicableTradeTax
BT-134 period.start            date102  $S/ram:BillingSpecifiedPeriod/ram:StartDateTime/udt:DateTimeString
BT-135 period.end              date102  $S/ram:BillingSpecifiedPeriod/ram:EndDateTime/udt:DateTimeString
BG-27  allowances_charges[]    >allowance  $S/ram:SpecifiedTradeAllowanceCharge
BT-131 net                     dec   $S/ram:SpecifiedTradeSettlementLineMonetarySummation/ram:LineTotalAmount
BT-128 object                  >object  $S/ram:AdditionalReferencedDocument[ram:TypeCode=130]
BT-133 accounting_reference    text  $S/ram:ReceivableSpecifiedTradeAccountingAccount/ram:ID
"""

_LINE_VAT = """
-      =VAT                    const  ram:TypeCode
-      exemption_reason        text  ram:ExemptionReason
BT-151 category                text  ram:CategoryCode
-      exemption_code          text  ram:ExemptionReasonCode
BT-152 rate                    dec   ram:RateApplicablePercent
"""

_APPLIED = """
-      is_charge               bool  ram:ChargeIndicator/udt:Indicator
-      percent                 dec   ram:CalculationPercent
-      base                    dec   ram:BasisAmount
BT-147 amount                  dec   ram:ActualAmount
-      reason_code             text  ram:ReasonCode
-      reason                  text  ram:Reason
"""

_OBJECT = """
BT-128 value                   text  ram:IssuerAssignedID
-      =130                    const  ram:TypeCode
BT-128 scheme                  text  ram:ReferenceTypeCode
"""

_ATTRIBUTE = """
BT-160 name                    text  ram:Description
BT-161 value                   text  ram:Value
"""

_TAX_TOTAL = """
BT-110 amount                  dec   .
-      currency                text  ./@currencyID
"""

TABLES = {
    "invoice": _INVOICE,
    "note": _NOTE,
    "party": _PARTY,
    "contact": _CONTACT,
    "address": _ADDRESS,
    "reference": _REFERENCE,
    "means": _MEANS,
    "vat": _VAT,
    "allowance": _ALLOWANCE,
    "allowance_vat": _ALLOWANCE_VAT,
    "service": _SERVICE,
    "terms": _TERMS,
    "penalty": _DISCOUNT_HEAD + "-  amount  dec  ram:ActualPenaltyAmount\n",
    "discount": _DISCOUNT_HEAD + "-  amount  dec  ram:ActualDiscountAmount\n",
    "preceding": _PRECEDING,
    "line": _LINE,
    "line_vat": _LINE_VAT,
    "applied": _APPLIED,
    "object": _OBJECT,
    "attribute": _ATTRIBUTE,
    "tax_total": _TAX_TOTAL,
}

ZUGFERD_1_NAMESPACES = {
    "rsm": "urn:ferd:CrossIndustryDocument:invoice:1p0",
    "ram": "urn:un:unece:uncefact:data:standard:ReusableAggregateBusinessInformationEntity:12",
    "udt": "urn:un:unece:uncefact:data:standard:UnqualifiedDataType:15",
    "qdt": "urn:un:unece:uncefact:data:standard:QualifiedDataType:12",
}
ZUGFERD_1_NAMES = {
    "rsm:ExchangedDocumentContext": "rsm:SpecifiedExchangedDocumentContext",
    "rsm:ExchangedDocument": "rsm:HeaderExchangedDocument",
    "rsm:SupplyChainTradeTransaction": "rsm:SpecifiedSupplyChainTradeTransaction",
    "ram:ApplicableHeaderTradeAgreement": "ram:ApplicableSupplyChainTradeAgreement",
    "ram:ApplicableHeaderTradeDelivery": "ram:ApplicableSupplyChainTradeDelivery",
    "ram:ApplicableHeaderTradeSettlement": "ram:ApplicableSupplyChainTradeSettlement",
    "ram:SpecifiedTradeSettlementHeaderMonetarySummation": "ram:SpecifiedTradeSettlementMonetarySummation",
    "ram:SpecifiedTradeSettlementLineMonetarySummation": "ram:SpecifiedTradeSettlementMonetarySummation",
    "ram:SpecifiedLineTradeAgreement": "ram:SpecifiedSupplyChainTradeAgreement",
    "ram:SpecifiedLineTradeDelivery": "ram:SpecifiedSupplyChainTradeDelivery",
    "ram:SpecifiedLineTradeSettlement": "ram:SpecifiedSupplyChainTradeSettlement",
    "ram:RateApplicablePercent": "ram:ApplicablePercent",
    "ram:IssuerAssignedID": "ram:ID",
    "ram:FormattedIssueDateTime/qdt:DateTimeString": "ram:IssueDateTime",
}

# The release candidate of 2013: ZUGFeRD 1.0's names, children without namespace, values unwrapped.
RELEASE_CANDIDATE_NAMESPACES = {"rsm": "urn:un:unece:uncefact:data:standard:CBFBUY:5"}
