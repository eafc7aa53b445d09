"""A hospital's chart with everything that tells about substance use, in a mother's record and in her infant's."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from tests.factories.agencies import a_worker, an_agency, viewer
from tests.factories.births import BornHere, a_birth
from tests.factories.plans import a_key

from careloom.agencies.models import Membership
from careloom.agencies.roles import Role
from careloom.config import subscriptions
from careloom.consents.actions import Draft, Signature, Signed, sign_consent
from careloom.health import models
from careloom.health.actions import put_facts
from careloom.infra import clock
from careloom.infra.access import Viewer, acting_as
from careloom.kernel.agency_kinds import AgencyKind

AT = datetime(2026, 2, 22, 8, 38, tzinfo=UTC)
ICD10 = "http://hl7.org/fhir/sid/icd-10-cm"
RXNORM = "http://www.nlm.nih.gov/research/umls/rxnorm"
KINDS = (
    models.Pregnancy,
    models.Birth,
    models.NewbornSigns,
    models.Condition,
    models.Medication,
    models.Encounter,
    models.Observation,
    models.Exposure,
)
CARE = ("hipaa.newborn_record", "hipaa.ob_record")
#: In every row that tells, so that a page which shows one shows this too.
MARK = "Zqx7"


@dataclass
class Chart:
    """St. Agnes with a mother and an infant in its chart; `by` is the nurse who keeps it."""

    born: BornHere
    by: Viewer
    readers: dict[str, Membership] = field(default_factory=dict)

    @property
    def infant(self) -> UUID:
        """The infant's identity."""
        return self.born.births[0].identity_id

    def row(self, model: Any, *, about: UUID, category: str, **facts: Any) -> Any:
        """A row of the chart, not yet written, under the category that a careless writer gave it."""
        return model(
            holder_id=self.by.holder_id, identity_id=about, category=category, source_id=a_key(), source_system="ward", recorded_at=AT, **facts
        )

    def write(self, *rows: Any) -> None:
        """Write rows of one model the way an import does."""
        with acting_as(self.by):
            put_facts(by=self.by, rows=list(rows))

    def share(self, reader: Membership, *information: str, about: UUID | None = None) -> Signed:
        """Her authorization: the hospital gives this agency these parts of a record."""
        draft = Draft(
            identity_id=self.born.mother_id, subject_ids=(about or self.infant,), kind="hipaa_authorization", discloser_ids=(self.by.holder_id,),  # type: ignore[arg-type]
            recipient_ids=(reader.agency_id,), information=information, purposes=("care_coordination", "treatment", "posc_monitoring"),
            expires_on=clock.today() + timedelta(days=180),
        )  # fmt: skip
        with acting_as(self.by):
            signed = sign_consent(
                by=self.by, at=clock.now(), draft=draft, signature=Signature(method="SCREEN", name="Ada Example"), request_key=a_key()
            )
        assert isinstance(signed, Signed), signed
        return signed


def telling_rows(chart: Chart) -> list[list[Any]]:
    """Facts of every kind that tell, each written under the record of birth or pregnancy."""
    ours, hers, both = chart.infant, chart.born.mother_id, dict.fromkeys(("system", "code"), "")
    baby: dict[str, Any] = {"about": ours, "category": CARE[0]}
    mother: dict[str, Any] = {"about": hers, "category": CARE[1]}
    return [
        [
            chart.row(models.Condition, **baby, system=ICD10, code="P96.1", display=f"{MARK} Neonatal withdrawal symptoms"),
            chart.row(models.Condition, **baby, system=ICD10, code="P04.14", display=f"{MARK} Newborn affected by maternal use of opiates"),
            chart.row(models.Condition, **baby, system=ICD10, code="Q86.0", display=f"{MARK} Fetal alcohol syndrome"),
            chart.row(models.Condition, **mother, system=ICD10, code="O99.324", display=f"{MARK} Drug use complicating childbirth"),
        ],
        [
            chart.row(models.Medication, **baby, **both, display=f"{MARK} morphine oral solution 0.4 mg/mL"),
            chart.row(models.Medication, **mother, system=RXNORM, code="1819", display=f"{MARK} buprenorphine"),
            chart.row(models.Medication, **mother, **both, display=f"{MARK} ondansetron", prescriber="Addiction Medicine"),
        ],
        [
            chart.row(models.Observation, **baby, **both, display=f"{MARK} Finnegan score", value="9"),
            chart.row(models.Observation, **baby, **both, display=f"{MARK} Opiates in Meconium", value="not detected"),
            chart.row(models.Observation, **mother, **both, display=f"{MARK} Cocaine [Presence] in Urine", value="negative"),
        ],
        [
            chart.row(models.Encounter, **mother, kind=f"{MARK} Office visit", place="Riverbend Opioid Treatment Program"),
            chart.row(models.Encounter, **baby, kind=f"{MARK} NAS clinic follow-up", place="St. Agnes"),
        ],
        [chart.row(models.Exposure, **mother, substance="HEROIN", detail=f"{MARK} heroin")],
        [chart.row(models.NewbornSigns, **baby, mother_identity_id=hers, withdrawal="TREATED", withdrawal_method="ESC")],
    ]


@pytest.fixture
def chart(db: None) -> Chart:
    """The chart, with a birth and nothing that tells yet."""
    subscriptions.join()
    agency = an_agency(kind=AgencyKind.HOSPITAL, is_covered_entity=True)
    nurse = a_worker(Role.HOSPITAL_SOCIAL_WORKER, Role.SUPERVISOR, agency=agency)
    return Chart(born=a_birth(nurse, exposures=()), by=viewer(nurse))


@pytest.fixture
def told(chart: Chart) -> Chart:
    """The chart with a fact of every kind that tells."""
    for rows in telling_rows(chart):
        chart.write(*rows)
    return chart
