"""A seal is neither changed nor removed, as events are."""

from django.db import migrations

from houqin.kernel.constraints import append_only


class Migration(migrations.Migration):
    dependencies = [("audit_chain", "0001_initial")]

    operations = [append_only("audit_chain_seal")]
