"""The papers are true: what they must name they name, and where they point there is something."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
CLAUSES = {1: 8, 2: 9, 3: 5, 4: 3, 5: 2}
PAPERS = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")])


def test_coverage_says_something_about_every_clause():
    text = (ROOT / "docs/coverage.md").read_text()
    clauses = [
        f"R{part}.{number}" for part, last in CLAUSES.items() for number in range(1, last + 1)
    ]
    assert [
        clause for clause in clauses if not re.search(rf"\b{re.escape(clause)}\b(?!\.?\d)", text)
    ] == []


def test_every_setting_is_explained():
    read = re.findall(r"""env\.\w+\(\s*"(\w+)\"""", (ROOT / "config/settings.py").read_text())
    text = (ROOT / "docs/settings.md").read_text()
    assert [setting for setting in dict.fromkeys(read) if f"`{setting}`" not in text] == []


def test_the_example_of_settings_names_only_real_ones():
    read = (ROOT / "config/settings.py").read_text()
    named = re.findall(r"^# ([A-Z_]+)=", (ROOT / ".env.example").read_text(), re.MULTILINE)
    assert named
    assert [setting for setting in named if f'"{setting}"' not in read] == []


@pytest.mark.parametrize("paper", PAPERS, ids=lambda paper: str(paper.relative_to(ROOT)))
def test_every_link_inside_the_house_leads_somewhere(paper):
    targets = re.findall(r"\]\(([^)#\s]+)(?:#[^)]*)?\)", paper.read_text())
    ours = [target for target in targets if not re.match(r"[a-z]+:", target)]
    assert [target for target in ours if not (paper.parent / target).exists()] == []


@pytest.mark.parametrize("readme", ["README.md", "README.zh-CN.md"])
def test_the_readmes_name_the_two_commands(readme):
    text = (ROOT / readme).read_text()
    assert "bin/demo" in text
    assert "bin/check" in text
