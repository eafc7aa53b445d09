"""Pages under /my/."""
