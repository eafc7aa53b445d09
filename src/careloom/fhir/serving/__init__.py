"""Answers FHIR requests: what is asked (`asking`), how values match (`matching`), what is served (`kinds`), and what goes out (`answers`)."""
