"""Something with clocks that is of no app: what the clocks do is held without the service desk."""

from django.db import models

from houqin.kernel.clock.models import Clocked


class Errand(Clocked):
    """Its table exists in the test database only."""

    name = models.CharField(max_length=20)

    class Meta:
        app_label = "clock"

    def __str__(self):
        return self.name
