"""What a production start refuses."""


def refuse_unsafe(
    *, env: str, debug: bool, demo: bool, key: str, default_key: str, hosts: list[str]
) -> list[str]:
    """Name each unsafe setting in one sentence that says what to do; empty outside production."""
    if env != "production":
        return []
    problems = []
    if debug:
        problems.append("DEBUG is on: unset DEBUG before you start in production.")
    if demo:
        problems.append(
            "HOUQIN_DEMO is on: its one-click sign-in opens every account. Unset HOUQIN_DEMO."
        )
    if key == default_key or len(key) < 40:
        problems.append(
            "SECRET_KEY is the default or shorter than 40 characters: set a long random one."
        )
    if not hosts or "*" in hosts:
        problems.append("ALLOWED_HOSTS is empty or '*': name the hosts that people type.")
    return problems
