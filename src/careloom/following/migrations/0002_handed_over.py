"""What was passed on before there was a register goes into it, in an order drawn at random. A draft holds no family, so none can come along."""

from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [("following", "0001_initial"), ("barriers", "0001_initial")]

    operations = [
        migrations.RunSQL(
            "INSERT INTO barriers_given (id, month, county, cause, service, hers, words)"
            " SELECT gen_random_uuid(), month, county, code, service, false, words FROM following_barrier_draft ORDER BY random();",
            migrations.RunSQL.noop,
        )
    ]
