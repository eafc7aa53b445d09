"""Which services there are, what is missing, and what will last."""
