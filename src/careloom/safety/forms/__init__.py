"""Forms of safety. They parse and never save."""
