"""Our description of the FHIR server in OpenAPI 3.1 (openapis.org), made from the registry of kinds, so that it names what answers and nothing else.

The CapabilityStatement says the same to whoever speaks FHIR; this says it to generators of clients, to gateways, and to tests.
"""

from __future__ import annotations

from careloom.fhir.clients.scopes import CREATES, TYPES, UPDATES
from careloom.fhir.describing.exports import export_paths
from careloom.fhir.describing.parts import (
    FHIR,
    ID,
    JSON_ONLY,
    answered,
    doing,
    failing,
    given_by_form,
    of_form,
    open_to_all,
    parameter,
    ref,
    schemas,
    search_parameters,
)  # fmt: skip
from careloom.fhir.resources.shape import Json
from careloom.fhir.serving.everything import OF_HER
from careloom.fhir.serving.kinds import Kind
from careloom.fhir.serving.registry import KINDS

WORDS = (
    "Plans of safe care in FHIR R4. A system that an agency's administrator registered brings a token of SMART Backend Services. "
    "What it may not see is answered as what is absent."
)


def openapi(*, base: str) -> Json:
    """The document; `base` is the address of the server, without a slash at the end."""
    return {
        "openapi": "3.1.0",
        "info": {"title": "Careloom FHIR R4", "version": "4.0.1", "description": WORDS},
        "jsonSchemaDialect": "https://json-schema.org/draft/2020-12/schema",
        "servers": [{"url": base}],
        "security": [{"token": []}],
        "paths": {**_open_paths(), **{path: deeds for name in TYPES for path, deeds in _of_kind(KINDS[name]).items()}, **_more(), **export_paths()},
        "components": {"schemas": schemas(), "securitySchemes": {"token": {"type": "http", "scheme": "bearer"}}},
    }


def _open_paths() -> Json:
    """What anybody may ask; it holds nothing of anybody."""
    about = {"type": "object"}
    return {
        "/metadata": {"get": open_to_all(doing("metadata", "The CapabilityStatement.", ref("CapabilityStatement")))},
        "/.well-known/smart-configuration": {"get": open_to_all(doing("smart", "Where a system gets its token.", about, media=JSON_ONLY))},
        "/openapi.json": {"get": open_to_all(doing("openapi", "This description.", about, media=JSON_ONLY))},
        "/token": {"post": _token()},
    }


def _token() -> Json:
    words = {"type": "string", "minLength": 1}
    form = {
        "type": "object", "required": ["grant_type", "client_assertion_type", "client_assertion", "scope"],
        "properties": {
            "grant_type": {"const": "client_credentials"},
            "client_assertion_type": {"const": "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"},
            "client_assertion": {**words, "description": "A signed JWT (RFC 7523)."},
            "scope": {**words, "description": "Scopes with spaces between, such as system/*.rs."},
        },
    }  # fmt: skip
    error = {"type": "object", "required": ["error"], "properties": {"error": {"type": "string"}}}
    token = {
        "type": "object", "required": ["access_token", "token_type", "expires_in", "scope"],
        "properties": {"access_token": words, "token_type": {"const": "bearer"}, "expires_in": {"type": "integer"}, "scope": {"type": "string"}},
    }  # fmt: skip
    refused = {code: answered(said, error, JSON_ONLY) for code, said in (("400", "The request is not one for a token."), ("401", "Not proven."))}
    made = open_to_all(doing("token", "A token for five minutes.", token, media=JSON_ONLY))
    return {**made, "requestBody": of_form(form), "responses": {**made["responses"], **refused}}


def _of_kind(kind: Kind) -> Json:
    """Search by address and by form, read, and update where there is one."""
    name = kind.name
    found = {**doing(f"{name}.search", f"Search {name}. {kind.words}".strip(), ref("Bundle")), "parameters": search_parameters(kind)}
    found["responses"] |= failing("400", "403")
    by_form = {**found, "operationId": f"{name}.search_by_form", "parameters": [], "requestBody": given_by_form(search_parameters(kind))}
    by_form["responses"] = {**found["responses"], **failing("415")}
    one = {**doing(f"{name}.read", f"One {name}.", ref(name)), "parameters": [ID, parameter("If-None-Match", where="header")]}
    one["responses"] |= {**failing("403", "404"), "304": {"description": "It is as in the version that If-None-Match names."}}
    asked = {"get": found, **({"post": _create(name)} if name in CREATES else {})}
    deeds = {"get": one, **({"put": _update(name)} if name in UPDATES else {})}
    of_version = {**ID, "name": "version", "description": "The version, as its ETag named it."}
    now = {**doing(f"{name}.vread", f"One {name}, if it is as in that version.", ref(name)), "parameters": [ID, of_version]}
    now["responses"] |= failing("403", "404")
    deeds_of_version = {f"/{name}/{{id}}/_history/{{version}}": {"get": now}}
    return deeds_of_version | {f"/{name}": asked, f"/{name}/_search": {"post": by_form}, f"/{name}/{{id}}": deeds}


def _create(name: str) -> Json:
    made = {
        **doing(f"{name}.create", f"Send a {name}. Its first identifier names it.", ref(name)),
        "parameters": [parameter("If-None-Exist", where="header")],
    }
    made["requestBody"] = {"required": True, "content": {FHIR: {"schema": ref(f"{name}Create")}}}
    made["responses"] |= {"201": answered("It was made.", ref(name)), **failing("400", "403", "409", "413", "415", "422")}
    return made


def _update(name: str) -> Json:
    made = {**doing(f"{name}.update", f"Say where a {name} stands.", ref(name)), "parameters": [ID, parameter("If-Match", where="header")]}
    made["requestBody"] = {"required": True, "content": {FHIR: {"schema": ref(f"{name}Update")}}}
    made["responses"] |= failing("400", "403", "404", "412", "413", "415", "422")
    return made


def _more() -> Json:
    """Everything about one person, and a message."""
    some = {"type": "array", "items": {"enum": list(OF_HER)}, "minItems": 1}
    asks = [
        ID,
        {**parameter("_type"), "schema": some, "style": "form", "explode": False},
        {**parameter("_since"), "schema": {"type": "string", "format": "date-time"}},
        {**parameter("_count"), "schema": {"type": "integer", "minimum": 0}},
    ]  # fmt: skip
    made = {**doing("Patient.everything", "All types about one person, a page at a time.", ref("Bundle")), "parameters": asks}
    made["responses"] |= failing("400", "403", "404")
    pdf = {"type": "string", "contentMediaType": "application/pdf"}
    paper = {**doing("Binary.read", "The paper that a DocumentReference names, for this reader.", pdf, media="application/pdf"), "parameters": [ID]}
    paper["responses"]["200"]["content"][FHIR] = {"schema": {"type": "object", "required": ["resourceType", "contentType", "data"]}}
    paper["responses"] |= failing("403", "404")
    told = doing("process_message", "Tell of a birth: its MessageHeader, the mother, her newborns, and what is known of them.", ref("Message"))
    told["requestBody"] = {"required": True, "content": {FHIR: {"schema": ref("Message")}}}
    told["responses"] |= failing("400", "403", "409", "413", "415", "422")
    return {"/Patient/{id}/$everything": {"get": made}, "/$process-message": {"post": told}, "/Binary/{id}": {"get": paper}}
