"""A child welfare case and what follows from it: plan, children in care, court, kin, Tribe. Source: R-144, R-163, R-170 to R-177, R-223."""

from careloom.permanency.models.care import Custody, Pause, Placement, Removal
from careloom.permanency.models.case import Case, CasePlan, PlanItem, Resource, Review
from careloom.permanency.models.court import Extension, Hearing, Paper, TreatmentCourt, TreatmentCourtStep
from careloom.permanency.models.kin import Effort, KinContact, TribeNotice, TribeQuestion, Visit

__all__ = [
    "Case", "CasePlan", "Custody", "Effort", "Extension", "Hearing", "KinContact", "Paper", "Pause", "Placement", "PlanItem", "Removal", "Resource",
    "Review", "TreatmentCourt", "TreatmentCourtStep", "TribeNotice", "TribeQuestion", "Visit",
]  # fmt: skip
