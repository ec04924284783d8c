from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class SweepsConfig(AppConfig):
    name = "houqin.kernel.sweeps"

    def ready(self) -> None:
        autodiscover_modules("sweeps")
