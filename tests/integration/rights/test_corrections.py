"""A correction that is accepted stands beside the record, and her own words do after a no; who may hear of it, and who never does."""

from __future__ import annotations

from datetime import timedelta

from tests.factories.agencies import viewer
from tests.integration.rights.conftest import ANSWER, Rights, words
from tests.integration.rights.test_answers import looked, pdf

from careloom.infra import clock
from careloom.infra.access import System, acting_as, system
from careloom.infra.access.models import Grant
from careloom.people.models import PersonRecord
from careloom.rights.models import StandsBeside


def test_an_accepted_correction_stands_beside_the_record_and_who_still_reads_it_is_told(rights: Rights) -> None:
    looked(rights)
    phone = rights.world.signed_in()
    rights.ask(phone, "AMENDMENT", words="I was born in 1998.", tell_others="on")
    (row,) = rights.rows(rights.riverbend)
    done = rights.answer(row, "correct", parts=["posc.plan_core|originating"], text="She was born in 1998.")
    assert done.status_code == 302
    (told,) = rights.owed(rights.world.harbor, "RECORD_CORRECTED")
    assert told.about_id == row.pk
    assert rights.owed(rights.world.hospital, "RECORD_CORRECTED") == []
    assert "She was born in 1998." in words(rights.client(rights.world.bea).get(f"/rights/of/{rights.mother}/"))
    with acting_as(viewer(rights.world.dana)):
        assert PersonRecord.objects.filter(identity_id=rights.mother, holder_id=rights.riverbend.pk, given_name="Marisol").exists()
        beside = StandsBeside.objects.get(request_id=row.pk)
        assert StandsBeside.objects.filter(pk=beside.pk).update(text="Something else") == 0
        assert StandsBeside.objects.filter(pk=beside.pk).delete()[0] == 0
    # A later copy carries it (164.526(d)(5)).
    copy = rights.asked("ACCESS")
    rights.answer(copy, "handover", how="PAPER")
    assert "She was born in 1998." in pdf(rights.client(rights.officer).get(f"/rights/{copy.pk}/paper/").content)


def test_nobody_is_told_of_a_correction_without_her_word_and_who_may_not_read_the_part_never_is(rights: Rights) -> None:
    looked(rights)
    row = rights.asked("AMENDMENT")
    assert rights.answer(row, "correct", parts=["part2.medication|originating"], text="The dose is 4 mg.").status_code == 302
    assert rights.owed(rights.world.harbor, "RECORD_CORRECTED") == []
    with acting_as(viewer(rights.world.bea)):
        assert not StandsBeside.objects.exists()
    assert "The dose is 4 mg." not in words(rights.client(rights.world.bea).get(f"/rights/of/{rights.mother}/"))
    agreed = rights.asked("AMENDMENT", tell_others=True)
    assert rights.answer(agreed, "correct", parts=["part2.medication|originating"], text="The dose is 4 mg.").status_code == 302
    assert rights.owed(rights.world.harbor, "RECORD_CORRECTED") == []


def test_who_was_told_but_reads_it_no_longer_is_left_to_a_person(rights: Rights) -> None:
    looked(rights)
    with acting_as(system(System.GRANTS)):
        past = clock.now() - timedelta(minutes=1)
        Grant.objects.filter(recipient_id=rights.world.harbor.pk).update(valid_from=past, valid_to=past)
    row = rights.asked("AMENDMENT", tell_others=True)
    rights.answer(row, "correct", parts=["posc.plan_core|originating"], text="She was born in 1998.")
    assert rights.owed(rights.world.harbor, "RECORD_CORRECTED") == []
    assert rights.world.harbor.name in rights.page(row)


def test_after_a_no_her_own_words_stand_beside_the_record_once(rights: Rights) -> None:
    phone = rights.world.signed_in()
    phone.cookies["django_language"] = "en"
    row = rights.asked("AMENDMENT", categories=("posc.plan_core",))
    assert rights.answer(row, "deny", codes=["ACCURATE"], answer=ANSWER).status_code == 302
    assert "I do not agree" in words(phone.get(f"/my/rights/asked/{row.pk}/"))
    for said in ("I was there each time.", "Something else later."):
        assert phone.post(f"/my/rights/asked/{row.pk}/disagree/", {"words": said}).status_code == 302
    assert rights.answer(row, "rebut", rebuttal="The list of the desk says otherwise.").status_code == 302
    with acting_as(viewer(rights.world.bea)):
        stands = {(one.kind, one.text) for one in StandsBeside.objects.filter(identity_id=rights.mother)}
    assert stands == {("DISAGREEMENT", "I was there each time."), ("REBUTTAL", "The list of the desk says otherwise.")}
    assert rights.answer(row, "rebut", rebuttal="And once more.").status_code == 422
