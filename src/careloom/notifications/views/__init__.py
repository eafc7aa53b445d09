"""Screens of a birth notification: start, the one screen, its steps, what comes after, and what child welfare received."""
