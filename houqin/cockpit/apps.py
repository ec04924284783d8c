from importlib import import_module

from django.apps import AppConfig


class CockpitConfig(AppConfig):
    name = "houqin.cockpit"
    verbose_name = "驾驶舱"

    def ready(self) -> None:
        import_module("houqin.cockpit.found")
        import_module("houqin.cockpit.pages")
