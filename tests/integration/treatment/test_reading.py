"""Who reads which part of a treatment record: what her consent names, and nothing else. 42 CFR 2.13(a), (c); 2.31(a)(3)."""

from __future__ import annotations

from html import unescape

import pytest
from tests.factories.agencies import viewer
from tests.integration.treatment.conftest import Treated

from careloom.consents.actions import revoke_consent
from careloom.infra.access import acting_as
from careloom.infra.access.models import AccessLog, Disclosure
from careloom.treatment.codes import Sort
from careloom.treatment.sorts import RULES

OF = {sort: {part.category.value for part in rule.parts} for sort, rule in RULES.items()}
PARTS = sorted({category for held in OF.values() for category in held})


def seen(treated: Treated, who: object) -> str:
    answer = treated.page(who)  # type: ignore[arg-type]
    assert answer.status_code == 200
    return unescape(answer.content.decode())


def everything(treated: Treated) -> None:
    for sort in Sort:
        treated.write(sort)


@pytest.mark.parametrize("category", PARTS)
def test_each_part_opens_by_itself_to_child_welfare(treated: Treated, category: str) -> None:
    everything(treated)
    treated.open_to(treated.lena, [category])
    reader = viewer(treated.lena)
    with acting_as(reader):
        for sort, rule in RULES.items():
            for part in rule.parts:
                found = part.model.objects.seen_by(reader).filter(identity_id=treated.mother).count()
                # A form for the whole record names every part of it but the notes (42 CFR 2.31(a)(3)).
                opened = category in {part.category.value, "part2.full_record"}
                assert found == (1 if opened else 0), (sort, part.category)


def test_without_a_consent_for_it_the_page_is_the_same_as_where_nothing_is(treated: Treated) -> None:
    treated.open_to(treated.lena, [])
    before = seen(treated, treated.lena)
    everything(treated)
    after = seen(treated, treated.lena)
    assert "SECRET" not in after
    assert "Nothing that you may read" in after
    assert "There may be more; ask the care team line." in after
    body = [page.split("<main")[1].split("</main")[0] for page in (before, after)]
    assert body[0] == body[1]


def test_the_program_reads_all_and_a_colleague_without_the_family_nothing(treated: Treated) -> None:
    everything(treated)
    assert seen(treated, treated.dana).count("SECRET") > 15
    assert treated.page(treated.colleague).status_code == 404
    assert treated.page(treated.officer).status_code == 404


def test_a_look_of_child_welfare_is_accounted_for_part_by_part(treated: Treated) -> None:
    everything(treated)
    treated.open_to(treated.lena, ["part2.treatment_summary", "part2.attendance"])
    page = seen(treated, treated.lena)
    assert "SECRET goals" in page
    assert "Most (7 or 8 of 10)" in page
    for hidden in ("SECRET dose", "SECRET diagnosis", "SECRET found", "SECRET nights", "SECRET event", "SECRET place"):
        assert hidden not in page
    assert "its own care, written" in page
    with acting_as(viewer(treated.supervisor)):
        given = Disclosure.objects.filter(identity_id=treated.mother, recipient_id=treated.pine.pk)
        told = set(given.values_list("category", flat=True))
        looks = AccessLog.objects.filter(identity_id=treated.mother, place="treatment:family", agency_id=treated.pine.pk)
        assert looks.exists()
    assert {"part2.treatment_summary", "part2.attendance"} <= told
    assert not told & {"part2.medication", "part2.drug_screens", "part2.full_record", "part2.presence"}


def test_the_end_of_a_consent_ends_the_reading_at_once(treated: Treated) -> None:
    everything(treated)
    signed = treated.open_to(treated.lena, ["part2.treatment_summary"])
    assert "SECRET goals" in seen(treated, treated.lena)
    by = viewer(treated.dana)
    with acting_as(by):
        revoke_consent(by=by, at=treated.at, consent_id=signed.consent.pk, how="SPOKEN")
    assert treated.page(treated.lena).status_code == 404


def test_the_name_of_the_program_stays_unsaid_where_only_progress_is_open(treated: Treated) -> None:
    treated.riverbend.outward_name = "Family care"
    treated.riverbend.save()
    treated.write(Sort.EPISODE, elsewhere=False, program="", ends_on=None, ended_how="")
    treated.write(Sort.PROGRESS)
    treated.open_to(treated.lena, ["part2.treatment_summary"])
    page = seen(treated, treated.lena)
    assert treated.riverbend.name not in page
    assert "Family care" in page


@pytest.mark.parametrize("sort", list(Sort))
def test_another_agency_never_changes_or_takes_back_what_it_reads(treated: Treated, sort: Sort) -> None:
    entry = treated.write(sort)
    treated.open_to(treated.lena, OF[sort])
    word = sort.lower().replace("_", "-")
    for path in (f"/treatment/{word}/{entry}/", f"/treatment/of/{treated.mother}/{word}/new/"):
        assert treated.client(treated.lena).get(path).status_code == 404
    assert treated.client(treated.lena).post(f"/treatment/{word}/{entry}/take-back/", {"because": "No", "row_version": 1}).status_code == 404


@pytest.mark.parametrize("sort", [sort for sort in Sort if sort is not Sort.GOAL_CHECK])
def test_every_list_and_form_opens_to_the_program(treated: Treated, sort: Sort) -> None:
    entry = treated.write(sort)
    word, client = sort.lower().replace("_", "-"), treated.client(treated.dana)
    for path in (f"/treatment/of/{treated.mother}/{word}/", f"/treatment/of/{treated.mother}/{word}/new/", f"/treatment/{word}/{entry}/"):
        assert client.get(path).status_code == 200, path
