"""Who may be one person: what of a record is compared, how sure that makes us, and the search over everybody.

`traits` and `compare` are pure; `model` reads the data of the pack; `splinking` and `child` run in a process that ends (DESIGN section 3).
"""
