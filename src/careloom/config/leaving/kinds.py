"""Which tables travel with an agency, whose rows of each, and why the others stay. A test holds both lists against the database."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from django.apps import apps
from django.db import models

from careloom.infra.access.records import FamilyRecord, RowApart

#: The agency came to these itself or was told by the family; everything else came from another holder and stays (42 CFR 2.32, 2.33).
OWN_PROVENANCE: Final = ("originating", "self_reported")


@dataclass(frozen=True, kw_only=True)
class Kind:
    """One table. `whose` is SQL with %(agency)s; `papers` are sealed columns that travel opened; `emptied` are columns that stay behind."""

    table: str
    whose: str = "t.holder_id = %(agency)s"
    papers: tuple[str, ...] = ()
    emptied: tuple[str, ...] = ()
    about_family: bool = False
    opens_segment: bool = False


#: A receipt is the only thing that ties a de-identified row at the state to a mother; it stays with the installation that gave it (decision 0012).
EMPTIED: Final = {"notifications_notification": ("sealed_receipts",)}
_OTHERS: Final = (
    Kind(table="access_caseload"),
    # The accounting of disclosures is owed for six years, wherever the records lie (45 CFR 164.528(a)).
    Kind(table="access_disclosure"),
    Kind(table="messages_safety_policy", whose="t.agency_id = %(agency)s"),
    Kind(table="plans_template", whose="t.agency_id = %(agency)s"),
    Kind(table="plans_template_version", whose="t.template_id IN (SELECT id FROM public.plans_template WHERE agency_id = %(agency)s)"),
    Kind(
        table="plans_template_use",
        whose="""t.agency_id = %(agency)s AND t.version_id IN (SELECT v.id FROM public.plans_template_version v
          JOIN public.plans_template p ON p.id = v.template_id WHERE p.agency_id = %(agency)s)""",
    ),
)
#: Tables with a holder or an agency in them that do not travel. Said in each manifest.
STAYS: Final = {
    "access_grant": "what others may see is worked out anew from the papers",
    "access_log": "the log of looks leaves as the file for auditors, with its seals (docs/how-to/check-the-logs.md)",
    "access_segment": "made anew from the rows",
    "agencies_membership": "travels with its worker",
    "agencies_role_opening": "what each role opens travels with the agency; who decided it stands in the file for auditors",
    "audit_row": "the log of changes leaves as the file for auditors, with its seals (docs/how-to/check-the-logs.md)",
    "conduct_demand": "what workers must do first is decided anew where they work",
    "departing_export": "says who asked for an export here and who confirmed it",
    "directory_provideranswer": "an answer about a public service; it leaves with the directory (HSDS)",
    "directory_service": "public; it leaves with the directory (HSDS)",
    "sso_shared_group": "groups of this installation's provider mean nothing elsewhere",
    "sso_provider": "an agency's own sign-in is registered with one installation, whose operator confirms it",
    "exchange_ehr": "a hospital's record system is registered with one installation, by a client id of its own",
    "exchange_fetch": "what a partner let you have and nobody took over goes within two weeks; what was taken over travels as a fact",
    "exchange_sheet": "a spreadsheet goes within a week; the families that it brought travel",
    "exchange_sheet_mapping": "leaves as its own small file, from the page on which it is used",
    "exchange_source": "a partner's record system is registered with one installation, by a client id of its own",
    "exchange_source_key": "a key pair proves one installation, and never leaves it",
    "federal_fault": "made anew with the federal file",
    "federal_file": "made anew from the records",
    "fhir_client": "systems are registered with one installation, by keys of their own",
    "notifications_outgoing": "goes out from here with the next nightly batch, and names nobody",
    "partnership_collaborative": "belongs to the partners together",
    "partnership_partner": "belongs to the partners together",
    "people_join": "says how records of several holders were joined",
    "plans_overdue_count": "counted anew",
    "plans_referral_link": "a one-time link opens one installation",
    "portal_card_try": "a try with a mother's card at this installation",
    "position_beside_day": "days of workers in this partnership",
    "position_holder": "the position is named anew",
    "position_state_file": "what was sent travels with each contact; the file stays where it was made",
    "usage_counted": "counted anew",
    "usage_field": "counted anew",
    "usage_screen": "how often screens were opened at this installation; counted anew",
    "wording_count": "counted anew",
    "work_late_count": "counted anew",
    "work_setting": "each worker sets it anew",
}


def all_kinds() -> list[Kind]:
    """Every kind that travels, in the order in which one may rest on another."""
    return [*sorted(_family(), key=lambda kind: kind.table), *_OTHERS]


def _family() -> Iterator[Kind]:
    for model in apps.get_models():
        if not issubclass(model, FamilyRecord):
            continue
        table = model._meta.db_table
        if table in STAYS:
            continue
        sealed = tuple(field.column for field in model._meta.concrete_fields if isinstance(field, models.BinaryField))
        emptied = EMPTIED.get(table, ())
        papers = tuple(column for column in sealed if column not in emptied)
        yield Kind(table=table, papers=papers, emptied=emptied, about_family=True, opens_segment=not issubclass(model, RowApart))
