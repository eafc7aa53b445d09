"""The agency itself and who works there: what of them travels, and how they arrive. Passwords, second factors and PINs never do."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Final
from uuid import UUID

from careloom.agencies import actions
from careloom.agencies.models import Agency, Membership, Worker
from careloom.config.leaving.form import LeaveProblem
from careloom.infra.access import System, acting_as, system
from careloom.kernel.agency_kinds import AgencyKind

_FACTS: Final = (
    "outward_name", "short_name", "is_part2_program", "is_covered_entity", "is_tribe", "is_state", "county", "pack", "zone", "phone", "address",
    "opens",
)  # fmt: skip
AGENCY: Final = f"""SELECT jsonb_build_object('id', t.id, 'name', t.name, 'kind', t.kind, {", ".join(f"'{name}', t.{name}" for name in _FACTS)})
  FROM public.agencies_agency t WHERE t.id = %(agency)s"""
WORKERS: Final = """SELECT jsonb_build_object('id', w.id, 'name', w.name, 'phone', w.phone, 'language', w.language, 'email', u.email,
    'roles', m.roles, 'title', m.title, 'supervisor_id', m.supervisor_id, 'starts_at', m.starts_at, 'ends_at', m.ends_at)
  FROM public.agencies_membership m JOIN public.agencies_worker w ON w.id = m.worker_id JOIN public.agencies_user u ON u.id = w.user_id
  WHERE m.agency_id = %(agency)s ORDER BY w.id"""


def find(words: str) -> Agency:
    """The agency with this id or exact name. Raises :class:`LeaveProblem` when there is none."""
    try:
        found = Agency.objects.filter(pk=UUID(words)).first()
    except ValueError:
        found = Agency.objects.filter(name=words).first()
    if found is None:
        raise LeaveProblem(f"There is no agency {words!r} here. Give its exact name or its id.")
    return found


def mapped(agency: dict[str, Any], workers: list[dict[str, Any]], *, to: str | None) -> dict[str, str]:
    """Which ids of the export stand for somebody who is here under another id: the agency with `to`, workers by their e-mail.

    Raises :class:`LeaveProblem` when an agency of that name is here and nobody said that it is the same.
    """
    other: dict[str, str] = {}
    if to is not None and str(find(to).pk) != agency["id"]:
        other[agency["id"]] = str(find(to).pk)
    elif to is None:
        same = Agency.objects.filter(name=agency["name"]).exclude(pk=agency["id"]).first()
        if same is not None:
            raise LeaveProblem(f"An agency of this name is here under the id {same.pk}. Is it the same? Then add: --as {same.pk}")
    known = dict(Worker.objects.filter(user__email__in=[w["email"] for w in workers]).values_list("user__email", "pk"))
    for worker in workers:
        here = known.get(worker["email"])
        if here is not None and str(here) != worker["id"]:
            other[worker["id"]] = str(here)
        elif here is None and Worker.objects.filter(pk=worker["id"]).exists():
            raise LeaveProblem("A worker of the export is here with another e-mail. Give her the same e-mail in both places, and import again.")
    return other


def arrive(agency: dict[str, Any], workers: list[dict[str, Any]], *, other: dict[str, str], at: datetime) -> bool:
    """Make the agency and its workers where they are not here yet; what is here stays as it is. Answers whether the agency is new here.

    In the caller's transaction; safe to repeat.
    """
    by, agency_id = system(System.IMPORT), UUID(other.get(agency["id"], agency["id"]))
    with acting_as(by):
        new = not Agency.objects.filter(pk=agency_id).exists()
        if new:
            facts = {name: agency[name] for name in _FACTS}
            made = actions.make_agency(name=agency["name"], kind=AgencyKind(agency["kind"]), by=by, at=at, agency_id=agency_id, **facts)
            if isinstance(made, actions.Refused):
                raise LeaveProblem("The agency cannot be made here. A treatment program needs an outward name; give it one and export again.")
        ids = {worker["id"]: UUID(other.get(worker["id"], worker["id"])) for worker in workers}
        here = set(Membership.objects.filter(agency_id=agency_id).values_list("worker_id", flat=True))
        joining = [worker for worker in workers if ids[worker["id"]] not in here]
        for worker in joining:
            _join(worker, worker_id=ids[worker["id"]], agency_id=agency_id, at=at)
        # When all of them are here: whom a worker answers to may stand after her in the file.
        for worker in joining:
            supervisor = ids.get(worker["supervisor_id"])
            Membership.objects.filter(agency_id=agency_id, worker_id=ids[worker["id"]]).update(supervisor_id=supervisor)
    return new


def _join(worker: dict[str, Any], *, worker_id: UUID, agency_id: UUID, at: datetime) -> None:
    made = actions.make_worker(
        name=worker["name"], email=worker["email"], agency_id=agency_id, roles=worker["roles"], by=system(System.IMPORT), at=at,
        title=worker["title"], worker_id=worker_id, phone=worker["phone"], language=worker["language"],
    )  # fmt: skip
    if isinstance(made, actions.Refused):
        raise LeaveProblem("A worker has a role that this kind of agency does not give here. Change her role where she comes from, and export again.")
    Membership.objects.filter(pk=made.pk).update(starts_at=worker["starts_at"], ends_at=worker["ends_at"])
