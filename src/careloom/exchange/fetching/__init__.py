"""Fetches a consented record from a partner's record system, as a machine (SMART Backend Services)."""
