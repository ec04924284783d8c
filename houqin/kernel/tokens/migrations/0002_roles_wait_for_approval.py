import django.db.models.deletion
from django.contrib.auth.hashers import make_password
from django.db import migrations, models


def take_service_accounts_from_people(apps, schema_editor):
    """Mark their users, write down the roles that each has been given, and take away those that nobody has
    approved of, or whose account is closed. A password that one has got opens nothing any more."""
    User = apps.get_model("people", "User")
    RoleGrant = apps.get_model("people", "RoleGrant")
    for service in apps.get_model("tokens", "ServiceAccount").objects.select_related("user"):
        User.objects.filter(pk=service.user_id).update(is_service=True, password=make_password(None))
        grants = RoleGrant.objects.filter(user=service.user_id)
        service.roles = sorted(set(grants.values_list("role", flat=True)))
        service.place_id = grants.values_list("place", flat=True).first()
        service.save(update_fields=["roles", "place"])
        if service.approved_at is None or not service.user.is_active:
            grants.delete()


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0005_service_accounts_are_no_people"),
        ("places", "0003_closed"),
        ("tokens", "0001_initial"),
    ]

    operations = [
        migrations.AddField(
            model_name="serviceaccount",
            name="place",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="places.place"
            ),
        ),
        migrations.AddField(
            model_name="serviceaccount",
            name="roles",
            field=models.JSONField(default=list, verbose_name="角色"),
        ),
        migrations.RunPython(take_service_accounts_from_people, migrations.RunPython.noop),
    ]
