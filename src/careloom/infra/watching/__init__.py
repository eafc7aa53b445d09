"""How the people who run Careloom see that it runs: two health addresses, a line for each request that failed, traces and metrics.

INVARIANT: nothing here names a person or a record. A request is told by the pattern of its address (`plans/<uuid:plan_id>/`), never by the address,
what was typed or who asked; an error by its kind and place, never by its text (CONTRIBUTING, personal data).
"""
