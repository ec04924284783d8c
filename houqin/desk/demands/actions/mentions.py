"""@吴工 in a text names a colleague: who is meant, and whether they may be told."""

from __future__ import annotations

import re
from collections.abc import Iterable

from django.utils.translation import gettext as _

from houqin.desk.demands.models import Demand
from houqin.desk.demands.reports import may_be_told, reads_inner
from houqin.kernel.errors import Refused
from houqin.kernel.people.models import OF_PEOPLE, User

# A name ends where it ends, not at a blank: "@吴工请看" is written without one. An account in brackets
# tells two of one name apart, and a Latin letter before the @ makes it an address of mail.
MENTION = re.compile(r"(?<![A-Za-z0-9_.])@([^\s@()（）]{1,40})(?:[(（]([\w.@+-]{1,150})[)）])?")


def mentioned_in(text: str) -> list[User]:
    """The people that `text` mentions, each once. What fits nobody's name is text like any other; Refused
    where a name is that of several people."""
    people: dict[int, User] = {}
    for name, account in MENTION.findall(text):
        for person in _meant(name, account):
            people[person.pk] = person
    return list(people.values())


def _meant(name: str, account: str) -> list[User]:
    people = User.objects.filter(OF_PEOPLE, is_active=True)
    if account:
        return list(people.filter(username=account, name=name))
    starts = [name[:end] for end in range(1, len(name) + 1)]
    fitting = sorted(
        people.filter(name__in=starts), key=lambda person: (-len(person.name), person.pk)
    )
    longest = [person for person in fitting if len(person.name) == len(fitting[0].name)]
    if len(longest) > 1:
        example = {"name": longest[0].name, "first": f"@{longest[0].name}({longest[0].username})"}
        raise Refused(_("有几位“%(name)s”，请写明账号，例如 %(first)s。") % example)
    return longest


def check_mentions(demand: Demand, people: Iterable[User], *, inner: bool) -> None:
    """Raise Refused for somebody who may not be told; of an inner note only those who may read it are."""
    for person in people:
        if not may_be_told(person):
            raise Refused(_("%(name)s 不参与业务，不能@。") % {"name": person})
        if inner and not reads_inner(demand.roles_of(person)):
            raise Refused(
                _("内部备注 %(name)s 看不到，请去掉这个@，或者改成普通回复。") % {"name": person}
            )
