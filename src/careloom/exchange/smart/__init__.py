"""Careloom opened from a hospital's record: SMART App Launch 2.2.0, as a public client with PKCE. The token is never kept."""
