"""Accounts with a bank are no numbers of customers: *Account: 12345678* below *Sort code*.

American bills call the customer's number *Account number*, too; what stands around tells which it is.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from contor.documents.labels import fold

_ACCOUNT = re.compile(r"(?:account(?:number|no)?|acct|a/c|konto|compte|conto)\b.*")
_OF_A_BANK = re.compile(
    r"\b(?:bsb|sort ?code|swift|bic|ifsc|iban|routing|beneficiary|kontoinhaber|blz|bank name|wire transfer)\b|"
    r"\bbank\s?:"
)
_ROWS = 2


def is_bank_account(label: str, texts: Sequence[str], line: int) -> bool:
    """Whether a label on a line (of all texts of its page) is that of a bank's account.

    >>> is_bank_account("Account No", ["Sort code 20-00-00", "Account No 12345678"], 1)
    True
    >>> is_bank_account("Account No", ["Bill to", "Account No 12345678"], 1)
    False
    """
    if not _ACCOUNT.fullmatch(fold(label)):
        return False
    near = texts[max(0, line - _ROWS) : line + _ROWS + 1]
    return any(_OF_A_BANK.search(fold(text)) for text in near)
