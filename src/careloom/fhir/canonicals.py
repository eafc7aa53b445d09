"""Every address of ours that stands in what the server sends: profiles and code systems. `guide/` defines them; `tools.guide` writes its codes.

They are URNs and no web addresses: Careloom runs under many hosts and owns no domain, and an address that somebody else may buy tells nobody what
a code means. They are stable: a code is never given another meaning, and a system keeps its name.
"""

from __future__ import annotations

from typing import Final

from careloom.infra.forms.definitions import OURS

ROOT: Final = "urn:careloom"

# Code systems. The names of forms begin with FORM too: `urn:careloom:form:phq-9` is the form with the code `phq-9`.
AGENCY_KIND: Final = f"{ROOT}:agency-kind"
APPOINTMENT_KIND: Final = f"{ROOT}:appointment-kind"
CATEGORY: Final = f"{ROOT}:category"
EVENT: Final = f"{ROOT}:event"
FORM: Final = OURS.removesuffix(":")
MEDICINE: Final = f"{ROOT}:medicine"
NEED: Final = f"{ROOT}:need"
OBSERVATION: Final = f"{ROOT}:observation"
PURPOSE: Final = f"{ROOT}:purpose"
REFERRAL_OUTCOME: Final = f"{ROOT}:referral-outcome"
REFERRAL_REASON: Final = f"{ROOT}:referral-reason"
TEAM_ROLE: Final = f"{ROOT}:team-role"

# Profiles, each beside the one of US Core where there is one.
PLAN_PROFILE: Final = f"{ROOT}:profile:plan-of-safe-care"
TEAM_PROFILE: Final = f"{ROOT}:profile:plan-care-team"
GOAL_PROFILE: Final = f"{ROOT}:profile:plan-goal"
REQUEST_PROFILE: Final = f"{ROOT}:profile:referral-request"
TASK_PROFILE: Final = f"{ROOT}:profile:referral-task"
CONSENT_PROFILE: Final = f"{ROOT}:profile:written-consent"
MOTHER_PROFILE: Final = f"{ROOT}:profile:mother-of-infant"

# What is told by a message.
BIRTH_MESSAGE: Final = f"{ROOT}:message:birth"
