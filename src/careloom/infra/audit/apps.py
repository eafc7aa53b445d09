"""App configuration of audit."""

from django.apps import AppConfig


class AuditConfig(AppConfig):
    """Audit rows."""

    name = "careloom.infra.audit"
    label = "audit"
