"""Prints the tests that a change against main may have broken, as far as the import graph tells.

What changed reaches the app it lies in and every app that needs one of its modules, however indirectly: all
their tests run, and those that go through the whole house (the files right in `tests/`, WHOLE). What is
neither code nor a page (settings of tools, requirements, a conftest at the top) reaches everything.
"""

import subprocess
import sys
from pathlib import Path

import grimp

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))
EVERYTHING = {Path("houqin"), Path("tests")}
WHOLE = {"browser", "upgrade"}  # of the folders of tests: what goes through the whole house
# What has tests of its own though no module of ours reads it.
READ_BY = {
    "docs": {Path("tests/test_docs.py")},
    "locale": {Path("houqin/platform/translations/tests")},
    "frontend": {Path("tests/browser"), Path("houqin/ui/tests")},
    "benchmarks": set(),
}


def git(*arguments: str) -> list[str]:
    return subprocess.check_output(["git", "-C", str(ROOT), *arguments], text=True).splitlines()


def changed() -> list[Path]:
    """The files in which the working tree differs from where this branch left main."""
    branches = {*git("branch", "--all", "--format=%(refname:short)")}
    main = next((one for one in ("main", "origin/main") if one in branches), "HEAD")
    (base,) = git("merge-base", main, "HEAD")
    new = git("ls-files", "--others", "--exclude-standard")
    return [Path(name) for name in [*git("diff", "--name-only", base), *new]]


def app_of(module: str) -> str:
    """`houqin.desk.demands` of whatever lies in it; `houqin.cockpit` of a file right in a storey."""
    parts = module.split(".")
    return ".".join(parts[:3] if (ROOT / Path(*parts[:3])).is_dir() else parts[:2])


def modules_at(path: Path, known: set[str]) -> set[str]:
    """The module that `path` is; of a template, or of one that is gone, all modules of its app."""
    module = ".".join(path.with_suffix("").parts).removesuffix(".__init__")
    if module in known:
        return {module}
    app = app_of(module) if path.parts[0] == "houqin" else path.parts[0]
    return {one for one in known if one == app or one.startswith(f"{app}.")}


def affected(paths: list[Path]) -> set[Path]:
    graph = grimp.build_graph("houqin", "config", "tests", exclude_type_checking_imports=True)
    start, tests = set[str](), set[Path]()
    for path in paths:
        top = path.parts[0]
        if top in READ_BY or path.suffix == ".md":
            tests |= READ_BY.get(top, READ_BY["docs"])
        elif path.name == "conftest.py" and len(path.parts) > 1:
            tests.add(path.parent)
        elif top in ("houqin", "config", "tests"):
            start |= modules_at(path, graph.modules)
        else:
            return EVERYTHING
    return tests | tests_of(start.union(*map(graph.find_downstream_modules, start)))


def tests_of(modules: set[str]) -> set[Path]:
    """The files with a test that are among them, of one of their apps, or of the whole house."""
    apps = {app_of(one) for one in modules if one.startswith("houqin.")}
    rooms = {name for app in apps for name in app.split(".")[1:]}
    tests = set()
    for path in [*ROOT.glob("houqin/**/test_*.py"), *ROOT.glob("tests/**/test_*.py")]:
        here = path.relative_to(ROOT)
        folder = here.parts[1] if here.parts[0] == "tests" else here.parts[-3]
        whole = apps and (len(here.parts) == 2 or folder in WHOLE)
        if ".".join(here.with_suffix("").parts) in modules or whole or folder in rooms:
            tests.add(here)
    return tests


if __name__ == "__main__":
    sys.stdout.write("".join(f"{path}\n" for path in sorted(affected(changed()))))
