"""What every test run needs before it starts."""

from houqin.kernel.web import catalogue


def pytest_configure(config):
    # Tests of the English pages read the compiled catalogue, which is not committed. One process
    # compiles it; the workers of a parallel run start later.
    if not hasattr(config, "workerinput"):
        catalogue.compile_stale()
