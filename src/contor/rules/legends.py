"""Texts that the law wants on the invoice, in German, English and Italian.

>>> legend("reverse_charge_eu", "en").splitlines()[0]
'Reverse charge: the recipient is liable for VAT (Art. 196 Directive 2006/112/EC).'
"""

from __future__ import annotations

from contor.errors import Refusal
from contor.rules.pack import read_pack


def legend(key: str, language: str) -> str:
    """The printed text of a legend; refuses ``legend_unknown``."""
    texts = read_pack("legends")["legends"].get(key, {})
    if language not in texts:
        raise Refusal(
            "legend_unknown",
            "There is no text {key} in the language {language}.",
            "Use de, en or it.",
            key=key,
            language=language,
        )
    return str(texts[language])
