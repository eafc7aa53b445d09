"""Forms of a case. They parse and never save."""
