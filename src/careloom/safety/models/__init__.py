"""The safety assessment, the safety plan, and what stands beside them. Held by the child welfare agency."""

from careloom.safety.models.assessment import AssessedPerson, Finding, SafetyAssessment
from careloom.safety.models.beside import EarlierInvolvement, HistoryLook, PlanEnsured, ToldHer
from careloom.safety.models.plan import SafetyContact, SafetyPlan, SafetySignature, SafetyStep
from careloom.safety.models.report import ReportOnChild

__all__ = [
    "AssessedPerson", "EarlierInvolvement", "Finding", "HistoryLook", "PlanEnsured", "ReportOnChild", "SafetyAssessment", "SafetyContact",
    "SafetyPlan", "SafetySignature", "SafetyStep", "ToldHer",
]  # fmt: skip
