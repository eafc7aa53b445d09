"""Words and pictures of the numbers: each figure is a sentence first."""

from careloom.outcomes.presenters.three import Figure, figures, reconciliation

__all__ = ["Figure", "figures", "reconciliation"]
