"""The plan on paper: accessible PDF in English and Spanish, each reader's copy holding only what that reader may see."""

from careloom.plans.documents.paper import render_plan

__all__ = ["render_plan"]
