"""Entries are kept once, changed as they were read, taken back with a reason, and refused where they say something that cannot be."""

from __future__ import annotations

from datetime import timedelta
from html import unescape
from typing import Any

import pytest
from tests.factories.agencies import a_worker, viewer
from tests.factories.plans import a_key
from tests.integration.treatment.conftest import Treated, values

from careloom.agencies.models import Membership
from careloom.agencies.roles import Role
from careloom.infra.access import NotVisible, acting_as
from careloom.infra.access.caseload import assign
from careloom.infra.audit.models import AuditRow
from careloom.treatment import actions
from careloom.treatment.codes import Sort
from careloom.treatment.models import DrugTest, Episode, EpisodeOutcome, Medicine, Progress
from careloom.work.models import Obligation


def add(treated: Treated, sort: Sort, *, who: Membership | None = None, on: Any = None, key: str = "", **facts: Any) -> Any:
    by = viewer(who or treated.dana)
    with acting_as(by):
        return actions.add_entry(
            by=by, at=treated.at, identity_id=treated.mother, sort=sort, on=on or treated.today, values=values(treated.today)[sort] | facts,
            request_key=key or a_key(),
        )  # fmt: skip


def test_the_same_form_twice_is_one_entry(treated: Treated) -> None:
    first, second = (treated.write(Sort.EPISODE, key="same") for _ in range(2))
    assert first == second
    with acting_as(viewer(treated.dana)):
        assert Episode.objects.filter(identity_id=treated.mother).count() == 1
        assert EpisodeOutcome.objects.get(pk=first).level == "2.1"


def test_what_a_program_writes_is_part_2_and_what_others_are_told_is_not(treated: Treated) -> None:
    treated.write(Sort.MEDICINE)
    clinician = a_worker(Role.CLINICIAN, agency=treated.st_agnes)
    coordinator = a_worker(Role.CARE_COORDINATOR, agency=treated.harbor)
    Membership.objects.update(starts_at=treated.at - timedelta(days=1))
    for who, category in ((treated.dana, "part2.medication"), (clinician, "hipaa.toxicology"), (coordinator, "posc.plan_part2_segment")):
        by = viewer(who)
        with acting_as(by):
            assign(by=by, worker_id=who.worker_id, identity_ids=[treated.mother], at=treated.at)
        done = add(treated, Sort.MEDICINE, who=who, source="SHE_SAYS")
        with acting_as(by):
            row = Medicine.objects.get(pk=done.row_id)
            assert (row.category, row.provenance, row.holder_id) == (category, "originating", who.agency_id)


@pytest.mark.parametrize("sort", [Sort.TEST, Sort.PROGRESS, Sort.ATTENDANCE, Sort.DIAGNOSIS, Sort.MEETING, Sort.COMPONENTS])
def test_only_a_program_writes_what_only_a_program_knows(treated: Treated, sort: Sort) -> None:
    clinician = a_worker(Role.CLINICIAN, agency=treated.st_agnes)
    Membership.objects.update(starts_at=treated.at - timedelta(days=1))
    with pytest.raises(NotVisible):
        add(treated, sort, who=clinician)
    assert isinstance(add(treated, sort, who=treated.supervisor), actions.Done)


def test_child_welfare_writes_no_treatment_record_whatever_the_role(treated: Treated) -> None:
    chief = a_worker(Role.SUPERVISOR, agency=treated.pine)
    Membership.objects.update(starts_at=treated.at - timedelta(days=1))
    for sort in Sort:
        with pytest.raises(NotVisible):
            add(treated, sort, who=chief)


