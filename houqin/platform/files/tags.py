"""What a file is to the thing it hangs on."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from houqin.kernel.registry import Registered, Registry, Text


class Tag(models.TextChoices):
    """The tags that any domain may use, as constants."""

    SCENE = "scene", _("现场")
    BEFORE = "before", _("处理前")
    AFTER = "after", _("处理后")
    SCAN = "scan", _("扫描件")
    SIGNATURE = "signature", _("签名")
    DOCUMENT = "document", _("文档")


TAGS: Registry[Registered] = Registry("tags of files")
for place, tag in enumerate(Tag):
    TAGS.register(Registered(tag.value, tag.label, place))


def tag_choices() -> list[tuple[str, Text]]:
    """The tags that a file can have; an app adds its own to `TAGS` in its `access.py`."""
    return TAGS.choices()
