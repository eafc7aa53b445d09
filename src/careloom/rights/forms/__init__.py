"""Forms of rights. They parse and never save."""
