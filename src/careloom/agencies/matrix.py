"""Prints who may do what, and which kinds of record each role may open, as the text of docs/how-to/roles.md.

python -m careloom.agencies.matrix > docs/how-to/roles.md
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from careloom.agencies.roles import ALL_CATEGORIES, CATEGORIES, MOST, PERMISSIONS, WHOLE_AGENCY, Permission, Role, fits
from careloom.kernel.agency_kinds import AgencyKind

HEAD = """# Roles: who may do what

Generated from `src/careloom/agencies/roles.py` with `python -m careloom.agencies.matrix`; a test fails when the two differ.
A member may have several roles; she has what any of them gives. A permission lets a role try; which families and which facts a worker then
sees is decided by consent, law and caseload in the database. Authority: 45 CFR 164.514(d), minimum necessary by role.

"""


OPENS = """`yes` is the default. Each agency's privacy officer decides otherwise for her agency at `/agency/opens/`, with a reason: she takes a `yes`
away, or gives what stands as `may`. An empty field is given in no agency: notes of counseling and psychotherapy stay with clinicians, and her own
role is not widened by herself. The page at `/agency/opens/` is the agency's own matrix. `bin/test` plants a row of each kind, asks for it as each
role with plain SQL under the application's role, and compares what comes back with both.

"""


def markdown() -> str:
    """The whole page."""
    parts = [
        HEAD,
        "## What a role may do\n\n",
        _table("Permission", [(p.value, {r for r in Role if p in PERMISSIONS[r]}) for p in Permission]),
        "\n## In which kinds of agency a role is given\n\n",
        _table("Kind of agency", [(kind.value, {r for r in Role if fits(r, kind)}) for kind in AgencyKind]),
        "\n## Whose families\n\n",
        _table("Reach", [("every family of the agency", set(WHOLE_AGENCY)), ("her own caseload", set(CATEGORIES) - WHOLE_AGENCY)]),
        "\n## Which kinds of record a role may open inside the agency\n\n",
        OPENS,
        _table(
            "Kind",
            [(c, {r for r in Role if c in CATEGORIES.get(r, frozenset())}) for c in sorted(ALL_CATEGORIES)],
            may={c: {r for r in MOST if c in MOST[r]} for c in ALL_CATEGORIES},
        ),
    ]
    return "".join(parts)


def _table(first: str, rows: Iterable[tuple[str, set[Role]]], *, may: Mapping[str, set[Role]] | None = None) -> str:
    head = [first, *(_short(role) for role in Role)]
    could = may or {}
    body = [
        [f"`{name}`" if name.isupper() or "." in name else name, *("yes" if r in has else "may" if r in could.get(name, ()) else "" for r in Role)]
        for name, has in rows
    ]
    return "".join("| " + " | ".join(cells) + " |\n" for cells in [head, ["---"] * len(head), *body])


def _short(role: Role) -> str:
    return role.value.replace("_", " ").capitalize().replace("Cps", "Child welfare")


if __name__ == "__main__":
    print(markdown(), end="")
