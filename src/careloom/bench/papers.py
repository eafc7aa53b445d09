"""A county for measuring grants: families with records at several holders, and the forms that their mothers signed. No grant is made here.

Five forms and three to six parts of the record a family. Forms differ in kind, in whom they name, in their days and in how they end, as real
ones do: signed on any day of eleven months, for a year, for half a year, or until an event; one in fifty has expired and one in fifty was revoked.
"""

from __future__ import annotations

from uuid import UUID

from django.db import connections, transaction

from careloom.bench.fill import fill
from careloom.bench.world import STATEMENTS, Words, World, filled
from careloom.consents.models import Consent
from careloom.infra.access.models import Caseload, Principal, Segment
from careloom.people.models import Identity, PersonPrincipal, PersonRecord
from careloom.plans import models as plans

FORMS = 5
NEEDS = 8
# What each holder has of a family: holder, whose record, category, and in which families (SQL over i).
SEGMENTS = (
    ("keeper", "m", "posc.plan_core", "true"),
    ("keeper", "m", "posc.referral_status", "true"),
    ("keeper", "b", "posc.plan_core", "true"),
    ("keeper", "m", "part2.attendance", "i % 2 = 0"),
    ("keeper", "m", "posc.plan_part2_segment", "i % 3 = 0"),
    ("hospital", "m", "hipaa.ob_record", "i % 2 = 1"),
    ("hospital", "b", "hipaa.newborn_record", "i % 3 = 1"),
    ("herself", "m", "posc.plan_core", "i % 5 = 0"),
)
TREATS, ALL_OF_CARE = "ARRAY['treatment', 'payment', 'health_care_operations']", "ARRAY['care_coordination', 'treatment', 'posc_monitoring']"


def make_county(*, families: int) -> World:
    """Fill an empty, migrated database and say what the measurements need of it."""
    return filled(families=families, write=_families)


def _families(families: int, words: Words) -> None:
    with transaction.atomic(using="owner"):
        _persons(words, f"generate_series(1, {families}) i", families)
        _forms(words, f"generate_series(1, {families}) i, generate_series(1, {FORMS}) k")


def _persons(w: Words, each: str, families: int) -> None:
    who = f"{each}, unnest(ARRAY['m', 'b']) AS p"
    fill(Identity, source=who, id="md5(p || i)::uuid", made_at="now()")
    fill(
        PersonRecord, source=who, **w.row(identity="md5(p || i)::uuid"), role="(CASE p WHEN 'm' THEN 'MOTHER' ELSE 'INFANT' END)",
        given_name="'Practice'", family_name="'Family ' || i", mother_identity_id=f"(CASE p WHEN 'b' THEN {w.mother} END)", source_id="p || i",
        search_key="'practice family ' || i", made_at="now()", changed_at="now()",
    )  # fmt: skip
    fill(Principal, source=each, id="md5('self' || i)::uuid", kind="'PERSON'")
    fill(
        PersonPrincipal, source=each, id="md5('self' || i)::uuid", identity_id=w.mother, subject_ids=f"ARRAY[{w.mother}, {w.infant}]",
        made_at="now() - interval '300 days'",
    )  # fmt: skip
    fill(
        plans.PlanOfSafeCare, source=each, **w.row(), id=w.plan, pregnancy_id="md5('p' || i)::uuid", kind="'POSTNATAL'", status="'ACTIVE'",
        pack="'columbia'", lead_agency_id=w.keeper, lead_worker_id=w.worker, started_at="now() - interval '90 days'",
        born_on="current_date - (i % 150)::integer", agreed_at="now() - interval '80 days'", next_review_on="current_date + 20",
        follow_until="current_date + 300", request_key="'b' || i",
    )  # fmt: skip
    fill(
        plans.Need, source=f"{each}, generate_series(1, {NEEDS}) k", **w.of_plan(), id="md5('need' || i || '-' || k)::uuid", code="'housing'",
        title="'A home ' || k", her_choice="'YES'", owner_worker_id=w.worker, next_on="current_date + 3",
    )  # fmt: skip
    fill(
        Caseload, source=who, holder_id=w.keeper, worker_id=w.worker, identity_id="md5(p || i)::uuid", starts_at="now() - interval '90 days'",
        ends_at="'9999-12-31'",
    )  # fmt: skip
    holders = {"keeper": w.keeper, "hospital": w.hospital, "herself": "md5('self' || i)::uuid"}
    for holder, whose, category, some in SEGMENTS:
        fill(
            Segment, source=f"(SELECT i FROM {each} WHERE {some}) families", holder_id=holders[holder], identity_id=f"md5('{whose}' || i)::uuid",
            category=f"'{category}'", provenance="'originating'",
        )  # fmt: skip


