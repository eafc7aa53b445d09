"""FHIR R4 for other systems: read and search, behind the same three locks as every page, for system clients that an agency's administrator registers.

`clients` knows who asks (SMART Backend Services), `resources` shapes rows as FHIR, `serving` answers requests.
Owns no fact about a family. Source: hl7.org/fhir/R4, US Core 6.1.0, SMART App Launch 2.2.0; domain/interop.md 1.2 to 1.5.
"""
