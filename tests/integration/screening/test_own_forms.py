"""An agency brings in a form of its own: checked, refused with the place and the reason, and used by nobody else."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from tests.factories.agencies import a_worker
from tests.integration.screening.conftest import Forms, words
from tests.unit.infra.forms.made import often, raw

from careloom.agencies.models import Agency
from careloom.agencies.roles import Role
from careloom.infra import forms
from careloom.infra.packs import list_packs

NOTE = {"url": "urn:careloom:form:licence-note", "valueString": "Allowed in writing by its owner on 2026-02-01"}
FEE = {"url": "urn:careloom:form:licence", "valueCode": "fee"}


@pytest.fixture(autouse=True)
def _home(settings: Any, tmp_path: Path) -> None:
    settings.CARELOOM_HOME = tmp_path


def sent(client: Client, content: Any, name: str = "county.json") -> Any:
    text = content if isinstance(content, str) else json.dumps(content)
    return client.post("/forms/library/", {"paper": SimpleUploadedFile(name, text.encode(), content_type="application/json")})


def admin(made: Forms, agency: Agency | None = None) -> Client:
    return made.client(a_worker(Role.AGENCY_ADMIN, agency=agency or made.world.riverbend))


def test_a_county_form_is_brought_in_and_filled_by_its_agency_alone(made: Forms) -> None:
    client = admin(made)
    assert sent(client, raw(often("a"), title="Our own questions")).status_code == 302
    assert "Our own questions" in words(client.get("/forms/library/"))
    assert "Our own questions" in words(made.client(made.world.dana).get(f"/forms/{made.mother}/"))
    row = made.filled(made.world.dana, {"a": "some"}, "urn:test:form")
    assert row.answers == {"a": ["some"]}
    assert "Our own questions" not in words(admin(made, made.world.harbor).get("/forms/library/"))


def test_what_is_wrong_with_a_file_is_said_with_its_place_and_nothing_is_kept(made: Forms) -> None:
    client = admin(made)
    refused = sent(client, raw(often("a"), often("a")))
    assert refused.status_code == 422
    assert "county.json, a: The linkId stands twice." in words(refused)
    assert sent(client, "{").status_code == 422
    assert forms.found(pack="columbia", of=str(made.world.riverbend.pk)).problems == ()


def test_a_licensed_instrument_needs_a_note_of_who_allowed_it(made: Forms) -> None:
    client = admin(made)
    refused = sent(client, raw(often("a"), extension=[FEE]))
    assert "nobody says who allowed its use" in words(refused)
    assert sent(client, raw(often("a"), extension=[FEE, NOTE])).status_code == 302


def test_a_version_is_never_changed_under_answers_that_were_given(made: Forms) -> None:
    client = admin(made)
    assert sent(client, raw(often("a"))).status_code == 302
    assert sent(client, raw(often("a"))).status_code == 302  # the same file twice is once
    refused = sent(client, raw(often("a", text="Other words")))
    assert "This version is there already with other words." in words(refused)
    assert sent(client, raw(often("a", text="Other words"), version="2")).status_code == 302
    own = str(made.world.riverbend.pk)
    newest = forms.definition(pack="columbia", url="urn:test:form", of=own)
    assert newest.version == "2"
    assert forms.definition(pack="columbia", url="urn:test:form", version="1", of=own).item("a").text.plain == "How often a"  # type: ignore[union-attr]


def test_a_file_in_the_data_folder_is_found_for_the_whole_pack(made: Forms) -> None:
    folder = forms.own_folder(pack="columbia")
    assert folder is not None
    folder.mkdir(parents=True)
    (folder / "dropped.json").write_text(json.dumps(raw(often("a"), title="Dropped in")))
    (folder / "broken.json").write_text("{")
    page = words(admin(made, made.world.harbor).get("/forms/library/"))
    assert "Dropped in" in page
    assert "broken.json, file: It is no JSON" in page


def test_only_an_administrator_opens_the_library(made: Forms) -> None:
    assert admin(made).get("/forms/library/").status_code == 200
    for member in (made.world.dana, made.world.supervisor):
        assert made.client(member).get("/forms/library/").status_code == 404
        assert sent(made.client(member), raw(often("a"))).status_code == 404


def test_no_pack_that_ships_has_a_broken_form_or_wording_under_a_licence() -> None:
    for pack in list_packs():
        found = forms.found(pack=pack)
        assert found.problems == ()
        for form in found.forms:
            assert forms.may_be_used(form, shipped=True) == "", form.canonical
            assert form.languages in (("en",), ("en", "es"))
            assert "es" not in form.languages or form.translation_note or form.score_only
