"""Views of consents: each checks, makes one call and renders."""
