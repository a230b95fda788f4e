"""EN 16931 terms in FatturaPA 1.2 (Agenzia delle Entrate), in schema order.

Only the root element has a namespace. The header stands once, the body once per invoice.
"""

from __future__ import annotations

NAMESPACE = "http://ivaservizi.agenziaentrate.gov.it/docs/xsd/fatture/v1.2"
NAMESPACES = {"p": NAMESPACE}

_FILE = """
@T = FatturaElettronicaHeader/DatiTrasmissione
-      transmitter_country     text  FatturaElettronicaHeader/DatiTrasmissione/IdTrasmittente/IdPaese
-      transmitter_code        text  FatturaElettronicaHeader/DatiTrasmissione/IdTrasmittente/IdCodice
-      transmission_number     text  $T/ProgressivoInvio
-      format                  text  $T/FormatoTrasmissione
BT-49  recipient_code          text  $T/CodiceDestinatario
BT-49  recipient_pec           text  $T/PECDestinatario
BG-4   seller                  >party  FatturaElettronicaHeader/CedentePrestatore
BG-11  tax_representative      >party  FatturaElettronicaHeader/RappresentanteFiscale
BG-7   buyer                   >party  FatturaElettronicaHeader/CessionarioCommittente
-      bodies[]                >body  FatturaElettronicaBody
"""

_PARTY = """
@D = DatiAnagrafici
BT-31  vat_country             text  $D/IdFiscaleIVA/IdPaese
BT-31  vat_code                text  $D/IdFiscaleIVA/IdCodice
BT-32  tax_number              text  $D/CodiceFiscale
BT-27  name                    text  $D/Anagrafica/Denominazione
-      first_name              text  $D/Anagrafica/Nome
-      last_name               text  $D/Anagrafica/Cognome
-      tax_regime              text  $D/RegimeFiscale
BG-5   address                 >address  Sede
-      register_office         text  IscrizioneREA/Ufficio
BT-30  register_number         text  IscrizioneREA/NumeroREA
-      register_state          text  IscrizioneREA/StatoLiquidazione
BT-42  contact.phone           text  Contatti/Telefono
-      contact.fax             text  Contatti/Fax
BT-43  contact.email           text  Contatti/Email
BT-19  accounting_reference    text  RiferimentoAmministrazione
"""

_ADDRESS = """
BT-35  line_1                  text  Indirizzo
-      house_number            text  NumeroCivico
BT-38  postcode                text  CAP
BT-37  city                    text  Comune
BT-39  subdivision             text  Provincia
BT-40  country                 text  Nazione
"""

_BODY = """
@G = DatiGenerali/DatiGeneraliDocumento
BT-3   document_type           text  $G/TipoDocumento
BT-5   currency                text  $G/Divisa
BT-2   issue_date              date  $G/Data
BT-1   number                  text  $G/Numero
-      withholdings[]          >withholding  $G/DatiRitenuta
-      stamp_duty              >bollo  $G/DatiBollo
-      pension_funds[]         >fund  $G/DatiCassaPrevidenziale
BG-20  discounts[]             >discount  $G/ScontoMaggiorazione
BT-112 stated_gross            dec2  $G/ImportoTotaleDocumento
BT-114 totals.rounding         dec2  $G/Arrotondamento
BT-22  causes[]                raw   $G/Causale
BT-13  orders[]                >related  DatiGenerali/DatiOrdineAcquisto
BT-12  contracts[]             >related  DatiGenerali/DatiContratto
-      agreements[]            >related  DatiGenerali/DatiConvenzione
BT-15  receipts[]              >related  DatiGenerali/DatiRicezione
BG-3   invoices[]              >related  DatiGenerali/DatiFattureCollegate
BT-16  despatch_advice_reference  text  DatiGenerali/DatiDDT/NumeroDDT
-      despatch_date           date  DatiGenerali/DatiDDT/DataDDT
BG-15  delivery.address        >address  DatiGenerali/DatiTrasporto/IndirizzoResa
BT-72  delivery.date           moment  DatiGenerali/DatiTrasporto/DataOraConsegna
BG-25  lines[]                 >line  DatiBeniServizi/DettaglioLinee
BG-23  vat_breakdown[]         >vat  DatiBeniServizi/DatiRiepilogo
BG-16  payments[]              >payment  DatiPagamento
BG-24  attachments[]           >attachment  Allegati
"""

