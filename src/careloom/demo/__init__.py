"""The practice county: people and stories that nobody lived, made the same way each time.

Everything here but ``load`` is pure Python: no Django, no clock, no I/O beyond the data files beside it.
Sources of the figures: ``data/params.json`` (each row says where it was read and how sure it is).
"""
