"""The consent on paper: accessible PDF in English and Spanish side by side."""

from careloom.consents.documents.paper import render_copy, render_form

__all__ = ["render_copy", "render_form"]
