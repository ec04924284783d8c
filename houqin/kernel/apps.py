"""What an app declares is collected when it starts: one idiom for all."""

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules

# The modules in which an app declares something. A new app adds a file, never a line elsewhere.
DECLARATIONS = (
    "access", "policies", "events", "line", "facts", "panels", "search", "handover", "pages", "papers",
    "credentials", "approvals", "worklist", "sweeps",
)  # fmt: skip


class KernelConfig(AppConfig):
    name = "houqin.kernel"

    def ready(self) -> None:
        for name in DECLARATIONS:
            autodiscover_modules(name)
