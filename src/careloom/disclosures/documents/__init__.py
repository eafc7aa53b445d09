"""Papers that leave a holder: a release with its notice, and the answer that says neither yes nor no."""

from careloom.disclosures.documents.papers import render_letter, render_release

__all__ = ["render_letter", "render_release"]
