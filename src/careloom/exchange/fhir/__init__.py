"""FHIR R4 bundles in: pure parsing to frozen facts. No Django, no database, no clock.

facts = read_bundle(data=path.read_bytes(), name=path.name, role=Role.MOTHER, as_of=today)
problems = check_pair(mother=facts, infant=other)
"""

from careloom.exchange.fhir.facts import BundleFacts, Role
from careloom.exchange.fhir.pairs import check_pair
from careloom.exchange.fhir.problems import BundleRefused, Problem
from careloom.exchange.fhir.reader import read_bundle

__all__ = ["BundleFacts", "BundleRefused", "Problem", "Role", "check_pair", "read_bundle"]
