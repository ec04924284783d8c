from importlib import import_module

from django.apps import AppConfig


class SetupConfig(AppConfig):
    name = "houqin.setup"
    verbose_name = "系统设置"

    def ready(self) -> None:
        import_module("houqin.setup.pages")
