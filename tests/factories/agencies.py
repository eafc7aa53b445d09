"""Agencies and workers for tests, made by the same actions that the product uses."""

from __future__ import annotations

from itertools import count
from typing import Any

from careloom.agencies import queries
from careloom.agencies.actions import make_agency, make_worker
from careloom.agencies.models import Agency, Membership
from careloom.agencies.roles import Role, fits
from careloom.infra import clock
from careloom.infra.access import System, Viewer, acting_as, system
from careloom.kernel.agency_kinds import AgencyKind

_number = count(1)
PIN = "274913"


def an_agency(*, kind: AgencyKind = AgencyKind.HOSPITAL, **facts: Any) -> Agency:
    """A new agency with its principal."""
    by = system(System.IMPORT)
    facts.setdefault("name", f"Agency {next(_number)}")
    # The name of a program for tests tells nothing, so it is its outward name too.
    facts.setdefault("outward_name", facts["name"] if kind is AgencyKind.PART2_PROGRAM or facts.get("is_part2_program") else "")
    with acting_as(by):
        made = make_agency(kind=kind, by=by, at=clock.now(), **facts)
    assert isinstance(made, Agency)
    return made


def a_worker(*roles: Role, agency: Agency | None = None, pin: str = PIN, **facts: Any) -> Membership:
    """A worker with `roles` (default: care coordinator) in `agency` (default: a new hospital, or another kind where the roles fit).

    Sign in with `client.force_login`.
    """
    agency, number, by = agency or an_agency(kind=kind_for(*roles)), next(_number), system(System.IMPORT)
    facts = {"name": f"Worker {number}", "email": f"worker{number}@example.org"} | facts
    with acting_as(by):
        made = make_worker(agency_id=agency.pk, roles=roles or (Role.CARE_COORDINATOR,), by=by, at=clock.now(), pin=pin, **facts)
    assert isinstance(made, Membership)
    return made


def kind_for(*roles: Role) -> AgencyKind:
    """A hospital, or the first other kind of agency in which all `roles` may be given."""
    return next(kind for kind in (AgencyKind.HOSPITAL, *AgencyKind) if all(fits(role, kind) for role in roles))


def a_worker_with_all(agency: Agency) -> Membership:
    """A worker with every role that may be given in `agency`."""
    return a_worker(*(role for role in Role if fits(role, agency.kind)), agency=agency)


def viewer(membership: Membership) -> Viewer:
    """The viewer that this member is."""
    return queries.viewer_of(membership)
