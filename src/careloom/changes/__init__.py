"""Guidance, strategies, policies, pilots and what was learned from them."""
