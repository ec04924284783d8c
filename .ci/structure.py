"""Measures the structure of one or more commits: `.venv/bin/python .ci/structure.py [COMMIT …]`, and what a
domain took: `.venv/bin/python .ci/structure.py FOLDER SUBJECT`, the subject that its commits begin with.

Prints one line a commit: files, functions, AST nodes per function (median), `# fmt: skip`, files of at most
30 lines, public classes whose name exists twice, actions that take a bag, characters of a template line (95
of a hundred are no longer).
"""

import ast
import statistics
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

STANDARD = {"Command"}  # Django's name for every command


def git(*arguments: str) -> str:
    return subprocess.run(["git", *arguments], capture_output=True, text=True, check=True).stdout


def paths(commit: str, ending: str) -> list[str]:
    """The production files of `commit` with that ending."""
    listed = git("ls-tree", "-r", "--name-only", commit, "houqin").splitlines()
    return [
        path
        for path in listed
        if path.endswith(ending) and "/migrations/" not in path and "/tests/" not in path
    ]


def texts(commit: str, ending: str) -> Iterator[str]:
    """What those files hold."""
    for path in paths(commit, ending):
        yield git("show", f"{commit}:{path}")


def cost(folder: str, subject: str) -> dict[str, float]:
    """Files and lines of a domain, and the files outside its folder that its own commits touched; words,
    papers and migrations apart."""
    inside = [
        path
        for path in git("ls-files", folder).splitlines()
        if "/migrations/" not in path and not path.endswith("__init__.py")
    ]
    log = git("log", "--no-merges", "--name-only", "--format=", f"--grep=^{subject}:")
    outside = {
        path
        for path in log.splitlines()
        if path and not path.startswith((folder, "docs/", "locale/", "CHANGELOG"))
    }
    sizes = {path: Path(path).read_text(encoding="utf-8").count("\n") for path in inside}
    for path in sorted(outside):
        sys.stdout.write(f"  outside: {path}\n")
    return {
        "files": len([path for path in inside if "/tests/" not in path]),
        "lines of Python": sum(
            n for p, n in sizes.items() if p.endswith(".py") and "/tests/" not in p
        ),
        "lines of templates": sum(n for p, n in sizes.items() if p.endswith(".html")),
        "lines of tests": sum(n for p, n in sizes.items() if "/tests/" in p),
        "files outside": len(outside),
    }


def measure(commit: str) -> dict[str, float]:
    sources = list(texts(commit, ".py"))
    trees = [ast.parse(source) for source in sources]
    nodes = [node for tree in trees for node in ast.walk(tree)]
    functions = [one for one in nodes if isinstance(one, ast.FunctionDef | ast.AsyncFunctionDef)]
    classes = Counter(
        one.name for tree in trees for one in tree.body if isinstance(one, ast.ClassDef)
    )
    lines = sorted(len(line) for text in texts(commit, ".html") for line in text.splitlines())
    return {
        "files": len(sources),
        "functions": len(functions),
        "nodes per function": statistics.median(len(list(ast.walk(one))) for one in functions),
        "fmt: skip": sum(source.count("# fmt: skip") for source in sources),
        "small files": sum(0 < source.count("\n") <= 30 for source in sources),
        "class names twice": sum(
            count > 1 and name not in STANDARD and not name.startswith("_")
            for name, count in classes.items()
        ),
        "bags": sum(
            one.args.kwarg is not None and not one.name.startswith("_")
            for path, tree in zip(paths(commit, ".py"), trees, strict=True)
            if "/actions" in path
            for one in ast.walk(tree)
            if isinstance(one, ast.FunctionDef)
        ),
        "template line p95": lines[int(len(lines) * 0.95)],
    }


if __name__ == "__main__":
    if len(sys.argv) == 3 and sys.argv[1].startswith("houqin/"):
        figures = ", ".join(f"{name} {value:g}" for name, value in cost(*sys.argv[1:]).items())
        sys.exit(f"{sys.argv[1]}: {figures}")
    for commit in sys.argv[1:] or ["HEAD"]:
        figures = ", ".join(f"{name} {value:g}" for name, value in measure(commit).items())
        sys.stdout.write(f"{commit[:12]}: {figures}\n")
