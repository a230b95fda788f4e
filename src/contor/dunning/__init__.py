"""Dunning: procedures as data, levels, statutory default interest and fees, notices as drafts."""

from contor.dunning.fees_and_interest import Charges, charge
from contor.dunning.levels import DuePast, due_level
from contor.dunning.notices import Notice, draft_notice
from contor.dunning.procedure import Procedure, parse_procedure, standard_procedure

__all__ = [
    "Charges",
    "DuePast",
    "Notice",
    "Procedure",
    "charge",
    "draft_notice",
    "due_level",
    "parse_procedure",
    "standard_procedure",
]
