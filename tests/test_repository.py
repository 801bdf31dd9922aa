"""The repository holds what the program is made of, and nothing that merely lay beside it."""

import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
FOLDERS = {"pages", "core", "ui", "tests", "benchmarks", "deploy", ".ci", ".github", ".streamlit"}
FILES = {
    "app.py",
    "requirements.txt",
    "requirements.lock",
    "requirements-dev.txt",
    "requirements-dev.lock",
    "README.md",
    "CHANGELOG.md",
    "CONTRIBUTING.md",
    "SECURITY.md",
    "LICENSE",
    "Makefile",
    "deno.json",
    "pyproject.toml",
    ".gitignore",
    ".pre-commit-config.yaml",
}
LARGEST_BYTES = 500_000


@pytest.fixture
def tracked():
    git = shutil.which("git")
    if not git or not (ROOT / ".git").exists():
        pytest.skip("what is tracked is known in a clone only")
    listed = subprocess.run([git, "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True)
    return [Path(name) for name in listed.stdout.split("\0") if name]


def test_the_top_level_holds_what_belongs_there(tracked):
    assert {path.parts[0] for path in tracked} <= FOLDERS | FILES


def test_no_file_is_large(tracked):
    assert [str(path) for path in tracked if (ROOT / path).stat().st_size > LARGEST_BYTES] == []
