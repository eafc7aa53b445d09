"""Bulk Data `$export` (FHIR Bulk Data Access 2.0.0): asked for here, written by the worker, taken file by file, gone after a day."""
