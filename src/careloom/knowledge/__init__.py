"""What partners know of each other: profiles, words, roles, training, champions."""
