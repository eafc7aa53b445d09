"""Sign-in by an agency's own identity provider over SAML 2.0: whom it may sign in, in which roles, and what is believed of what it says."""
