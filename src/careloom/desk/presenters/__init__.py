"""Words and shapes of the desk: facts in, components of the look out. Nothing here reads the database."""
