"""Where imported demands came from; tables of the service desk."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from houqin.platform.sheets.models import ImportFile


class ImportedRow(models.Model):
    """Which row of which file a demand came from; its constraints keep a row from coming in twice."""

    file = models.ForeignKey(ImportFile, models.PROTECT, related_name="+")
    row = models.PositiveIntegerField()
    external = models.CharField(_("外部编号"), max_length=80, blank=True, db_index=True)
    demand = models.OneToOneField("demands.Demand", models.PROTECT, related_name="imported_as")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["file", "row"], name="row_comes_in_once")]
