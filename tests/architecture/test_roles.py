"""Roles, permissions and kinds of record: printed, equal to the page, and compared with what the database lets through."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from html import unescape
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from django.db import connection, transaction
from django.test import Client
from tests.factories.agencies import a_worker, an_agency, kind_for, viewer

from careloom.agencies import matrix, opening, words
from careloom.agencies.models import Agency, Membership
from careloom.agencies.roles import ALL_CATEGORIES, CATEGORIES, MOST, PERMISSIONS, WHOLE_AGENCY, Permission, Role
from careloom.infra import clock
from careloom.infra.access import System, acting_as, system
from careloom.infra.access.caseload import assign
from careloom.kernel.agency_kinds import AgencyKind
from careloom.kernel.disclosure.vocabulary import Category
from careloom.people.models import FamilyMember

PAGE = Path(__file__).resolve().parents[2] / "docs" / "how-to" / "roles.md"
NO_FAMILY = set(Role) - set(CATEGORIES)


def test_the_page_is_what_the_code_says() -> None:
    assert PAGE.read_text() == matrix.markdown(), "Write it again: .venv/bin/python -m careloom.agencies.matrix > docs/how-to/roles.md"


def test_there_are_twelve_roles_and_each_has_permissions_and_words() -> None:
    assert len(Role) == 12
    assert set(PERMISSIONS) == set(Role) == set(words.ROLES) == set(words.ROLE_HINTS)
    assert set(words.PERMISSIONS) == set(Permission)
    assert {p for held in PERMISSIONS.values() for p in held} == set(Permission)


def test_categories_are_words_of_the_kernel() -> None:
    assert {category.value for category in Category} >= ALL_CATEGORIES
    assert set(words.CATEGORIES) == ALL_CATEGORIES


def test_who_opens_no_family_has_no_family_permission() -> None:
    for role in NO_FAMILY:
        assert not PERMISSIONS[role] & {Permission.FAMILY_READ, Permission.PLAN_WRITE, Permission.NOTIFY, Permission.CONSENT_WRITE}
    for role in CATEGORIES:
        assert Permission.FAMILY_READ in PERMISSIONS[role]


def plant(agency: Agency) -> UUID:
    """One row of each kind about one person, held by this agency."""
    identity, at = uuid4(), clock.now() - timedelta(minutes=1)  # the database's instant is the transaction's start
    with acting_as(system(System.JOB, holder_id=agency.pk)):
        for category in sorted(ALL_CATEGORIES):
            FamilyMember.objects.create(
                holder_id=agency.pk, identity_id=identity, category=category, name="Somebody", relation="aunt", kind="KIN", at=at
            )
    return identity


def let_through(member: Membership, identity: UUID) -> set[str]:
    """The kinds that come back to her from plain SQL under the application's role, past every query of ours."""
    with acting_as(viewer(member)), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT current_user, category FROM people_family_member WHERE identity_id = %s", [identity])
        found = cursor.fetchall()
    assert {who for who, _ in found} <= {"careloom_app"}
    return {category for _, category in found}


def matrix_on(page: str) -> dict[Role, set[str]]:
    """The agency's own matrix as its page prints it."""
    heads = [Role(code) for code in re.findall(r'href="/agency/opens/([A-Z_]+)/"', page)]
    codes = {str(words.CATEGORIES[code]): code for code in ALL_CATEGORIES}
    printed: dict[Role, set[str]] = {role: set() for role in heads}
    rows = re.findall(r'<tr><th scope="row">([^<]+)</th>(.*?)</tr>', page)
    assert {codes[unescape(kind)] for kind, _ in rows} == ALL_CATEGORIES
    for kind, cells in rows:
        for role, cell in zip(heads, re.findall(r"<td>(Yes|No)", cells), strict=True):
            if cell == "Yes":
                printed[role].add(codes[unescape(kind)])
    return printed


def printed_by_default() -> dict[Role, set[str]]:
    """The table of docs/how-to/roles.md."""
    lines = PAGE.read_text().split("## Which kinds of record")[1].splitlines()
    table = [[cell.strip().strip("`") for cell in line.split("|")[1:-1]] for line in lines if line.startswith("|")]
    return {role: {row[0] for row in table[2:] if row[1 + i] == "yes"} for i, role in enumerate(Role)}


