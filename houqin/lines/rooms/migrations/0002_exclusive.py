"""No room is held twice at one moment."""

from django.db import migrations

from houqin.shared.bookings.constraints import exclusive


class Migration(migrations.Migration):
    dependencies = [("rooms", "0001_initial")]

    operations = [exclusive("rooms_roomhold", keys=("room_id",))]
