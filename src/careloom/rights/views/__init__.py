"""Screens of rights: the register, one request with its answers, and a family's page."""
