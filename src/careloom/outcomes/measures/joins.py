"""Rows beside what is known of them."""

from __future__ import annotations

from collections.abc import Sequence

import ibis.expr.types as ir


def known_of(rows: ir.Table, facts: ir.Table, keys: Sequence[str]) -> ir.Table:
    """Each row with the facts of the same key; unknown where there are none. A row with two facts stands twice."""
    both = rows.join(facts, list(keys), how="left", rname="{name}_of_facts")
    return both.drop(*(f"{key}_of_facts" for key in keys))


def with_home(rows: ir.Table, subjects: ir.Table) -> ir.Table:
    """Each row with `home`: the number of the subject's family; who has none is a family of her own."""
    homes = subjects.select("realm", "subject", home=subjects.family.coalesce(subjects.subject))
    return known_of(rows, homes, ["realm", "subject"]).mutate(home=lambda t: t.home.coalesce(t.subject))
