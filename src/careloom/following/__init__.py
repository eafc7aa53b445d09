"""Families followed to the end: where each need stands, who was not reached, what had no service, and who takes over when somebody leaves."""
