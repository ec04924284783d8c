from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from django.urls import reverse

from houqin.ui.account.demo import DemoAccount, demo_accounts


class Command(BaseCommand):
    help = "Print the address of the demonstration and the accounts that open with one click."

    def handle(self, *args: Any, **options: Any) -> None:
        accounts = demo_accounts()
        if not accounts:
            self.stdout.write(
                "No demonstration accounts: set HOUQIN_DEMO=1 and run `manage.py load_demo` first."
            )
            return
        self.stdout.write(
            f"\n  {settings.SITE_URL}{reverse('signin')}   (one click, no password)\n\n"
        )
        for account in accounts:
            self.stdout.write(f"  {_line(account)}")
        self.stdout.write("")


def _line(account: DemoAccount) -> str:
    words = (
        _wide(account.name, 14),
        _wide(account.role, 14),
        _wide(account.username, 14),
        account.hint,
    )
    return "".join(words).rstrip()


def _wide(text: str, columns: int) -> str:
    """`text` filled up to so many columns of a terminal, where a Chinese character takes two."""
    taken = sum(1 if ord(letter) < 0x1100 else 2 for letter in text)
    return text + " " * max(columns - taken, 1)
