"""The notification router: which notification, whether a report, and why, from facts and rules."""

from careloom.kernel.notification.answer import NotificationAnswer, WouldChange
from careloom.kernel.notification.checks import TableProblem, check_table, sample_births, unreachable_rows
from careloom.kernel.notification.conditions import EXPOSURE_FIELDS, FACT_FIELDS, holds
from careloom.kernel.notification.facts import BirthFacts, Exposure
from careloom.kernel.notification.reasons import Reason, ReasonCode
from careloom.kernel.notification.router import decide
from careloom.kernel.notification.table import Outcome, RowDue, RuleRow, RuleTable
from careloom.kernel.notification.vocabulary import (
    Basis,
    FasdSigns,
    InTreatment,
    LeadKind,
    Level,
    Notify,
    PlanStatus,
    SentField,
    Substance,
    SubstanceGroup,
    ToldMother,
    Use,
    Withdrawal,
    YesNoUnsure,
    group_of,
)

__all__ = [
    "EXPOSURE_FIELDS",
    "FACT_FIELDS",
    "Basis",
    "BirthFacts",
    "Exposure",
    "FasdSigns",
    "InTreatment",
    "LeadKind",
    "Level",
    "NotificationAnswer",
    "Notify",
    "Outcome",
    "PlanStatus",
    "Reason",
    "ReasonCode",
    "RowDue",
    "RuleRow",
    "RuleTable",
    "SentField",
    "Substance",
    "SubstanceGroup",
    "TableProblem",
    "ToldMother",
    "Use",
    "Withdrawal",
    "WouldChange",
    "YesNoUnsure",
    "check_table",
    "decide",
    "group_of",
    "holds",
    "sample_births",
    "unreachable_rows",
]
