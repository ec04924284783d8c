from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("demands", "0003_indexes"),
    ]

    operations = [
        migrations.RemoveIndex(
            model_name="demand",
            name="request_finished",
        ),
        migrations.RemoveIndex(
            model_name="demand",
            name="request_submitted",
        ),
    ]