def _forms(w: Words, each: str) -> None:
    """By k: to those who visit and treat the child; to child welfare; to the hospital; what the hospital itself took; one yes for all care."""
    hospital, visits, pediatrics, welfare, early = w.others
    taken = f"(CASE k WHEN 4 THEN {hospital} ELSE {w.keeper} END)"
    fill(
        Consent, source=each, **w.row(holder=taken), id="md5('c' || i || '-' || k)::uuid",
        kind="(ARRAY['specific', 'specific', 'specific', 'hipaa_authorization', 'tpo_single'])[k]",
        subject_ids=f"(CASE WHEN k = 2 AND i % 3 = 0 THEN ARRAY[{w.mother}] ELSE ARRAY[{w.mother}, {w.infant}] END)",
        discloser_ids=f"ARRAY[{taken}]",
        recipient_ids=f"""(CASE k WHEN 1 THEN CASE WHEN i % 4 = 0 THEN ARRAY[{visits}] ELSE ARRAY[{visits}, {pediatrics}] END
            WHEN 2 THEN ARRAY[{welfare}] WHEN 3 THEN CASE WHEN i % 4 = 1 THEN ARRAY[{hospital}, {early}] ELSE ARRAY[{hospital}] END
            WHEN 4 THEN ARRAY[{w.keeper}, {pediatrics}] ELSE ARRAY[{hospital}] END)""",
        recipient_class="(CASE k WHEN 5 THEN 'my treating providers, health plans, and people helping to operate this program' ELSE '' END)",
        information="""(CASE k WHEN 4 THEN ARRAY['hipaa.ob_record', 'hipaa.newborn_record'] WHEN 2 THEN ARRAY['posc.plan_core', 'part2.attendance']
            ELSE CASE WHEN i % 7 = 0 THEN ARRAY['posc.plan_core', 'posc.referral_status']
              ELSE ARRAY['posc.plan_core', 'posc.referral_status', 'posc.plan_part2_segment', 'part2.attendance'] END END)""",
        purposes=f"(CASE k WHEN 2 THEN ARRAY['posc_monitoring'] WHEN 5 THEN {TREATS} ELSE {ALL_OF_CARE} END)",
        statements=STATEMENTS, drafted_at="now() - interval '330 days'", signer="'mother'", signature_method="(ARRAY['SCREEN', 'PAPER'])[1 + i % 2]",
        signed_on="current_date - ((i * 7 + k * 13) % 330)::integer",
        signed_at="now() - ((i * 7 + k * 13) % 330 || ' days')::interval - (i % 1000 || ' milliseconds')::interval",
        expires_on="""(CASE WHEN (i + k) % 50 = 0 THEN current_date - 1 WHEN (i + k) % 4 = 0 THEN NULL
            WHEN (i + k) % 4 = 1 THEN current_date - ((i * 7 + k * 13) % 330)::integer + 345
            ELSE current_date - ((i * 7 + k * 13) % 330)::integer + 365 END)""",
        expiry_event="(CASE WHEN (i + k) % 50 <> 0 AND (i + k) % 4 = 0 THEN 'cps_case_closed' ELSE '' END)",
        revoked_at="(CASE WHEN (i + k) % 50 = 7 THEN now() - interval '1 day' END)",
        revoked_how="(CASE WHEN (i + k) % 50 = 7 THEN 'SPOKEN' ELSE '' END)",
        request_key="'c' || i || '-' || k",
    )  # fmt: skip


def a_form_in_force(number: int) -> tuple[UUID, UUID]:
    """The form to visitors of a family by its number, and the mother: what is revoked when a revocation is timed."""
    with connections["owner"].cursor() as cursor:
        cursor.execute(f"SELECT md5('c{int(number)}-1')::uuid, md5('m{int(number)}')::uuid")
        return tuple(cursor.fetchone())
