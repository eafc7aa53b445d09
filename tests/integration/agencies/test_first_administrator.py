"""An installation without mail: the operator makes an agency, and its first administrator sets her password by the printed link."""

from __future__ import annotations

import argparse
from contextlib import contextmanager
from types import SimpleNamespace

import pytest
from django.test import Client

from careloom.agencies.models import Membership
from careloom.config.commands import CommandProblem, agency

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _here(monkeypatch: pytest.MonkeyPatch) -> None:
    @contextmanager
    def already_running() -> object:
        yield SimpleNamespace(address="http://127.0.0.1:8000")

    monkeypatch.setattr(agency, "django_with_database", already_running)


def run(*words: str) -> int:
    parser = argparse.ArgumentParser()
    agency.add_arguments(parser)
    return agency.run(parser.parse_args(words))


def facts(email: str = "first@example.org") -> list[str]:
    return ["--name", "One Hospital", "--kind", "HOSPITAL", "--admin-name", "First Person", "--admin-email", email]


def test_the_printed_link_sets_the_first_password(capsys: pytest.CaptureFixture[str], client: Client) -> None:
    assert run(*facts()) == 0
    printed = capsys.readouterr().out.split()[-1]
    form = client.get(printed.removeprefix("http://127.0.0.1:8000"), follow=True)
    client.post(form.redirect_chain[-1][0], {"password1": "correct horse 12 staple", "password2": "correct horse 12 staple"})
    member = Membership.objects.get(agency__name="One Hospital")
    assert (member.roles, member.worker.user.check_password("correct horse 12 staple")) == (["AGENCY_ADMIN"], True)
    assert client.get(printed.removeprefix("http://127.0.0.1:8000"), follow=True).context["token_fail"]


def test_the_command_may_be_repeated() -> None:
    assert [run(*facts()), run(*facts())] == [0, 0]
    assert Membership.objects.filter(agency__name="One Hospital").count() == 1


def test_a_treatment_program_needs_a_name_to_show_outside() -> None:
    program = [*facts(), "--part2"]
    with pytest.raises(CommandProblem, match="--outward-name"):
        run(*program)
    assert not Membership.objects.filter(agency__name="One Hospital").exists()
    assert run(*program, "--outward-name", "Family Care") == 0


def test_a_wrong_address_is_named_and_nothing_is_made() -> None:
    with pytest.raises(CommandProblem, match="not an address"):
        run(*facts(email="nowhere"))
    assert not Membership.objects.filter(agency__name="One Hospital").exists()
