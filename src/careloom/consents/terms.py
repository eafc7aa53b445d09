"""What a form says beyond its own columns, and the facts that its signature rests on.

Kept with the four statements in `Consent.statements` under the key "terms", so that the form is one row and an older release reads past it.
Source: 42 CFR 2.14, 2.15, 2.31(a)(4)(ii), 2.35(c), 2.36; 45 CFR 164.502(g).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from careloom.consents.rows import Form

KEY = "terms"
# The kernel's names (`disclosure.Facts`) of what may be known of a signer or of the matter. Any other name in a row is not handed on.
FACTS = frozenset(
    {
        "patient_age", "minor_may_consent_alone", "adjudicated_incapacity", "guardian_appointed", "director_incapacity_determination",
        "patient_deceased", "personal_representative", "surviving_spouse", "treatment_condition_of_criminal_disposition", "state_law_requires_pdmp",
    }
)  # fmt: skip
FORM = ("cosigner", "intermediary", "general_designation", "revocable_after")


@dataclass(frozen=True, kw_only=True)
class Terms:
    """The rest of a form. Empty texts are not said on it.

    `signer_name` and `cosigner_name` are who signed when it was not the mother alone, `name_on_paper` is as the paper has it; `intermediary`
    is the id of a hub; `facts` are those of `FACTS`; `matter` is the court case or the study; `heard_by` and `heard_on` (ISO) say who was told
    that she stops, and on which day; `asked_to_stop_on` (ISO) is a wish that waits for the final disposition (42 CFR 2.35(c)).
    """

    signer_name: str = ""
    cosigner: str = ""
    cosigner_name: str = ""
    intermediary: str = ""
    general_designation: str = ""
    revocable_after: str = ""
    name_on_paper: str = ""
    matter: str = ""
    wish: str = ""
    heard_by: str = ""
    heard_on: str = ""
    asked_to_stop_on: str = ""
    facts: Mapping[str, Any] = field(default_factory=dict)

    def kept(self) -> dict[str, Any]:
        """The terms as JSON, without what is empty."""
        return {name: value for name, value in asdict(self).items() if value}


def terms_of(consent: Form) -> Terms:
    """The terms of a form; those of one from before they were kept are empty."""
    told = consent.statements.get(KEY) if isinstance(consent.statements, dict) else None
    known = {name: value for name, value in (told or {}).items() if name in Terms.__dataclass_fields__}
    return Terms(**known)


def form_words(consent: Form) -> dict[str, str]:
    """The terms that the kernel reads on the form itself."""
    terms = terms_of(consent)
    return {name: value for name in FORM if (value := getattr(terms, name))}


def facts_of(consent: Form) -> dict[str, Any]:
    """The facts that the signature and the kind rest on, by the kernel's names."""
    return {name: value for name, value in terms_of(consent).facts.items() if name in FACTS}
