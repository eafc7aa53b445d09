"""Papers of the numbers: what they say as data, laid out by a typst template beside it."""
