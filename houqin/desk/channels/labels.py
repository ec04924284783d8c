"""The codes that are printed and stuck to things: which thing has which, and where its code leads."""

from __future__ import annotations

from django.conf import settings
from django.urls import reverse

from houqin.kernel.places.models import Place


def thing_at(label: str) -> Place | None:
    """What the code `label` is stuck to; None for a code that nobody has printed. Today these are places."""
    place: Place | None = Place.objects.filter(label=label.strip().lower()[:12]).first()
    return place


def label_url(place: Place) -> str:
    """What the QR code of `place` says."""
    return f"{settings.SITE_URL}{reverse('channels:at_place', args=[place.label])}"
