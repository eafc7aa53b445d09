"""Views of sign-in, of the worker herself, of an agency's members, and of the access log."""
