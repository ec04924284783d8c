"""Two shifts of one person never overlap, and neither do two times on call."""

from django.db import migrations

from houqin.kernel.constraints import no_overlap


class Migration(migrations.Migration):
    dependencies = [("roster", "0001_initial")]

    operations = [
        no_overlap(
            "roster_shift",
            "shifts_apart",
            keys=("user_id", "on_call::int"),
            start="starts_at",
            end="ends_at",
        )
    ]
