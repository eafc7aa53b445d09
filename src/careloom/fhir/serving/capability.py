"""The CapabilityStatement and the SMART configuration, made from what is served: nothing is declared that does not work."""

from __future__ import annotations

from typing import Any

from careloom.fhir.canonicals import BIRTH_MESSAGE
from careloom.fhir.clients.keys import ALGORITHMS
from careloom.fhir.clients.scopes import CREATES, TYPES, UPDATES
from careloom.fhir.resources.shape import US_CORE, Json
from careloom.fhir.serving.kinds import Kind
from careloom.fhir.serving.registry import KINDS, includes_of, revincludes_of

MADE_ON = "2026-11-23"
JSON = "application/fhir+json"
SMART = "http://terminology.hl7.org/CodeSystem/restful-security-service"
BULK = "http://hl7.org/fhir/uv/bulkdata/"
EXPORTS = {"Patient": "patient-export", "Group": "group-export"}
WORDS = (
    "Read and search of plans of safe care, referrals and answers to them, and births told by a message, for systems that an agency's administrator "
    "registered. "
    "A system sees what its agency may see in its role "
    "and for its purpose: what is hidden is answered as what is absent, and totals count what is visible. Each disclosure is accounted."
)


def capability(*, base: str) -> Json:
    """The CapabilityStatement of this server, whose address is `base`."""
    return {
        "resourceType": "CapabilityStatement",
        "status": "active",
        "date": MADE_ON,
        "kind": "instance",
        "software": {"name": "Careloom"},
        "implementation": {"description": "Careloom FHIR R4", "url": base},
        "instantiates": [f"{BULK}CapabilityStatement/bulk-data"],
        "fhirVersion": "4.0.1",
        "format": [JSON, "json"],
        "rest": [
            {
                "mode": "server",
                "documentation": WORDS,
                "security": {
                    "service": [{"coding": [{"system": SMART, "code": "SMART-on-FHIR"}]}],
                    "description": "SMART Backend Services: client_credentials with private_key_jwt.",
                    "extension": [
                        {
                            "url": "http://fhir-registry.smarthealthit.org/StructureDefinition/oauth-uris",
                            "extension": [{"url": "token", "valueUri": f"{base}/token"}],
                        }
                    ],
                },
                "resource": [*(_resource(KINDS[name]) for name in TYPES), *(_exporting(name) for name in EXPORTS if name not in TYPES)],
                "operation": [{"name": "process-message", "definition": "http://hl7.org/fhir/OperationDefinition/MessageHeader-process-message"}],
            }
        ],
        "messaging": [
            {
                "endpoint": [
                    {
                        "protocol": {"system": "http://terminology.hl7.org/CodeSystem/message-transport", "code": "http"},
                        "address": f"{base}/$process-message",
                    }
                ],
                "documentation": "A hospital's system tells of a birth (scope system/Bundle.c). It becomes a draft that a worker finishes.",
                "supportedMessage": [{"mode": "receiver", "definition": BIRTH_MESSAGE}],
            }
        ],
    }


def _resource(kind: Kind) -> Json:
    claimed = [*(US_CORE + name for name in (kind.profile, *kind.profiles) if name), *([kind.ours] if kind.ours else [])]
    found: dict[str, Any] = {
        "type": kind.name,
        **({"supportedProfile": claimed} if claimed else {}),
        "documentation": kind.words,
        "interaction": [{"code": "read"}, {"code": "vread"}, *_writes(kind.name), {"code": "search-type"}],
        "versioning": "versioned",
        "readHistory": False,
        "conditionalRead": "not-match",
        "referencePolicy": ["literal"],
    }
    lists = {"searchInclude": list(includes_of(kind)), "searchRevInclude": list(revincludes_of(kind.name))}
    params = {**_all(kind), **kind.params}
    found |= _operations(kind.name) | ({"updateCreate": False} if kind.name in UPDATES else {})
    found |= {"conditionalCreate": True} if kind.name in CREATES else {}
    return {**found, **{name: held for name, held in lists.items() if held}, "searchParam": [{"name": n, "type": t} for n, t in params.items()]}


def _writes(name: str) -> list[Json]:
    return [{"code": code} for code, kinds in (("create", CREATES), ("update", UPDATES)) if name in kinds]


def _operations(name: str) -> Json:
    export = {"name": "export", "definition": f"{BULK}OperationDefinition/{EXPORTS[name]}"} if name in EXPORTS else None
    everything = {"name": "everything", "definition": "http://hl7.org/fhir/OperationDefinition/Patient-everything"} if name == "Patient" else None
    named = [one for one in (export, everything) if one]
    return {"operation": named} if named else {}


def _exporting(name: str) -> Json:
    """A type that is not served itself: the one group of a system is its agency's families."""
    return {"type": name, "documentation": "The families of the system's own agency, for $export only. Its id is the agency's.", **_operations(name)}


def _all(kind: Kind) -> dict[str, str]:
    if not kind.sources:
        return {"_id": "token", "target": "reference"}
    return {"_id": "token", **({"_lastUpdated": "date"} if kind.dated else {})}


def smart_configuration(*, base: str) -> Json:
    """`.well-known/smart-configuration` (SMART App Launch 2.2.0): Backend Services only."""
    return {
        "token_endpoint": f"{base}/token",
        "token_endpoint_auth_methods_supported": ["private_key_jwt"],
        "token_endpoint_auth_signing_alg_values_supported": list(ALGORITHMS),
        "grant_types_supported": ["client_credentials"],
        "scopes_supported": [
            "system/*.rs",
            *(f"system/{name}.rs" for name in TYPES),
            *(f"system/{name}.u" for name in UPDATES),
            *(f"system/{name}.c" for name in CREATES),
        ],
        "capabilities": ["client-confidential-asymmetric", "permission-v2"],
    }
