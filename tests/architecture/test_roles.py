"""Roles, permissions and kinds of record: printed, equal to the page, and compared with what the database lets through."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from tests.factories.agencies import a_worker, an_agency, kind_for, viewer

from careloom.agencies import matrix, words
from careloom.agencies.roles import ALL_CATEGORIES, CATEGORIES, PERMISSIONS, WHOLE_AGENCY, Permission, Role
from careloom.infra import clock
from careloom.infra.access import System, acting_as, system
from careloom.infra.access.caseload import assign
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


@pytest.mark.django_db
@pytest.mark.parametrize("role", list(Role))
def test_the_database_and_the_matrix_agree_inside_the_agency(role: Role) -> None:
    """One row of each kind, held by her agency and on her caseload: she opens those of her role and no other."""
    agency, identity = an_agency(kind=kind_for(role)), uuid4()
    at = clock.now() - timedelta(minutes=1)  # the database's instant is the transaction's start
    keeper = system(System.JOB, holder_id=agency.pk)
    member = viewer(a_worker(role, agency=agency))
    with acting_as(keeper):
        for category in sorted(ALL_CATEGORIES):
            FamilyMember.objects.create(
                holder_id=agency.pk, identity_id=identity, category=category, name="Somebody", relation="aunt", kind="KIN", at=at
            )
    with acting_as(member):
        before = set(FamilyMember.objects.seen_by(member).values_list("category", flat=True))
    with acting_as(keeper):
        assign(by=keeper, worker_id=member.worker_id, identity_ids=[identity], at=at)
    with acting_as(member):
        after = set(FamilyMember.objects.seen_by(member).values_list("category", flat=True))
    assert before == (set(CATEGORIES[role]) if role in WHOLE_AGENCY else set())
    assert after == set(CATEGORIES.get(role, frozenset()))


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