@pytest.mark.parametrize(
    ("sort", "facts", "code"),
    [
        (Sort.EPISODE, {"ended_how": ""}, "ENDED_HOW"),
        (Sort.EPISODE, {"program": " "}, "PROGRAM"),
        (Sort.EPISODE, {"ends_on": None}, "ENDED_HOW"),
        (Sort.EPISODE, {"level": "9"}, "LEVEL"),
        (Sort.COMPONENTS, {"support": "GOOD"}, "SUPPORT"),
        (Sort.PROGRESS, {"goals": ""}, "GOALS"),
        (Sort.ATTENDANCE, {"band": "80%"}, "BAND"),
        (Sort.MEDICINE, {"code": "ASPIRIN"}, "CODE"),
        (Sort.DIAGNOSIS, {"text": ""}, "TEXT"),
        (Sort.MEETING, {"present": ""}, "PRESENT"),
        (Sort.MEETING, {"copy_how": "PAPER"}, "COPY_HOW"),
        (Sort.TEST, {"reviewer": "Dr. Practice"}, "REVIEW"),
        (Sort.TEST, {"result": "POSITIVE"}, "RESULT"),
        (Sort.RETURN, {"told_by": "TEST"}, "TOLD_BY"),
        (Sort.SUPPORT, {"skills": ["a", "b", "c", "d"]}, "SKILLS"),
        (Sort.EDUCATION, {"topics": []}, "TOPICS"),
        (Sort.CHECK_IN, {"held_on": None}, "NOT_HELD"),
        (Sort.GOAL_CHECK, {"words": ""}, "WORDS"),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_is_written(treated: Treated, sort: Sort, facts: dict[str, Any], code: str) -> None:
    done = add(treated, sort, **facts)
    assert isinstance(done, actions.Refused)
    assert code in done.codes


def test_nothing_but_a_check_in_lies_in_the_future(treated: Treated) -> None:
    later = treated.today + timedelta(days=3)
    for sort in Sort:
        done = add(treated, sort, on=later, **({"goal_id": treated.plan.pk} if sort is Sort.GOAL_CHECK else {}))
        assert isinstance(done, actions.Done) == (sort is Sort.CHECK_IN), sort


def test_one_open_time_in_treatment_at_a_time(treated: Treated) -> None:
    own = {"elsewhere": False, "program": "", "ends_on": None, "ended_how": ""}
    assert isinstance(add(treated, Sort.EPISODE, **own), actions.Done)
    assert add(treated, Sort.EPISODE, **own) == actions.Refused(codes=("OPEN_ALREADY",))
    assert isinstance(add(treated, Sort.EPISODE), actions.Done)  # an earlier one elsewhere


def test_who_was_slower_is_shown_both_texts_and_overwrites_nothing(treated: Treated) -> None:
    entry = treated.write(Sort.PROGRESS)
    path, told = f"/treatment/progress/{entry}/", {"happened_on": treated.today, "schedule": "", "going": "", "supports": "", "row_version": "1"}
    first, second = treated.client(treated.dana), treated.client(treated.supervisor)
    assert first.post(path, told | {"goals": "The first text"}).status_code == 302
    late = second.post(path, told | {"goals": "The slower text"})
    page = unescape(late.content.decode())
    assert late.status_code == 409
    assert "Somebody changed it meanwhile" in page
    assert "The first text" in page
    assert "The slower text" in page
    with acting_as(viewer(treated.dana)):
        assert Progress.objects.get(pk=entry).goals == "The first text"
    assert second.post(path, told | {"goals": "The slower text", "row_version": "2"}).status_code == 302
    with acting_as(viewer(treated.dana)):
        assert Progress.objects.get(pk=entry).goals == "The slower text"


def test_an_entry_taken_back_leaves_every_other_reader_and_stays_with_its_reason(treated: Treated) -> None:
    entry = treated.write(Sort.PROGRESS)
    treated.open_to(treated.lena, ["part2.treatment_summary"])
    assert "SECRET goals" in treated.page(treated.lena).content.decode()
    dana = treated.client(treated.dana)
    short = dana.post(f"/treatment/progress/{entry}/take-back/", {"because": "", "row_version": "1"})
    assert short.status_code == 302
    assert "SECRET goals" in treated.page(treated.lena).content.decode()
    dana.post(f"/treatment/progress/{entry}/take-back/", {"because": "Wrong record", "row_version": "1"})
    for path in ("", "progress/"):
        assert "SECRET goals" not in treated.page(treated.lena, path).content.decode()
    own = treated.page(treated.dana, "progress/").content.decode()
    assert "Taken back: Wrong record" in own
    assert dana.get(f"/treatment/progress/{entry}/").status_code == 404
    with acting_as(viewer(treated.dana)):
        assert Progress.objects.get(pk=entry).goals == "SECRET goals"


def test_a_result_is_shown_only_with_a_review_and_starts_nothing_else(treated: Treated) -> None:
    with acting_as(viewer(treated.supervisor)):
        before = set(Obligation.objects.values_list("kind", flat=True))
    entry = treated.write(Sort.TEST, result="NOT_AS_EXPECTED")
    page = treated.page(treated.dana).content.decode()
    assert "Waits for a review" in page
    assert "Not as expected" not in page
    assert "no step follows from a result alone" in page
    with acting_as(viewer(treated.supervisor)):
        assert set(Obligation.objects.values_list("kind", flat=True)) - before == {"TREATMENT_TEST_REVIEW"}
    told = {
        "source": "OWN", "happened_on": treated.today, "specimen": "URINE", "result": "NOT_AS_EXPECTED", "found": "Something",
        "reviewer": "Dr. Practice", "reviewed_on": treated.today, "meaning": "Her cold medicine explains it", "row_version": "1",
    }  # fmt: skip
    assert treated.client(treated.dana).post(f"/treatment/test/{entry}/", told).status_code == 302
    page = treated.page(treated.dana).content.decode()
    assert "Her cold medicine explains it" in page
    with acting_as(viewer(treated.supervisor)):
        assert not Obligation.objects.filter(kind="TREATMENT_TEST_REVIEW", met_at=None).exists()
        assert DrugTest.objects.get(pk=entry).reviewer == "Dr. Practice"


def test_who_left_is_sought_three_times_and_who_is_back_no_more(treated: Treated) -> None:
    entry = treated.write(Sort.EPISODE, elsewhere=False, program="", ended_how="LEFT")
    with acting_as(viewer(treated.supervisor)):
        owed = Obligation.objects.filter(about_id=entry, kind="TREATMENT_OUTREACH", met_at=None)
        assert len(set(owed.values_list("due_at", flat=True))) == 3
    told = {"source": "OWN", "happened_on": treated.today, "level": "2.1", "ended_how": "", "row_version": "1"}
    assert treated.client(treated.dana).post(f"/treatment/episode/{entry}/", told).status_code == 302
    with acting_as(viewer(treated.supervisor)):
        assert not owed.exists()


def test_no_word_of_an_entry_is_in_the_audit(treated: Treated) -> None:
    for sort in Sort:
        treated.write(sort)
    with acting_as(viewer(treated.officer)):
        rows = AuditRow.objects.filter(action__startswith="treatment.")
        assert rows.count() >= len(Sort)
        assert "SECRET" not in str(list(rows.values_list("action", "detail")))
