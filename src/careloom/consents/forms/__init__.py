"""Forms of consents: they parse and never save."""
