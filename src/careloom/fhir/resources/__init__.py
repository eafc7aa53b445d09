"""Rows of the product shaped as FHIR R4 resources. Each module asks in batches: as many queries for fifty resources as for one."""
