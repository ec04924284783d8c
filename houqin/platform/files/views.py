from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from houqin.kernel.people.models import User
from houqin.platform.files.models import Attachment

# The address names one attachment and its bytes never change, so a browser may keep them; "private", because
# a proxy does not know who may see them.
CACHE = "private, max-age=31536000, immutable"
# Even bytes that should be read as a page by some browser run nothing and load nothing.
POLICY = "sandbox; default-src 'none'"


@require_safe
def file(request: HttpRequest, pk: int) -> FileResponse:
    attachment = _visible(request, pk)
    return served(
        attachment.blob.path,
        attachment.blob.mime,
        attachment.name,
        download=not attachment.is_photo,
    )


@require_safe
def thumb(request: HttpRequest, pk: int) -> FileResponse:
    attachment = _visible(request, pk)
    if not attachment.is_photo:
        raise Http404
    return served(attachment.blob.thumb_path, "image/jpeg", attachment.name, download=False)


def _visible(request: HttpRequest, pk: int) -> Attachment:
    """The attachment, when its target is visible to the one who asks; else 404, as if it did not exist."""
    attachment = get_object_or_404(Attachment.objects.select_related("blob", "target_type"), pk=pk)
    if not isinstance(request.user, User) or not attachment.visible_to(request.user):
        raise Http404
    return attachment


def served(path: str, mime: str, name: str, *, download: bool) -> FileResponse:
    """The bytes at `path` of the storage, which the caller has found this reader may see."""
    try:
        content = default_storage.open(path)
    except FileNotFoundError:
        raise Http404 from None
    response = FileResponse(content, as_attachment=download, filename=name, content_type=mime)
    response["Cache-Control"] = CACHE
    response["Content-Security-Policy"] = POLICY
    response["X-Content-Type-Options"] = "nosniff"
    return response
