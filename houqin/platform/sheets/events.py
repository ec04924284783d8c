"""How files that come in are told of on the trail."""

from django.utils.translation import gettext_lazy as _

from houqin.kernel.trail.messages import say

say("import.uploaded", _("上传“%(file)s”，%(rows)s 行"), icon="upload")
say("import.started", _("开始导入“%(file)s”"), icon="file-import")
say("import.done", _("导入“%(file)s”，%(rows)s 行"), icon="file-import", tone="ok")
say("import.undone", _("撤回导入的“%(file)s”，%(rows)s 行"), icon="arrow-back-up", tone="hold")
