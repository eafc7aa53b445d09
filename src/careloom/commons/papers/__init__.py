"""Papers of the rooms: what they say as data, laid out by a typst template beside it."""
