"""An agency takes out everything it owns: one administrator asks, somebody else confirms, and only they download it, sealed for the receiver.

Owns the request and the sealed pieces. Does not read what is exported: `config.leaving` does, as the owner of the tables (decision 0019).
"""
