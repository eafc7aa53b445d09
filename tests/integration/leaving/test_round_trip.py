"""An agency leaves with everything that it owns and nothing of others, and is the same agency elsewhere."""

from __future__ import annotations

import json
from pathlib import Path
from uuid import UUID

import pytest
from django.db import connections, transaction
from tests.factories.agencies import an_agency, viewer
from tests.integration.leaving.conftest import SCAN, Left, bring, counted, owner, rows, write

from careloom.agencies.models import Membership
from careloom.config.leaving import form
from careloom.config.leaving.bringing import Brought
from careloom.config.leaving.kinds import STAYS, all_kinds
from careloom.consents.models import PaperScan
from careloom.infra.access import acting_as
from careloom.infra.keys import Keyring, decrypt
from careloom.kernel.agency_kinds import AgencyKind
from careloom.plans.models import PlanOfSafeCare


def manifest(folder: Path) -> dict[str, object]:
    found: dict[str, object] = json.loads((folder / form.MANIFEST).read_bytes())
    return found


def test_every_table_with_a_holder_travels_or_says_why_it_stays(db: None) -> None:
    known = "SELECT DISTINCT table_name FROM information_schema.columns WHERE table_schema = 'public' AND column_name IN ('holder_id', 'agency_id')"
    with connections["default"].cursor() as cursor:
        cursor.execute(known)
        tables = {name for (name,) in cursor.fetchall()}
    travels = {kind.table for kind in all_kinds()}
    assert tables - travels == set(STAYS)
    assert not travels & set(STAYS)


def test_the_folder_holds_the_agencys_own_rows_and_no_others(left: Left) -> None:
    for kind in all_kinds():
        for row in rows(left.folder, kind.table):
            assert row.get("holder_id", str(left.riverbend)) == str(left.riverbend)
            assert row.get("provenance") in ("originating", "self_reported", None)
    assert [row["id"] for row in rows(left.folder, "plans_plan")] == [str(left.plan)]
    assert rows(left.folder, "health_birth") == []
    assert len(rows(left.hospital, "health_birth")) == 1
    assert [row["name"] for row in rows(left.folder, "people_family_member")] == ["A practice aunt"]


def test_the_manifest_says_what_stayed_and_not_whose(left: Left) -> None:
    told = manifest(left.folder)
    received, _ = told["stayed_behind"]  # type: ignore[misc]
    assert received["rows"] == 1
    assert str(left.mother) not in json.dumps(told)
    _, seen = manifest(left.visitor)["stayed_behind"]  # type: ignore[misc]
    assert seen["parts"] > 0, "what Harbor sees by the mother's consent is Riverbend's"
    assert rows(left.visitor, "plans_plan") == []
    assert not {str(left.mother), str(left.riverbend)} & {str(value) for value in json.loads(json.dumps(seen)).values()}


def test_labels_and_the_notice_travel(left: Left) -> None:
    told = manifest(left.folder)
    assert "42 CFR part 2" in told["notice"]["text"]  # type: ignore[index]
    assert "42 CFR part 2" in (left.folder / form.NOTICE).read_text()
    for kind in all_kinds():
        for row in rows(left.folder, kind.table) if kind.about_family else []:
            assert row["category"] in told["labels"]  # type: ignore[operator]


def test_a_paper_lies_open_in_the_folder_and_only_for_its_owner(left: Left) -> None:
    (row,) = rows(left.folder, "consents_scan")
    paper = left.folder / row["sealed"]["file"]
    assert paper.read_bytes() == SCAN
    assert paper.suffix == ".jpg"
    assert {oct(path.stat().st_mode & 0o077) for path in left.folder.rglob("*")} == {"0o0"}


def test_it_is_the_same_agency_elsewhere(left: Left, arrived: tuple[Brought, Path], tmp_path: Path) -> None:
    done, home = arrived
    assert not done.refused
    again = write(left.riverbend, tmp_path / "again", home=home)
    was = manifest(left.folder)["kinds"]
    assert again["kinds"] == was, "every kind has the same fingerprint"
    travelled = sum(told["rows"] for name, told in was.items() if name not in ("agencies_worker", "people_identity"))  # type: ignore[attr-defined]
    assert sum(done.new.values()) == travelled


def test_workers_see_their_families_and_papers_again(left: Left, arrived: tuple[Brought, Path]) -> None:
    dana = Membership.objects.exclude(supervisor=None).get(agency_id=left.riverbend)
    with transaction.atomic(), acting_as(viewer(dana)):
        assert PlanOfSafeCare.objects.get().pk == left.plan
        scan = PaperScan.objects.get()
    key = Keyring(home=arrived[1]).agency_key(left.riverbend)
    assert decrypt(key=key, ciphertext=bytes(scan.sealed), associated=scan.pk.bytes) == SCAN
    assert not dana.worker.user.has_usable_password()


def test_a_second_time_brings_nothing_more(left: Left, arrived: tuple[Brought, Path]) -> None:
    first, home = arrived
    before = counted()
    second = bring(left.folder, home)
    assert (sum(second.new.values()), second.there) == (0, sum(first.new.values()))
    assert not second.refused
    assert counted() == before


def test_her_consent_travels_and_opens_no_more_than_it_did(left: Left, elsewhere: None, tmp_path: Path) -> None:
    for folder in (left.folder, left.visitor, left.hospital):
        assert not bring(folder, tmp_path / "home").refused
    bea, maria = (Membership.objects.get(agency_id=agency) for agency in (left.harbor, left.st_agnes))
    with transaction.atomic(), acting_as(viewer(bea).for_purpose("care_coordination")):
        assert [plan.pk for plan in PlanOfSafeCare.objects.all()] == [left.plan]
    with transaction.atomic(), acting_as(viewer(maria).for_purpose("care_coordination")):
        assert not PlanOfSafeCare.objects.exists()


def test_an_agency_of_that_name_is_asked_about_and_then_is_the_same(left: Left, elsewhere: None, tmp_path: Path) -> None:
    name = manifest(left.folder)["agency"]["name"]  # type: ignore[index]
    with transaction.atomic():
        here = an_agency(kind=AgencyKind.PART2_PROGRAM, is_part2_program=True, name=name)
    with pytest.raises(form.LeaveProblem, match="--as"):
        bring(left.folder, tmp_path / "home")
    done = bring(left.folder, tmp_path / "home", to=str(here.pk))
    assert not done.refused
    with owner() as connection:
        found = connection.execute("SELECT DISTINCT holder_id FROM plans_plan UNION SELECT DISTINCT holder_id FROM access_segment").fetchall()
    assert found == [(UUID(str(here.pk)),)]
    assert bring(left.folder, tmp_path / "home", to=str(here.pk)).there == sum(done.new.values())