@pytest.mark.django_db
@pytest.mark.parametrize("role", list(Role))
def test_the_database_and_the_printed_matrix_agree_inside_the_agency(role: Role) -> None:
    """One row of each kind, held by her agency and on her caseload: she is given those of her role and no other."""
    agency = an_agency(kind=kind_for(role))
    identity, member = plant(agency), a_worker(role, agency=agency)
    printed, keeper = printed_by_default()[role], system(System.JOB, holder_id=agency.pk)
    assert let_through(member, identity) == (printed if role in WHOLE_AGENCY else set())
    with acting_as(keeper):
        assign(by=keeper, worker_id=member.worker_id, identity_ids=[identity], at=clock.now() - timedelta(minutes=1))
    assert let_through(member, identity) == printed
    with acting_as(viewer(member)):
        seen = FamilyMember.objects.seen_by(viewer(member)).filter(identity_id=identity).values_list("category", flat=True)
        assert set(seen) == printed


@pytest.mark.django_db
@pytest.mark.parametrize("kind", list(AgencyKind))
def test_the_database_and_the_agencys_own_page_agree_before_and_after_she_decides(kind: AgencyKind, sign_in: Callable[[Membership], Client]) -> None:
    """For every role of every kind of agency: each kind of record that is open is closed and each that may be opened is opened."""
    agency = an_agency(kind=kind)
    officer, identity = a_worker(Role.PRIVACY_OFFICER, agency=agency), plant(agency)
    roles = opening.roles_of(agency)
    members = {role: officer if role is Role.PRIVACY_OFFICER else a_worker(role, agency=agency) for role in roles}
    keeper, browser = system(System.JOB, holder_id=agency.pk), sign_in(officer)
    with acting_as(keeper):
        for member in members.values():
            assign(by=keeper, worker_id=member.worker_id, identity_ids=[identity], at=clock.now() - timedelta(minutes=1))
    before = matrix_on(browser.get("/agency/opens/").content.decode())
    assert before == {role: set(CATEGORIES[role]) for role in roles} == {role: let_through(members[role], identity) for role in roles}
    for role in roles:
        chosen = sorted((MOST[role] - CATEGORIES[role]) | set(sorted(CATEGORIES[role])[::2]))
        saved = browser.post(f"/agency/opens/{role.value}/", {"categories": chosen, "reason": "Tried", "version": 0, "request_key": uuid4().hex})
        assert saved.status_code == 302
    fresh = {role: Membership.objects.select_related("worker", "agency").get(pk=member.pk) for role, member in members.items()}
    after = matrix_on(browser.get("/agency/opens/").content.decode())
    assert after == {role: let_through(fresh[role], identity) for role in roles}
    assert all(after[role] != before[role] for role in roles)


@pytest.mark.django_db
def test_what_the_role_may_not_open_is_neither_changed_nor_removed() -> None:
    """By plain SQL as well, also without a condition, which asks for no right to read."""
    agency = an_agency(kind=AgencyKind.HOME_VISITING)
    identity, member = plant(agency), a_worker(Role.HOME_VISITOR, agency=agency)
    keeper = system(System.JOB, holder_id=agency.pk)
    with acting_as(keeper):
        assign(by=keeper, worker_id=member.worker_id, identity_ids=[identity], at=clock.now() - timedelta(minutes=1))
    for words_of_it in ("UPDATE people_family_member SET name = 'Other'", "DELETE FROM people_family_member"):
        with acting_as(viewer(member)), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(words_of_it)
            assert cursor.rowcount == len(CATEGORIES[Role.HOME_VISITOR])
    with acting_as(keeper):
        left = FamilyMember.objects.filter(identity_id=identity)
        assert set(left.values_list("category", "name")) == {(c, "Somebody") for c in ALL_CATEGORIES - CATEGORIES[Role.HOME_VISITOR]}


@pytest.mark.django_db
def test_another_agencys_worker_of_the_same_role_opens_nothing() -> None:
    agency, identity = an_agency(), uuid4()
    keeper = system(System.JOB, holder_id=agency.pk)
    with acting_as(keeper):
        FamilyMember.objects.create(
            holder_id=agency.pk, identity_id=identity, category="posc.plan_core", name="Somebody", relation="aunt", kind="KIN", at=clock.now()
        )
    for role in CATEGORIES:
        stranger = viewer(a_worker(role))
        with acting_as(stranger):
            assert not FamilyMember.objects.seen_by(stranger).exists()
