"""Two shifts of one person never overlap, and neither do two times on call."""

from django.db import migrations

from houqin.shared.bookings.constraints import exclusive


class Migration(migrations.Migration):
    dependencies = [("roster", "0001_initial")]

    operations = [exclusive("roster_shift", keys=("user_id", "on_call::int"))]
