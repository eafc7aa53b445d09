"""Drafts of barriers are written anew whenever one comes in, so that neither their place nor their transaction tells which came with what."""

from django.db import migrations

from careloom.infra.access import rls


class Migration(migrations.Migration):
    dependencies = [("following", "0002_handed_over")]
    operations = [rls.open_to_app("following_barrier_draft", "DELETE")]
