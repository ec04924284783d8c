"""The approvals that there are already are due to be indexed for search."""

from typing import Any

from django.db import migrations


def mark_stale(apps: Any, schema_editor: Any) -> None:
    approvals = apps.get_model("approvals", "Approval").objects.values_list("pk", "asked_at")
    passages = apps.get_model("search", "Passage")
    types = apps.get_model("contenttypes", "ContentType").objects
    kind, _made = types.get_or_create(app_label="approvals", model="approval")
    passages.objects.bulk_create(
        [
            passages(target_type=kind, target_id=pk, at=at, stale=True)
            for pk, at in approvals.iterator()
        ],
        ignore_conflicts=True,
        batch_size=500,
    )


class Migration(migrations.Migration):
    dependencies = [
        ("approvals", "0001_initial"),
        ("search", "0004_indexes"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]

    operations = [migrations.RunPython(mark_stale, migrations.RunPython.noop)]
