"""What a one-time page shows before a yes lies on the link itself, and the link reads and answers no other row."""

from django.db import migrations, models

from careloom.infra.access import rls

ITSELF = "id = (SELECT access_principal()) AND replaced_at IS NULL AND expires_at > (SELECT access_now())"


def _text(name: str, size: int, default: str = "") -> migrations.AddField:
    return migrations.AddField(
        "ReferralLink", name, models.CharField(max_length=size, default=default, blank=name in ("place", "asked_by", "answer"))
    )


class Migration(migrations.Migration):
    dependencies = [("plans", "0002_row_security")]
    operations = [
        _text("organization", 160),
        _text("need_code", 40),
        _text("place", 120),
        _text("language", 5, "en"),
        _text("asked_by", 60),
        migrations.AddField("ReferralLink", "asked_at", models.DateTimeField(null=True)),
        _text("answer", 8),
        rls.policy("plans_referral_link", name="itself", command="SELECT", using=ITSELF),
        rls.policy("plans_referral_link", name="answer", command="UPDATE", using=ITSELF, check=ITSELF),
    ]
