"""System clients: registered by an administrator, known by a signed request, reading in one role for one purpose."""
