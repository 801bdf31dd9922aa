"""What runs at GitHub fits its schemas, names what is there, and has the image's and the README's Python."""

import os
import re
import runpy
import shutil
import subprocess
import sys

import pytest
import yaml  # type: ignore[import-untyped]

from tests.browser.harness import ROOT

GITHUB = ROOT / ".github"
WORKFLOWS = sorted((GITHUB / "workflows").glob("*.yml"))
MAKEFILE = (ROOT / "Makefile").read_text(encoding="utf-8")
SUPPORTED = re.findall(r"3\.\d+", re.findall(r"^PYTHONS := (.*)$", MAKEFILE, re.MULTILINE)[0])
# A Python that passes for another one, and makes no environment.
DISGUISED = """#!/bin/sh
[ "$1" = -c ] || exit 0
exec {program} -c "import sys; sys.version_info = ({version}, 0, 'final', 0); exec(sys.argv[1])" "$2"
"""


def read(path):
    return (ROOT / path).read_text(encoding="utf-8")


def fits(schema, path):
    command = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", f"vendor.{schema}", str(path)]
    return subprocess.run(command, capture_output=True, check=False).returncode == 0


def steps(path):
    jobs = yaml.safe_load(read(path))["jobs"].values()
    return [step for job in jobs for step in job["steps"]]


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.name)
def test_github_takes_the_workflows(path):
    assert fits("github-workflows", path)


def test_dependabot_takes_its_file_and_finds_what_it_watches():
    assert fits("dependabot", GITHUB / "dependabot.yml")
    updates = yaml.safe_load(read(".github/dependabot.yml"))["updates"]
    watched = {update["package-ecosystem"]: update["directory"] for update in updates}
    assert watched.keys() == {"github-actions", "docker", "docker-compose"}
    for ecosystem, name in (("docker", "Dockerfile"), ("docker-compose", "compose.yaml")):
        assert (ROOT / watched[ecosystem].strip("/") / name).is_file()


def test_a_misspelled_workflow_is_noticed(tmp_path):
    path = tmp_path / "test.yml"
    path.write_text(WORKFLOWS[0].read_text(encoding="utf-8").replace("runs-on", "run-on"), encoding="utf-8")
    assert not fits("github-workflows", path)


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.name)
def test_actions_are_pinned_by_commit_and_say_their_version(path):
    used = re.findall(r"uses: (.*)", path.read_text(encoding="utf-8"))
    assert used
    assert [name for name in used if not re.fullmatch(r"[\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+", name)] == []


def test_what_the_workflows_make_is_in_the_makefile():
    targets = [target for path in WORKFLOWS for target in re.findall(r"run: make (\S+)", read(path))]
    assert {"test", "audit", "newest", "sbom", "site"} <= set(targets)
    assert [target for target in targets if not re.search(rf"^{target}:", MAKEFILE, re.MULTILINE)] == []


def test_one_python_is_named_everywhere():
    (image,) = re.findall(r"^FROM python:(3\.\d+)-slim", read("deploy/Dockerfile"), re.MULTILINE)
    first, last = SUPPORTED[0], SUPPORTED[-1]
    matrix = yaml.safe_load(read(".github/workflows/test.yml"))["jobs"]["test"]["strategy"]["matrix"][
        "python"
    ]
    assert matrix == [first, image, last]
    used = {
        step["with"]["python-version"]
        for path in WORKFLOWS
        for step in steps(path)
        if "with" in step and "python-version" in step["with"]
    }
    assert used == {image, "${{ matrix.python }}"}
    assert f"With Python {first} to {last}, best {image}" in read("README.md")
    assert f"choose `app.py` and Python {image}" in read("README.md")
    assert f"Python {image}" in read("deploy/README.md")
    assert f'python_version = "{first}"' in read("pyproject.toml")
    assert f"--python-version {first} " in MAKEFILE


@pytest.mark.parametrize(
    ("version", "taken"), [("3.10", False), ("3.11", True), ("3.14", True), ("3.15", False)]
)
def test_make_refuses_a_python_that_there_are_no_wheels_for(tmp_path, version, taken):
    program = tmp_path / "python"
    program.write_text(DISGUISED.format(program=sys.executable, version=version.replace(".", ", ")))
    program.chmod(0o755)
    environment = {name: value for name, value in os.environ.items() if not name.startswith("MAKE")}
    make = shutil.which("make")
    if not make:
        pytest.skip("there is no make on this machine")
    made = subprocess.run(
        [make, f"VENV={tmp_path}/venv", f"PYTHON={program}", f"{tmp_path}/venv/bin/python"],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (made.returncode == 0) is taken, made.stderr
    assert taken or f"Python {version} is not supported: use one of 3.11 3.12 3.13 3.14" in made.stderr


@pytest.mark.parametrize("name", ["requirements", "requirements-dev"])
def test_pins_are_raised_to_those_of_a_lock(name):
    newest = runpy.run_path(str(GITHUB / "newest.py"))
    text, lock = read(f"{name}.txt"), read(f"{name}.lock")
    loose = newest["loosened"](text)
    assert "==" not in loose
    assert newest["pinned"](loose, lock) == text
    raised = newest["pinned"](loose, re.sub(r"^([\w.-]+)==\S+", r"\1==999", lock, flags=re.MULTILINE))
    assert raised == re.sub(r"==[\d.]+", "==999", text)
