from __future__ import annotations

from django.db import models


class Letter(models.Model):
    """信件: a mail to one address, whoever that is, as it was written when it was put on its way.

    With `calendar` it is an invitation (RFC 6047), which mail programs offer to take into the calendar.
    """

    to = models.EmailField()
    subject = models.CharField(max_length=150)
    body = models.TextField()
    calendar = models.TextField(blank=True)
    method = models.CharField(max_length=10, blank=True)  # REQUEST, CANCEL: what the calendar says

    def __str__(self) -> str:
        return self.to
