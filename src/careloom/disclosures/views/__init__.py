"""Views of disclosures."""
