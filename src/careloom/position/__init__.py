"""The integration position (Guidance 19): a worker who engages parents in treatment for a partnership of child welfare and behavioral health.

Her caseload, contacts, entry into the state system, ancillary support and co-location days. Source: R-193 to R-200.
"""
