from django.apps import AppConfig


class TokensConfig(AppConfig):
    name = "houqin.kernel.tokens"
