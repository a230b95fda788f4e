"""FatturaPA's codes beside the ones of EN 16931 (UNTDID 1001, 4461, 5305)."""

from __future__ import annotations

# TipoDocumento to UNTDID 1001. TD16 to TD29 are documents the buyer draws up: self-billed.
_TYPES = {
    "TD01": "380",
    "TD02": "386",
    "TD03": "386",
    "TD04": "381",
    "TD05": "383",
    "TD06": "380",
    "TD24": "380",
    "TD25": "380",
    "TD26": "380",
    "TD08": "381",
    "TD07": "380",
}
_SELF_BILLED = "389"
_DOCUMENTS = {
    "380": "TD01",
    "381": "TD04",
    "383": "TD05",
    "384": "TD04",
    "386": "TD02",
    "389": "TD20",
    "261": "TD04",
}

# ModalitaPagamento to UNTDID 4461.
_MEANS = {
    "MP01": "10",
    "MP02": "20",
    "MP03": "23",
    "MP04": "10",
    "MP05": "30",
    "MP06": "60",
    "MP07": "50",
    "MP08": "48",
    "MP09": "49",
    "MP10": "49",
    "MP11": "49",
    "MP12": "70",
    "MP13": "50",
    "MP15": "30",
    "MP16": "49",
    "MP17": "49",
    "MP18": "50",
    "MP19": "59",
    "MP20": "59",
    "MP21": "59",
    "MP22": "97",
    "MP23": "68",
}
_MODES = {
    "10": "MP01",
    "20": "MP02",
    "30": "MP05",
    "42": "MP05",
    "48": "MP08",
    "49": "MP16",
    "54": "MP08",
    "55": "MP08",
    "57": "MP05",
    "58": "MP05",
    "59": "MP19",
    "68": "MP23",
    "97": "MP22",
}

# VAT category to the Natura that Italian law gives it in general.
_NATURES = {
    "AE": "N6.9",
    "E": "N4",
    "G": "N3.1",
    "K": "N3.2",
    "O": "N2.2",
    "Z": "N3.6",
}


def type_code(document_type: str | None) -> str | None:
    """BT-3 of a TipoDocumento; self-billed for the documents of the buyer."""
    if document_type is None:
        return None
    return _TYPES.get(document_type, _SELF_BILLED if document_type.startswith("TD") else None)


def document_type(code: str | None, *, credit_note: bool) -> str:
    """TipoDocumento of a BT-3."""
    return _DOCUMENTS.get(code or "", "TD04" if credit_note else "TD01")


def means_code(national: str | None) -> str | None:
    """BT-81 of a ModalitaPagamento; 1 (not defined) for one that has no counterpart."""
    return None if national is None else _MEANS.get(national, "1")


def national_means(code: str | None) -> str:
    """ModalitaPagamento of a BT-81; credit transfer where nothing is said."""
    return _MODES.get(code or "", "MP05")


def category_of(nature: str | None) -> str:
    """VAT category (UNTDID 5305) of a Natura; S where there is none.

    >>> category_of(None), category_of("N6.3"), category_of("N3.2"), category_of("N1")
    ('S', 'AE', 'K', 'E')
    """
    if nature is None:
        return "S"
    exact = {"N3.1": "G", "N3.2": "K", "N3.3": "K", "N3.4": "G", "N7": "O"}
    if nature in exact:
        return exact[nature]
    return {"N2": "O", "N6": "AE"}.get(nature[:2], "E")


def nature_of(category: str | None, code: str | None) -> str | None:
    """Natura of a VAT category: the one kept in the exemption code, else the general one."""
    if code is not None and code[:1] == "N" and code[1:2].isdigit():
        return code
    return _NATURES.get(category or "S")