_WITHHOLDING = """
-      kind                    text  TipoRitenuta
-      amount                  dec2  ImportoRitenuta
-      rate                    dec2  AliquotaRitenuta
-      reason                  text  CausalePagamento
"""

_BOLLO = """
-      virtual                 text  BolloVirtuale
-      amount                  dec2  ImportoBollo
"""

_FUND = """
-      kind                    text  TipoCassa
-      rate                    dec2  AlCassa
BT-99  amount                  dec2  ImportoContributoCassa
BT-100 taxable                 dec2  ImponibileCassa
BT-103 vat_rate                dec2  AliquotaIVA
-      withholding             text  Ritenuta
-      nature                  text  Natura
-      accounting_reference    text  RiferimentoAmministrazione
"""

_DISCOUNT = """
-      direction               text  Tipo
BT-94  percent                 dec2  Percentuale
BT-92  amount                  dec2  Importo
"""

_RELATED = """
-      lines[]                 text  RiferimentoNumeroLinea
BT-13  number                  text  IdDocumento
BT-26  date                    date  Data
BT-132 item                    text  NumItem
-      agreement               text  CodiceCommessaConvenzione
BT-11  cup                     text  CodiceCUP
BT-17  cig                     text  CodiceCIG
"""

_LINE = """
BT-126 id                      text  NumeroLinea
-      kind                    text  TipoCessionePrestazione
BT-158 codes[]                 >code  CodiceArticolo
BT-153 item.name               raw   Descrizione
BT-129 quantity                dec2  Quantita
BT-130 unit                    text  UnitaMisura
BT-134 period.start            date  DataInizioPeriodo
BT-135 period.end              date  DataFinePeriodo
BT-146 price.net               dec2  PrezzoUnitario
BG-27  discounts[]             >discount  ScontoMaggiorazione
BT-131 net                     dec2  PrezzoTotale
BT-152 vat_rate                dec2  AliquotaIVA
BT-121 exemption_code          text  Natura
BT-133 accounting_reference    text  RiferimentoAmministrazione
BG-32  others[]                >other  AltriDatiGestionali
"""

_CODE = """
BT-158 scheme                  text  CodiceTipo
BT-158 value                   text  CodiceValore
"""

_OTHER = """
BT-160 name                    text  TipoDato
BT-161 text                    text  RiferimentoTesto
BT-161 number                  text  RiferimentoNumero
BT-161 date                    text  RiferimentoData
"""

_VAT = """
BT-119 rate                    dec2  AliquotaIVA
BT-121 exemption_code          text  Natura
BT-116 taxable                 dec2  ImponibileImporto
BT-117 tax                     dec2  Imposta
-      vat_due                 text  EsigibilitaIVA
BT-120 exemption_reason        text  RiferimentoNormativo
"""

_PAYMENT = """
BT-20  condition               text  CondizioniPagamento
BG-16  details[]               >detail  DettaglioPagamento
"""

_DETAIL = """
BT-85  account_name            text  Beneficiario
BT-81  national_code           text  ModalitaPagamento
BT-9   due_date                date  DataScadenzaPagamento
-      amount                  dec2  ImportoPagamento
BT-84  account                 text  IBAN
BT-86  bic                     text  BIC
-      discount.amount         dec2  ScontoPagamentoAnticipato
-      discount.basis_date     date  DataLimitePagamentoAnticipato
-      penalty.amount          dec2  PenalitaPagamentiRitardati
-      penalty.basis_date      date  DataDecorrenzaPenale
BT-83  remittance_information  text  CodicePagamento
"""

_ATTACHMENT = """
BT-125 filename                text  NomeAttachment
BT-125 mime_type               text  FormatoAttachment
BT-123 description             text  DescrizioneAttachment
BT-125 content                 bin   Attachment
"""

TABLES = {
    "file": _FILE,
    "party": _PARTY,
    "address": _ADDRESS,
    "body": _BODY,
    "withholding": _WITHHOLDING,
    "bollo": _BOLLO,
    "fund": _FUND,
    "discount": _DISCOUNT,
    "related": _RELATED,
    "line": _LINE,
    "code": _CODE,
    "other": _OTHER,
    "vat": _VAT,
    "payment": _PAYMENT,
    "detail": _DETAIL,
    "attachment": _ATTACHMENT,
}
