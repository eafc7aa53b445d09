"""A world of N families for measuring: the tables that a page reads, filled to the size of real use.

About 110 rows a family, of which some 26 are grants. The one worker who is measured has fifty families on her caseload and sixty things to
do, whatever N is; her agency keeps half of all families. One family has one need and one has twenty.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from django.db import connections, transaction

from careloom.agencies.actions import make_agency, make_worker
from careloom.agencies.models import Agency, Membership
from careloom.agencies.roles import Role
from careloom.bench.fill import fill
from careloom.consents.models import Consent
from careloom.health.models import Birth, Pregnancy
from careloom.infra import clock
from careloom.infra.access import System, acting_as, system
from careloom.infra.access.models import AccessLog, Caseload, Disclosure, Grant, Segment
from careloom.kernel.agency_kinds import AgencyKind
from careloom.messages.models import Appointment, SafeContact
from careloom.people.models import FamilyMember, Identity, PersonPrincipal, PersonRecord
from careloom.plans import models as plans
from careloom.portal.models import PortalPerson
from careloom.work.models import Obligation

CASELOAD, DUTIES = 50, 60
# Three hundred given names: a name is shared by as many mothers as a common one is.
BEGINNINGS = ("Mi", "La", "So", "Te", "Ro", "Ca", "Ju", "Ni", "Da", "Lu", "Ka", "An", "Be", "Pa", "Vi", "Se", "Jo", "Ele", "Ha", "Gi")
ENDINGS = ("ra", "nda", "fia", "rena", "sha", "lia", "nne", "tta", "mila", "na", "sel", "ssa", "via", "dine", "risa")
GIVEN_OF_TEN = f"{BEGINNINGS[10]}{ENDINGS[10]}".lower()
KEEPERS = ("Riverbend Practice Clinic", "Lakeside Practice Clinic")
OTHERS = (
    ("St. Agnes Practice Hospital", AgencyKind.HOSPITAL),
    ("Harbor Practice Home Visiting", AgencyKind.HOME_VISITING),
    ("Pine Practice Pediatrics", AgencyKind.PEDIATRIC_CLINIC),
    ("Pine Practice Children and Families", AgencyKind.CPS_AGENCY),
    ("Early Practice Steps", AgencyKind.EARLY_INTERVENTION),
)
STATEMENTS = """'{"revocation_right": true, "hipaa_redisclosure_statement": true, "may_be_redisclosed": true, "refusal_consequences": true}'::jsonb"""
PASSWORD = "measured-county-only"


@dataclass(frozen=True, kw_only=True)
class World:
    """What the measurements need to know of a world."""

    families: int
    email: str
    worker_id: UUID
    stranger_email: str
    supervisor_email: str
    family_one_need: UUID
    family_twenty_needs: UUID
    plan_twenty_needs: UUID
    mother_principal: UUID
    keeper: Agency
    hospital_email: str


def make_world(*, families: int) -> World:
    """Fill an empty, migrated database. Families 1 and 2 are the ones with one and with twenty needs."""
    return filled(families=families, write=_families)


def filled(*, families: int, write: Callable[[int, Words], None]) -> World:
    """Make the agencies and workers, let `write` fill in that many families, and say what the measurements need of them."""
    made = people()
    keeper, member = made["keeper"], made["worker"]
    assert isinstance(keeper, Agency)
    assert isinstance(member, Membership)
    write(families, Words(agencies=made, worker=member.worker_id))
    with connections["owner"].cursor() as cursor:
        # What autovacuum would do within a day; a page that is measured just after such a load would pay for it.
        cursor.execute("VACUUM ANALYZE")
    with connections["owner"].cursor() as cursor:
        cursor.execute("SELECT md5('m1')::uuid, md5('m2')::uuid, md5('plan2')::uuid, md5('self2')::uuid")
        one, twenty, plan, mother = cursor.fetchone()
    return World(
        families=families, email="worker@example.org", worker_id=member.worker_id, stranger_email="stranger@example.org",
        supervisor_email="supervisor@example.org", hospital_email="hospital@example.org", family_one_need=one, family_twenty_needs=twenty,
        plan_twenty_needs=plan, mother_principal=mother, keeper=keeper,
    )  # fmt: skip


@transaction.atomic
def people() -> dict[str, object]:
    """The agencies and workers of a measured world, by key: keeper, keeper0 and 1, other0 to 4, worker, supervisor, stranger, hospital."""
    by, at = system(System.IMPORT), clock.now()
    made: dict[str, object] = {}
    with acting_as(by):
        for number, name in enumerate(KEEPERS):
            made[f"keeper{number}"] = make_agency(
                name=name, kind=AgencyKind.PART2_PROGRAM, by=by, at=at, is_part2_program=True, is_covered_entity=True, county="Pine",
                outward_name=f"Family Care {number + 1}",
            )  # fmt: skip
        for number, (name, kind) in enumerate(OTHERS):
            made[f"other{number}"] = make_agency(name=name, kind=kind, by=by, at=at, county="Pine", is_covered_entity=number in {0, 2})
        made["keeper"] = made["keeper0"]
        for key, email, role, where in (
            ("worker", "worker@example.org", Role.CARE_COORDINATOR, "keeper0"),
            ("supervisor", "supervisor@example.org", Role.SUPERVISOR, "keeper0"),
            ("stranger", "stranger@example.org", Role.CARE_COORDINATOR, "keeper1"),
            ("hospital", "hospital@example.org", Role.HOSPITAL_SOCIAL_WORKER, "other0"),
        ):
            agency = made[where]
            assert isinstance(agency, Agency)
            made[key] = make_worker(name=key.title(), email=email, agency_id=agency.pk, roles=[role], by=by, at=at, password=PASSWORD)
    return made


class Words:
    """SQL expressions over family number i."""

    def __init__(self, *, agencies: dict[str, object], worker: UUID) -> None:
        def ids(prefix: str, count: int) -> list[str]:
            return [f"'{agencies[f'{prefix}{n}'].pk}'::uuid" for n in range(count)]

        keepers, self.others = ids("keeper", 2), ids("other", 5)
        self.hospital = self.others[0]
        # Families 1 to 50 are the measured worker's; of the rest, each keeper has every second one.
        self.keeper = f"(CASE WHEN i <= {CASELOAD} OR i % 2 = 0 THEN {keepers[0]} ELSE {keepers[1]} END)"
        self.worker = f"(CASE WHEN i <= {CASELOAD} THEN '{worker}'::uuid ELSE md5('w' || i % 400)::uuid END)"
        self.mother, self.infant, self.plan = "md5('m' || i)::uuid", "md5('b' || i)::uuid", "md5('plan' || i)::uuid"

    def row(self, *, category: str = "'posc.plan_core'", holder: str | None = None, identity: str | None = None) -> dict[str, str]:
        """The four columns of a row of family data."""
        return {
            "holder_id": holder or self.keeper, "identity_id": identity or self.mother, "category": category, "provenance": "'originating'",
        }  # fmt: skip

    def of_plan(self, **changes: str) -> dict[str, str]:
        """The columns of a row of a plan."""
        when = {"made_at": "now() - interval '40 days'", "changed_at": "now() - interval '9 days'", "made_by": self.worker}
        return {**self.row(**changes), "plan_id": self.plan, **when}


def _families(n: int, w: Words) -> None:
    each = f"generate_series(1, {n}) i"
    needs = f"{each} CROSS JOIN LATERAL generate_series(1, CASE i WHEN 1 THEN 1 WHEN 2 THEN 20 ELSE 8 END) k"

    def some(k: int) -> str:
        return f"{each}, generate_series(1, {k}) k"

    with transaction.atomic(using="owner"):
        _persons(w, each)
        _plan(w, each, needs, some)
        _around(w, each, some)
        _access(w, each, some)


def _persons(w: Words, each: str) -> None:
    both = f"{each}, unnest(ARRAY['MOTHER', 'INFANT']) AS role, unnest(ARRAY['keeper', 'hospital']) AS at_agency"
    fill(Identity, source=f"{each}, unnest(ARRAY['m', 'b']) AS p", id="md5(p || i)::uuid", made_at="now()")
    first = f"(ARRAY{list(BEGINNINGS)})[1 + i % 20] || (ARRAY{list(ENDINGS)})[1 + (i + i / 20) % 15]"
    given = f"(CASE role WHEN 'MOTHER' THEN {first} ELSE 'Baby ' || {first} END)"
    fill(
        PersonRecord,
        source=both,
        **{
            **w.row(holder=f"(CASE at_agency WHEN 'keeper' THEN {w.keeper} ELSE {w.hospital} END)"),
            "identity_id": f"(CASE role WHEN 'MOTHER' THEN {w.mother} ELSE {w.infant} END)",
            "category": "(CASE WHEN at_agency = 'keeper' THEN 'posc.plan_core' "
            "WHEN role = 'MOTHER' THEN 'hipaa.ob_record' ELSE 'hipaa.newborn_record' END)",
        },
        role="role",
        given_name=given,
        family_name="'Practice' || (i * 7919) % 100003",
        birth_date="(CASE role WHEN 'MOTHER' THEN date '1996-01-01' + (i % 4000)::integer ELSE current_date - (i % 300)::integer END)",
        mother_identity_id=f"(CASE role WHEN 'INFANT' THEN {w.mother} END)",
        source_id="role || i",
        search_key=f"lower({given} || ' practice' || (i * 7919) % 100003)",
        phone="'555-0142'",
        county="'Pine'",
        made_at="now() - interval '90 days'",
        changed_at="now() - interval '90 days'",
    )
    fill(Pregnancy, source=each, **w.row(category="'hipaa.ob_record'"), source_id="'p' || i", recorded_at="now()", due_on="current_date")
    fill(
        Birth, source=each, **w.row(category="'hipaa.newborn_record'", holder=w.hospital, identity=w.infant), source_id="'b' || i",
        recorded_at="now()", mother_identity_id=w.mother, born_at="now() - ((i % 150) || ' days')::interval", weight_g="3100",
        gestation_weeks="39",
    )  # fmt: skip
    fill(
        PersonPrincipal, source=each, id="md5('self' || i)::uuid", identity_id=w.mother, subject_ids=f"ARRAY[{w.mother}, {w.infant}]", made_at="now()"
    )
    fill(PortalPerson, source=each, **w.row(), principal_id="md5('self' || i)::uuid", plan_id=w.plan, invited_at="now()")
    fill(FamilyMember, source=f"{each}, generate_series(1, 2) k", **w.row(), name="'Kin' || k", relation="'my sister'", kind="'KIN'", at="now()")
    fill(SafeContact, source=each, **w.row(), changed_at="now()")


def _plan(w: Words, each: str, needs: str, some: object) -> None:
    assert callable(some)
    fill(
        plans.PlanOfSafeCare, source=each, **w.row(), id=w.plan, pregnancy_id="md5('p' || i)::uuid", kind="'POSTNATAL'", status="'ACTIVE'",
        pack="'columbia'", lead_agency_id=w.keeper, lead_worker_id=w.worker, started_at="now() - interval '90 days'",
        born_on="current_date - (i % 150)::integer", agreed_at="now() - interval '80 days'", version="2",
        next_review_on="current_date + ((i % 40) - 5)::integer", follow_until="current_date + 300", request_key="'b' || i",
    )  # fmt: skip
    fill(plans.PlanInfant, source=each, **w.of_plan(identity=w.infant))
    fill(
        plans.CareTeamMember, source=some(4), **w.of_plan(), agency_id=f"(ARRAY[{w.keeper}, {', '.join(w.others)}])[k]",
        worker_id=f"(CASE k WHEN 1 THEN {w.worker} END)", name="'Member ' || k", role="'CARE_COORDINATOR'", leads="k = 1", starts_at="now()",
    )  # fmt: skip
    fill(plans.Strength, source=some(2), **w.of_plan(), text="'She knows what calms her.'")
    fill(plans.Goal, source=some(2), **w.of_plan(), words="'A door I can lock.'")
    fill(
        plans.Need, source=needs, **w.of_plan(), id="md5('need' || i || '-' || k)::uuid", code="'housing'", title="'A home ' || k",
        her_choice="'YES'", owner_worker_id=w.worker, next_on="current_date + 3",
    )  # fmt: skip
    fill(
        plans.NeedStep, source=needs, **w.of_plan(), need_id="md5('need' || i || '-' || k)::uuid", step="'CHOICE'", value="'YES'",
        at="now() - interval '40 days'", words="'Yes, first of all.'",
    )  # fmt: skip
    fill(
        plans.Referral, source=some(4), **w.of_plan(category="'posc.referral_status'"), id="md5('ref' || i || '-' || k)::uuid",
        need_id="md5('need' || i || '-' || k)::uuid", kind="'LIVE'", receiver_id=f"(ARRAY[{', '.join(w.others)}])[k]",
        organization="'Harbor House'", state="'REQUESTED'", owner_worker_id=w.worker, requested_at="now() - interval '6 days'",
        answer_due_at="now() + interval '1 day'", request_key="'r' || i || '-' || k",
    )  # fmt: skip
    fill(
        plans.ReferralEvent, source=some(8), **w.of_plan(category="'posc.referral_status'"),
        referral_id="md5('ref' || i || '-' || (1 + k % 4))::uuid", state="'REQUESTED'", at="now() - interval '6 days'", said_by="'US'",
    )  # fmt: skip
    fill(
        plans.Review, source=some(5), **w.of_plan(), kind="'REVIEW'", due_on="current_date - 60 + 30 * k",
        held_at="(CASE WHEN k < 3 THEN now() - ((100 - 30 * k) || ' days')::interval END)",
    )  # fmt: skip
    fill(plans.PlanVersion, source=some(2), **w.of_plan(), id="md5('v' || i || '-' || k)::uuid", number="k", why="'REVIEW'")
    fill(
        plans.PlanVersionEntry, source=f"{some(2)}, generate_series(1, 12) e", **w.of_plan(), version_id="md5('v' || i || '-' || k)::uuid",
        item_kind="'NEED'", item_id="md5('need' || i || '-' || e)::uuid", body="""'{"title": "A home", "her_choice": "YES"}'::jsonb""",
    )  # fmt: skip


def _around(w: Words, each: str, some: object) -> None:
    assert callable(some)
    fill(
        Appointment, source=some(4), **w.row(), plan_id=w.plan, kind="'VISIT'", title="'Clinic visit'", neutral_title="'Visit'",
        starts_at="date_trunc('day', now()) + ((k - 1) || ' days')::interval + interval '14 hours'",
    )  # fmt: skip
    fill(
        Obligation, source=f"{each} WHERE i > {CASELOAD}", **w.row(), kind="'REVIEW_DUE'", worker_id=w.worker, family_id=w.mother,
        link="'/plans/' || md5('plan' || i)::uuid || '/'", opened_at="now()", due_at="now() + ((i % 9) - 3 || ' days')::interval",
        request_key="'o' || i",
    )  # fmt: skip
    fill(
        Obligation, source=f"(SELECT 1 + (n - 1) % {CASELOAD} AS i, n FROM generate_series(1, {DUTIES}) n) d", **w.row(),
        kind="(ARRAY['REVIEW_DUE', 'HER_CHOICE', 'FIRST_CONTACT'])[1 + n % 3]", worker_id=w.worker, family_id=w.mother,
        link="'/plans/' || md5('plan' || i)::uuid || '/'", opened_at="now()", due_at="now() + ((n % 9) - 3 || ' days')::interval",
        promised="n % 2 = 0", request_key="'d' || n",
    )  # fmt: skip
    fill(
        Consent, source=some(5), **w.row(), id="md5('c' || i || '-' || k)::uuid", kind="'specific'", subject_ids=f"ARRAY[{w.mother}, {w.infant}]",
        discloser_ids=f"ARRAY[{w.keeper}]", recipient_ids=f"ARRAY[(ARRAY[{', '.join(w.others)}])[k]]",
        information="ARRAY['posc.plan_core', 'posc.referral_status']", purposes="ARRAY['care_coordination', 'treatment', 'posc_monitoring']",
        statements=STATEMENTS,
        drafted_at="now() - interval '80 days'", signer="'mother'", signature_method="'SCREEN'", signed_on="current_date - 80",
        signed_at="now() - interval '80 days'", expires_on="current_date + 200", request_key="'c' || i || '-' || k",
    )  # fmt: skip


def _access(w: Words, each: str, some: object) -> None:
    assert callable(some)
    kinds = "(VALUES ('posc.plan_core', 'm'), ('posc.plan_core', 'b'), ('posc.referral_status', 'm')) AS s (category, who)"
    about = f"(CASE s.who WHEN 'm' THEN {w.mother} ELSE {w.infant} END)"
    fill(Segment, source=f"{each}, {kinds}", holder_id=w.keeper, identity_id=about, category="s.category", provenance="'originating'")
    since = "now() - interval '80 days'"
    grant = {
        "identity_id": about, "category": "s.category", "holder_id": w.keeper, "provenance": "'originating'", "valid_from": since,
        "basis": "ARRAY['42 CFR 2.31(a)', '42 CFR 2.33(a)(1)']", "obligations": "ARRAY['NOTICE_2_32', 'LIMIT_PURPOSE']",
    }  # fmt: skip
    fill(
        Grant, source=f"{some(5)}, {kinds}", **grant, recipient_id=f"(ARRAY[{', '.join(w.others)}])[k]", valid_to="now() + interval '200 days'",
        purposes="ARRAY['care_coordination', 'treatment', 'posc_monitoring']", instrument_id="md5('c' || i || '-' || k)::uuid",
    )  # fmt: skip
    fill(
        Grant, source=f"{each}, {kinds}", **grant, recipient_id="md5('self' || i)::uuid", valid_to="'9999-12-31'", purposes="ARRAY['patient_access']"
    )
    fill(
        Grant, source=f"{some(8)} CROSS JOIN (VALUES ('posc.plan_core', 'm')) AS s (category, who)", **grant, purposes="ARRAY['care_coordination']",
        recipient_id=f"(ARRAY[{', '.join(w.others)}])[1 + k % 5]", valid_to="now() - interval '10 days'",
    )  # fmt: skip
    fill(
        Caseload, source=f"{each}, unnest(ARRAY['m', 'b']) AS p", holder_id=w.keeper, worker_id=w.worker, identity_id="md5(p || i)::uuid",
        starts_at="now() - interval '90 days'", ends_at="'9999-12-31'",
    )  # fmt: skip
    fill(
        AccessLog, source=some(10), at="now() - (k || ' days')::interval", principal_id=f"(ARRAY[{', '.join(w.others)}])[1 + k % 5]",
        purpose="'treatment'", place="'family'", identity_id=w.mother, holder_id=w.keeper,
    )  # fmt: skip
    fill(
        Disclosure, source=some(5), hour="date_trunc('hour', now()) - (k || ' days')::interval", identity_id=w.mother, holder_id=w.keeper,
        recipient_id=f"(ARRAY[{', '.join(w.others)}])[k]", category="'posc.plan_core'", purpose="'treatment'", basis="ARRAY['42 CFR 2.31(a)']",
    )  # fmt: skip
