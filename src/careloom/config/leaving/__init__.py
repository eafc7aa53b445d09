"""An agency leaves with its records, and arrives elsewhere: an open form on disk, out of one installation and into another.

Owns the form (docs/reference/agency-export.md). Runs as the operator, beside `backup`: it reads and writes as the owner of the tables, one agency's
own rows only. What came to the agency from others under a paper is never written out as its own (42 CFR 2.12(d)(2), 2.32).
"""
