"""A paper signed by hand: it takes effect with its scan, the scan is kept sealed, and only who may opens it."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.urls import reverse
from tests.factories.agencies import viewer
from tests.factories.papers import a_pdf, a_picture, a_scan
from tests.integration.consents.conftest import Screens

from careloom.consents.models import Consent, PaperScan
from careloom.consents.terms import terms_of
from careloom.infra.access import acting_as
from careloom.infra.access.models import AccessLog


def consent_of(screens: Screens) -> Consent:
    with acting_as(viewer(screens.world.dana)):
        return Consent.objects.get(identity_id=screens.mother)


@pytest.mark.requirement("R-106")
def test_a_paper_takes_effect_with_its_scan_and_not_before(screens: Screens) -> None:
    without = screens.sign_on_paper(scan=None)
    assert without.status_code == 422
    assert "The consent takes effect with it." in without.content.decode()
    assert not screens.seen(screens.world.bea)
    assert screens.sign_on_paper().status_code == 302
    row = consent_of(screens)
    assert (row.signature_method, terms_of(row).name_on_paper) == ("PAPER", "Marisol Valdeluna")
    assert screens.seen(screens.world.bea)


@pytest.mark.parametrize(
    ("content", "media_type"),
    [(a_picture(), "image/jpeg"), (a_picture("PNG"), "image/png"), (a_pdf(), "application/pdf")],
    ids=["jpeg", "png", "pdf"],
)
def test_the_scan_is_handed_out_as_a_file_that_nothing_runs(screens: Screens, content: bytes, media_type: str) -> None:
    done = screens.sign_on_paper(scan=a_scan(content, name="odd.exe"))
    page = screens.client().get(done.headers["Location"]).content.decode()
    address = done.headers["Location"] + "scan/"
    assert address in page
    file = screens.client().get(address)
    assert (file.status_code, file.headers["Content-Type"]) == (200, media_type)
    assert file.headers["Content-Disposition"].startswith('attachment; filename="paper.')
    assert "sandbox" in file.headers["Content-Security-Policy"]
    assert (file.headers["Cache-Control"], file.headers["X-Content-Type-Options"]) == ("no-store", "nosniff")
    with acting_as(viewer(screens.world.dana)):
        scan = PaperScan.objects.get(about_id=consent_of(screens).pk)
        assert content[:40] not in bytes(scan.sealed)
        assert len(file.content) == scan.size


def test_who_sees_the_plan_by_this_very_paper_does_not_open_its_scan(screens: Screens) -> None:
    """The scan shows that she released a program's record. Harbor reads the plan by it, and finds no scan: the page of what does not exist."""
    done = screens.sign_on_paper()
    address = done.headers["Location"] + "scan/"
    assert screens.seen(screens.world.bea)
    assert screens.client(screens.world.bea).get(address).status_code == 404
    assert screens.client(screens.world.maria).get(address).status_code == 404
    colleague = screens.client(screens.world.colleague).get(address)
    assert colleague.status_code == 404  # not on her caseload
    with acting_as(viewer(screens.world.bea)), connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM consents_scan")
        assert cursor.fetchone() == (0,)


def test_a_form_without_a_scan_answers_like_one_that_does_not_exist(screens: Screens) -> None:
    done = screens.sign()
    assert screens.client().get(done.headers["Location"] + "scan/").status_code == 404
    assert "scan/" not in screens.client().get(done.headers["Location"]).content.decode()


def test_opening_a_scan_is_a_look(screens: Screens) -> None:
    done = screens.sign_on_paper()
    screens.client().get(done.headers["Location"] + "scan/")
    with acting_as(screens.world.her(screens.plan)):
        assert AccessLog.objects.filter(identity_id=screens.mother, place="consents:scan").exists()


WRONG: list[tuple[dict[str, Any], str]] = [
    ({"scan": b"MZ this is a program"}, "This is no PDF, JPEG or PNG."), ({"scan": b"%PDF-1.7 torn"}, "This file cannot be opened."),
    ({"scan": a_pdf(b"/Encrypt 4 0 R")}, "locked with a password"), ({"scan": a_pdf(b"/OpenAction 4 0 R")}, "holds more than pages"),
    ({"name_on_paper": " "}, "Write the name as it stands on the paper"), ({"signed_on": "2199-01-01"}, "it cannot lie ahead"),
]  # fmt: skip


@pytest.mark.parametrize(("changes", "said"), WRONG)
def test_a_wrong_file_or_a_missing_line_is_refused_kindly_and_nothing_is_signed(screens: Screens, changes: dict[str, Any], said: str) -> None:
    sent = {name: a_scan(value) if isinstance(value, bytes) else value for name, value in changes.items()}
    answer = screens.sign_on_paper(**sent)
    assert answer.status_code == 422
    assert said in answer.content.decode()
    with acting_as(viewer(screens.world.dana)):
        assert not Consent.objects.filter(identity_id=screens.mother).exists()
        assert not PaperScan.objects.exists()


def test_a_paper_sent_twice_is_one_consent_with_one_scan(screens: Screens) -> None:
    first, second = screens.sign_on_paper(request_key="once"), screens.sign_on_paper(request_key="once")
    assert first.headers["Location"] == second.headers["Location"]
    with acting_as(viewer(screens.world.dana)):
        assert PaperScan.objects.count() == 1


def test_the_printed_form_says_who_signs_and_what_she_signs(screens: Screens) -> None:
    printed = screens.post("paper", screens.form())
    assert printed.content.startswith(b"%PDF")
    assert reverse("consents:paper", args=[screens.mother]) in screens.post("sign", screens.form()).content.decode()
