"""Every disclosure has its legal basis in a log that cannot be changed unseen, and the privacy officer can hand it to an auditor."""

from __future__ import annotations

import csv
import io
import zipfile
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client
from tests.factories.agencies import a_worker, viewer
from tests.factories.plans import PlanWorld
from tests.requirements.conftest import SignIn, family_page, text_of

from careloom.agencies.roles import Role
from careloom.infra import clock
from careloom.infra.access import acting_as
from careloom.infra.access.models import AccessLog
from careloom.infra.audit.checking import check
from careloom.infra.audit.models import AuditRow


def the_file(client: Client, *, days: int = 1) -> bytes:
    """The auditor's file of the last days, through its page."""
    page = text_of(client.get("/agency/looks/file/"))
    assert 'name="since"' in page
    today = clock.today()
    answer = client.post(
        "/agency/looks/file/", {"since": (today - timedelta(days=days)).isoformat(), "until": (today + timedelta(days=1)).isoformat()}
    )
    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == "application/zip"
    assert "no-store" in answer.headers["Cache-Control"]
    return b"".join(answer.streaming_content)


def lines(data: bytes, name: str) -> list[dict[str, str]]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return list(csv.DictReader(io.StringIO(archive.read(name).decode(), newline="")))


@pytest.mark.requirement("R-206")
def test_the_basis_of_each_disclosure_is_in_the_file_that_the_privacy_officer_gives_to_an_auditor(
    world: PlanWorld, sign_in: SignIn, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(settings, "CARELOOM_HOME", tmp_path)
    officer = a_worker(Role.PRIVACY_OFFICER, agency=world.riverbend)
    plan = world.a_plan(agreed=True)
    world.share(plan, to=world.bea)
    family_page(sign_in(world.bea), plan)  # Harbor reads what she let it have
    family_page(sign_in(world.dana), plan)  # Riverbend reads its own
    data = the_file(sign_in(officer))
    (tmp_path / "file.zip").write_bytes(data)
    assert check(tmp_path / "file.zip").faults == []
    given = lines(data, "disclosures.csv")
    assert given
    assert all("42 CFR 2." in row["basis"] or "CFR" in row["basis"] for row in given)
    assert {row["recipient_id"] for row in given} == {str(world.harbor.pk)}
    named = {row["id"]: row["name"] for row in lines(data, "names.csv")}
    assert (named[str(world.harbor.pk)], named[str(world.dana.worker_id)]) == (world.harbor.name_outside, world.dana.worker.name)
    assert str(world.bea.worker_id) not in named  # another agency answers for its people: it says who that was
    looks = lines(data, "looks.csv")
    assert {row["worker_id"] for row in looks} >= {str(world.bea.worker_id), str(world.dana.worker_id), str(officer.worker_id)}
    assert {row["identity_mark"] for row in looks if row["identity_mark"]} >= {str(plan.identity_id)[:8]}
    assert str(plan.identity_id) not in data.decode("latin-1")


def test_the_download_itself_is_logged_and_only_a_privacy_officer_has_it(
    world: PlanWorld, sign_in: SignIn, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(settings, "CARELOOM_HOME", tmp_path)
    officer = a_worker(Role.PRIVACY_OFFICER, agency=world.riverbend)
    data = the_file(sign_in(officer))
    with acting_as(viewer(officer)):
        assert AccessLog.objects.filter(place="agencies:log_file", worker_id=officer.worker_id).count() == 1
        assert AuditRow.objects.filter(action="agencies.log_file_made").count() == 1
    assert "agencies:log_file" in {row["place"] for row in lines(data, "looks.csv")}
    assert "Log as a file for an auditor" in text_of(sign_in(officer).get("/agency/looks/"))
    for other in (world.dana, world.supervisor, world.bea):
        assert sign_in(other).post("/agency/looks/file/", {"since": "2026-01-01", "until": "2026-01-02"}).status_code == 404


@pytest.mark.parametrize(("since", "until"), [("2026-02-02", "2026-02-01"), ("2999-01-01", "2999-01-02"), ("", "2026-02-01"), ("x", "y")])
def test_a_period_that_is_none_is_asked_for_again(world: PlanWorld, sign_in: SignIn, since: str, until: str) -> None:
    officer = a_worker(Role.PRIVACY_OFFICER, agency=world.riverbend)
    assert sign_in(officer).post("/agency/looks/file/", {"since": since, "until": until}).status_code == 422


def test_another_agencys_lines_are_not_in_it(world: PlanWorld, sign_in: SignIn, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings, "CARELOOM_HOME", tmp_path)
    plan = world.a_plan(agreed=True)
    family_page(sign_in(world.dana), plan)
    data = the_file(sign_in(a_worker(Role.PRIVACY_OFFICER, agency=world.harbor)))
    assert str(world.dana.worker_id) not in {row["worker_id"] for name in ("looks.csv", "changes.csv") for row in lines(data, name)}
