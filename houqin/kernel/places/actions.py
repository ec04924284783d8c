from django.db import transaction

from houqin.kernel.places.models import Place


@transaction.atomic
def add_place(parent: Place | None, *, kind: str, name: str, code: str) -> Place:
    """Create a place below `parent` (None: a campus) with its full name written out."""
    above = f"{parent.full_name} / " if parent else ""
    new = Place(kind=kind, name=name, code=code, full_name=above + name)
    if parent is None:
        added = Place.objects.add_root(instance=new)
    else:
        parent.refresh_from_db()  # treebeard counts children on the instance; a stale one repeats a path
        added = Place.objects.add_child(parent, instance=new)
    assert isinstance(added, Place)
    return added
