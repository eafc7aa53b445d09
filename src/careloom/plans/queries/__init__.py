"""Reads of plans. Each takes `viewer`; row security decides which rows there are. A page accounts for what it showed (`PlanParts.rows`)."""

from careloom.plans.queries.boards import FamiliesPage, FamilyLine, LateReview, LateReviews, list_families, overdue_reviews, overdue_total
from careloom.plans.queries.changes import PlanFlag, changes_since, flags_of, items_now, version_items
from careloom.plans.queries.desk import Caseload, caseload_counts, referrals_about, steps_of_need, versions_of
from careloom.plans.queries.plan import PlanParts, get_plan, last_version, plan_parts, plans_of, waiting_transfers

__all__ = [
    "Caseload",
    "FamiliesPage",
    "FamilyLine",
    "LateReview",
    "LateReviews",
    "PlanFlag",
    "PlanParts",
    "caseload_counts",
    "changes_since",
    "flags_of",
    "get_plan",
    "items_now",
    "last_version",
    "list_families",
    "overdue_reviews",
    "overdue_total",
    "plan_parts",
    "plans_of",
    "referrals_about",
    "steps_of_need",
    "version_items",
    "versions_of",
    "waiting_transfers",
]
