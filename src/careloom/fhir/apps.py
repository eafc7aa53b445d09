"""App configuration of fhir."""

from django.apps import AppConfig


class FhirConfig(AppConfig):
    """The FHIR R4 server and its system clients."""

    name = "careloom.fhir"
    label = "fhir"
