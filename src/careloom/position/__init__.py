"""The integration position (Guidance 19)."""
