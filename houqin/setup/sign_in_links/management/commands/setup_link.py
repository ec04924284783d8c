from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.urls import reverse

from houqin.kernel.errors import Refused
from houqin.kernel.people.models import OF_PEOPLE, User, the_house
from houqin.kernel.timekeeping import now
from houqin.setup.sign_in_links.actions import make_links, make_setup_link


class Command(BaseCommand):
    help = (
        "Print a link that opens once: the set-up of an empty house, or with --user a new password."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--user", help="the number of somebody who shall choose a new password")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            path = self._path(options["user"])
        except Refused as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"{settings.SITE_URL}{path}")

    def _path(self, username: str | None) -> str:
        if not username:
            return f"{reverse('setup:wizard')}?code={make_setup_link(now())}"
        person = User.objects.filter(OF_PEOPLE, username__iexact=username).first()
        if person is None:
            raise CommandError(f"There is nobody with the number {username}.")
        return reverse("setup:first_password", args=[make_links(the_house(), [person])[person.pk]])
