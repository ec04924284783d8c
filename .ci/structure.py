"""Measures the structure of one or more commits: `.venv/bin/python .ci/structure.py [COMMIT …]`.

Prints one line a commit: files, functions, AST nodes per function (median), `# fmt: skip`, files of at most
30 lines, public classes of a module whose name exists twice, characters of a template line (95 of a hundred are no longer).
"""

import ast
import statistics
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator

STANDARD = {"Command"}  # Django's name for every command


def git(*arguments: str) -> str:
    return subprocess.run(["git", *arguments], capture_output=True, text=True, check=True).stdout


def texts(commit: str, ending: str) -> Iterator[str]:
    """The production files of `commit` with that ending."""
    for path in git("ls-tree", "-r", "--name-only", commit, "houqin").splitlines():
        if path.endswith(ending) and "/migrations/" not in path and "/tests/" not in path:
            yield git("show", f"{commit}:{path}")


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
        "template line p95": lines[int(len(lines) * 0.95)],
    }


if __name__ == "__main__":
    for commit in sys.argv[1:] or ["HEAD"]:
        figures = ", ".join(f"{name} {value:g}" for name, value in measure(commit).items())
        sys.stdout.write(f"{commit[:12]}: {figures}\n")
