"""Consents and the other papers in force: court orders, agreements' data clauses, restrictions and emergency openings.

A grant is never typed in: it is materialised from these by asking the kernel. Source: 42 CFR 2.26, 2.31, 2.51, 2.61 to 2.66; law.md 1.4, 1.8.
"""

from careloom.consents.models.clause import DataClause
from careloom.consents.models.consent import Consent
from careloom.consents.models.emergency import EmergencyOpening
from careloom.consents.models.followed import GrantsPass
from careloom.consents.models.order import CourtOrder
from careloom.consents.models.restriction import Restriction
from careloom.consents.models.scan import PaperScan

__all__ = ["Consent", "CourtOrder", "DataClause", "EmergencyOpening", "GrantsPass", "PaperScan", "Restriction"]
