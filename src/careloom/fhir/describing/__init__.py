"""The FHIR server described in OpenAPI 3.1, made from what answers."""
