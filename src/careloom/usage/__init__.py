"""How the product is used, without anybody in it: which screens an agency opens, and which fields of its forms stay empty.

Owns counts only: no user, no family, no address with an id. The worker makes them at night, and pages show them with their day.
"""
