"""Audit rows, written by actions in their own transaction. No feature reads them."""
