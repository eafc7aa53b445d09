"""Words and parts of the consent screens."""
