from django.db import migrations, models
from django.db.models import Count, F


def count_what_happened(apps, schema_editor):
    """Requests that were reassigned before the column was there; the events know how often."""
    events, orders = apps.get_model("trail", "Event").objects, apps.get_model("dispatch", "WorkOrder").objects
    requests = apps.get_model("servicedesk", "Request").objects
    types = apps.get_model("contenttypes", "ContentType").objects
    kinds = dict(types.filter(model__in=["workorder", "request"]).values_list("model", "pk"))
    if len(kinds) < 2:
        return
    moved = events.filter(
        name__in=["order.reassigned", "order.handed_back"], target_type_id=kinds["workorder"]
    )
    for order, times in moved.values_list("target_id").annotate(times=Count("pk")):
        subjects = orders.filter(pk=order, subject_type_id=kinds["request"]).values("subject_id")
        requests.filter(pk__in=subjects).update(reassigned=F("reassigned") + times)


class Migration(migrations.Migration):
    dependencies = [
        ("servicedesk", "0005_follow_through"),
        ("dispatch", "0003_full_desk"),
        ("trail", "0002_append_only"),
    ]

    operations = [
        migrations.AddField("request", "reassigned", models.PositiveSmallIntegerField(default=0)),
        migrations.AddIndex("request", models.Index(fields=["done_at"], name="servicedesk_done_at")),
        migrations.RunPython(count_what_happened, migrations.RunPython.noop),
    ]
