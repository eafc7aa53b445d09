"""What stands in the way of families, how it rises, and what comes back."""
