"""The main account's statement as CAMT.053.001.08 (ISO 20022, DK rules for Germany)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from xml.sax.saxutils import escape

from contor_training.synthetic.demo_company.payments import Payment
from contor_training.synthetic.demo_company.statements import FIRST, LAST, OWNER, Account

# domain, family, sub-family of the bank transaction code
_CODES = {
    "fee": ("PMNT", "MDOP", "CHRG"),
    "return": ("PMNT", "IDDT", "UPDD"),
    "out": ("PMNT", "ICDT", "ESCT"),
    "in": ("PMNT", "RCDT", "ESCT"),
    "debit": ("PMNT", "IDDT", "ESDD"),
}


def write(account: Account) -> str:
    """The statement as XML text."""
    entries = "".join(_entry(number, pay) for number, pay in enumerate(account.payments, start=1))
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.08">\n<BkToCstmrStmt>\n'
        "<GrpHdr><MsgId>CAMT-2026-10</MsgId><CreDtTm>2026-11-01T04:00:00</CreDtTm></GrpHdr>\n"
        "<Stmt>\n<Id>2026-10</Id><ElctrncSeqNb>10</ElctrncSeqNb>"
        "<CreDtTm>2026-11-01T04:00:00</CreDtTm>\n"
        f"<FrToDt><FrDtTm>{FIRST}T00:00:00</FrDtTm><ToDtTm>{LAST}T23:59:59</ToDtTm></FrToDt>\n"
        f"<Acct><Id><IBAN>{account.iban}</IBAN></Id><Ccy>EUR</Ccy>"
        f"<Ownr><Nm>{escape(OWNER)}</Nm></Ownr></Acct>\n"
        f"{_balance('OPBD', account.opening, FIRST)}{_balance('CLBD', account.closing, LAST)}"
        f"{entries}</Stmt>\n</BkToCstmrStmt>\n</Document>\n"
    )


def _balance(code: str, amount: Decimal, day: date) -> str:
    return (
        f"<Bal><Tp><CdOrPrtry><Cd>{code}</Cd></CdOrPrtry></Tp>"
        f'<Amt Ccy="EUR">{abs(amount)}</Amt><CdtDbtInd>{_side(amount)}</CdtDbtInd>'
        f"<Dt><Dt>{day}</Dt></Dt></Bal>\n"
    )


def _side(amount: Decimal) -> str:
    return "CRDT" if amount >= 0 else "DBIT"


def _entry(number: int, pay: Payment) -> str:
    code = _code(pay)
    amount = f'<Amt Ccy="EUR">{abs(pay.amount)}</Amt><CdtDbtInd>{_side(pay.amount)}</CdtDbtInd>'
    mandate = f"<MndtId>{pay.mandate_id}</MndtId>" if pay.mandate_id else ""
    reason = (
        f"<RtrInf><Rsn><Cd>{pay.return_reason}</Cd></Rsn></RtrInf>" if pay.return_reason else ""
    )
    return (
        f"<Ntry>{amount}<Sts><Cd>BOOK</Cd></Sts><BookgDt><Dt>{pay.day}</Dt></BookgDt>"
        f"<ValDt><Dt>{pay.day}</Dt></ValDt><AcctSvcrRef>2026-10-{number:05d}</AcctSvcrRef>"
        f"<BkTxCd><Domn><Cd>{code[0]}</Cd><Fmly><Cd>{code[1]}</Cd><SubFmlyCd>{code[2]}</SubFmlyCd>"
        "</Fmly></Domn></BkTxCd>\n"
        f"<NtryDtls><TxDtls><Refs><EndToEndId>{pay.end_to_end_id or 'NOTPROVIDED'}</EndToEndId>"
        f"{mandate}</Refs>{amount}{_party(pay)}"
        f"<RmtInf><Ustrd>{escape(pay.text)}</Ustrd></RmtInf>{reason}</TxDtls></NtryDtls></Ntry>\n"
    )


def _code(pay: Payment) -> tuple[str, str, str]:
    if pay.kind in {"fee", "return"}:
        return _CODES[pay.kind]
    if pay.mandate_id:
        return _CODES["debit"]
    return _CODES["in" if pay.amount >= 0 else "out"]


def _party(pay: Payment) -> str:
    """The other side: the debtor of money that came in, the creditor of money that left.

    A returned debit keeps the roles of the collection it undoes.
    """
    if not pay.name:
        return ""
    role = "Dbtr" if pay.amount >= 0 or pay.kind == "return" else "Cdtr"
    iban = f"<{role}Acct><Id><IBAN>{pay.iban}</IBAN></Id></{role}Acct>" if pay.iban else ""
    name = f"<{role}><Pty><Nm>{escape(pay.name)}</Nm></Pty></{role}>"
    return f"<RltdPties>{name}{iban}</RltdPties>"
