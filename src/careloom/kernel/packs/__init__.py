"""Packs: what a jurisdiction decides, as data that is checked when it is read."""

from careloom.kernel.packs.merge import Documents, merge_documents
from careloom.kernel.packs.parse import DOCUMENTS, ParsedPack, parse_pack
from careloom.kernel.packs.problems import Problem, Severity
from careloom.kernel.packs.schema import (
    ClockName,
    ClockRule,
    Closing,
    CodedText,
    Manifest,
    Pack,
    Place,
    PlaceKind,
    PlanTemplate,
    Source,
    Status,
    Words,
)

__all__ = [
    "DOCUMENTS",
    "ClockName",
    "ClockRule",
    "Closing",
    "CodedText",
    "Documents",
    "Manifest",
    "Pack",
    "ParsedPack",
    "Place",
    "PlaceKind",
    "PlanTemplate",
    "Problem",
    "Severity",
    "Source",
    "Status",
    "Words",
    "merge_documents",
    "parse_pack",
]
