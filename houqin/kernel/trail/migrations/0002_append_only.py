"""The database itself refuses to change or remove an event: a slip in our code, a shell."""

from django.db import migrations

from houqin.kernel.constraints import append_only


class Migration(migrations.Migration):
    dependencies = [("trail", "0001_initial")]

    operations = [append_only("trail_event")]
