"""The moments of what there was before are written by the first who opens a board, or by the worker."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("cockpit", "0001_initial"), ("demands", "0003_indexes")]

    operations = [
        migrations.RunSQL(
            "INSERT INTO cockpit_outdateddemand (demand_id) SELECT id FROM demands_demand",
            migrations.RunSQL.noop,
        )
    ]
