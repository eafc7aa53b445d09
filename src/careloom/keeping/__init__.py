"""Legal holds on records of an agency, and the way by which a family's records there are expunged by two persons."""
