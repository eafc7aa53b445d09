"""Files in and out: FHIR bundles, service directories, federal files."""
