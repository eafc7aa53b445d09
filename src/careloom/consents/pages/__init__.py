"""Pages of consents: what each shows, read in one place and accounted for there."""
