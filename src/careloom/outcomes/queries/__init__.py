"""Reads of counts: the federal three, and what snapshots hold."""

from careloom.outcomes.queries.now import Now, snapshots, stands_now
from careloom.outcomes.queries.three import FederalThree, Published, Reconciled, federal_three, publish, publish_unexplained, reconcile, years

__all__ = [
    "FederalThree",
    "Now",
    "Published",
    "Reconciled",
    "federal_three",
    "publish",
    "publish_unexplained",
    "reconcile",
    "snapshots",
    "stands_now",
    "years",
]
