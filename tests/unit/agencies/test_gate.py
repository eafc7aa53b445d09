"""Marks of views, and what they ask for."""

from __future__ import annotations

from types import SimpleNamespace
from uuid import UUID

import pytest
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from careloom.agencies.gate import Door, door_of, needs, own_door, public, under_lock, without_agency
from careloom.agencies.roles import Permission
from careloom.infra.access import NotVisible, PrincipalKind, Viewer


def page(request: HttpRequest) -> HttpResponse:
    return HttpResponse("shown")


def asked_by(*permissions: Permission) -> HttpRequest:
    made = HttpRequest()
    made.method = "GET"
    made.viewer = Viewer(principal_id=UUID(int=1), kind=PrincipalKind.AGENCY, purpose="treatment", permissions=frozenset(permissions))  # type: ignore[attr-defined]
    return made


def test_an_unmarked_view_is_for_workers() -> None:
    assert door_of(view=page, name="plans:plan") is Door.WORKER
    assert door_of(view=page, name="") is Door.WORKER


@pytest.mark.parametrize(
    ("mark", "door"),
    [
        (public("a reason that says why"), Door.PUBLIC),
        (own_door("portal:sign_in"), Door.OWN),
        (without_agency, Door.NO_AGENCY),
        (under_lock, Door.LOCKED),
    ],
)
def test_a_mark_says_which_door(mark: object, door: Door) -> None:
    def another(request: HttpRequest) -> HttpResponse:
        return page(request)

    assert door_of(view=require_safe(mark(another)), name="x:y") is door  # type: ignore[operator]


def test_pages_of_the_sign_in_itself_are_open_and_its_settings_are_not() -> None:
    assert door_of(view=page, name="account_login") is Door.PUBLIC
    assert door_of(view=page, name="mfa_activate_totp") is Door.SET_UP
    assert door_of(view=page, name="account_email") is Door.CLOSED
    assert door_of(view=page, name="account_something_new") is Door.SET_UP


def test_who_has_every_permission_gets_in() -> None:
    guarded = needs(Permission.PLAN_WRITE, Permission.NOTIFY)(page)
    assert guarded(asked_by(Permission.PLAN_WRITE, Permission.NOTIFY)).content == b"shown"


@pytest.mark.parametrize("held", [(), (Permission.PLAN_WRITE,)])
def test_for_everyone_else_nothing_is_there(held: tuple[Permission, ...]) -> None:
    with pytest.raises(NotVisible):
        needs(Permission.PLAN_WRITE, Permission.NOTIFY)(page)(asked_by(*held))


def test_nobody_in_scope_gets_nothing() -> None:
    with pytest.raises(NotVisible):
        needs(Permission.PLAN_WRITE)(page)(SimpleNamespace(viewer=None))  # type: ignore[arg-type]


def test_permissions_add_up_and_survive_other_decorators() -> None:
    guarded = require_safe(needs(Permission.NOTIFY)(needs(Permission.PLAN_WRITE)(page)))
    assert guarded.careloom_needs == {Permission.NOTIFY, Permission.PLAN_WRITE}  # type: ignore[attr-defined]
