"""Referrals, from asking a service to her own word that it helped."""
