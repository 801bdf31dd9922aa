"""The files in deploy/ are what their readers take: linters, schemas, and one another."""

import json
import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import check_jsonschema  # type: ignore[import-untyped]
import jsonschema  # type: ignore[import-untyped]
import kubernetes_validate  # type: ignore[import-untyped]
import pytest
import yaml  # type: ignore[import-untyped]

from benchmarks.memory import BUDGET, MEBIBYTE, limit_table
from tests.browser.harness import ROOT
from tests.deploy.container import copy_image_files, image_environment, instructions
from ui.limits import MAX_BYTES, MAX_EDITED_CELLS, MAX_LINK, MAX_RUN_FILM_BYTES

DEPLOY = ROOT / "deploy"
KUBERNETES = DEPLOY / "kubernetes"
MANIFESTS = sorted([*KUBERNETES.glob("*.yaml"), KUBERNETES / "secret.yaml.example"])
SCHEMAS = Path(check_jsonschema.__file__).parent / "builtin_schemas" / "vendor"
HADOLINT = Path(sys.executable).parent / "hadolint"
# Fields of gateways' manifests, checked against Gateway API 1.6.1 (experimental) and Envoy Gateway 1.9.0.
GATEWAY_FIELDS = set(
    re.findall(
        r"\w+",
        """
        apiVersion attributes backendRefs certificateRefs consistentHash cookie cookieConfig filters
        gatewayClassName group hostname hostnames kind lifetimeType listeners loadBalancer matches metadata
        mode name parentRefs path port protocol replaceFullPath request requestRedirect
        responseHeaderModifier rules scheme sectionName sessionName sessionPersistence set spec statusCode
        targetRefs timeouts tls ttl type value
        """,
    )
)
# What the form around an uploaded file may take.
FORM_MEGABYTES = 1


def read_yaml(path):
    return yaml.safe_load(path.read_text(encoding="utf-8"))


def manifest(kind, name="backprop-explorer"):
    (found,) = [
        content
        for content in map(read_yaml, MANIFESTS)
        if (content["kind"], content["metadata"]["name"]) == (kind, name)
    ]
    return found


def field_names(content):
    """Return the name of every field of a manifest, at any depth, but not those that a user chooses."""
    if isinstance(content, list):
        return set().union(*map(field_names, content))
    if not isinstance(content, dict):
        return set()
    chosen = {"attributes", "matchLabels"}
    return content.keys() | set().union(
        *(field_names(value) for name, value in content.items() if name not in chosen)
    )


def container():
    (only,) = manifest("Deployment")["spec"]["template"]["spec"]["containers"]
    return only


def is_of_a_gateway(content):
    return "gateway." in content["apiVersion"]


def validate(content):
    """Raise an error for what Kubernetes would not take; the kinds of gateways are in no schema here."""
    if is_of_a_gateway(content):
        assert field_names(content) <= GATEWAY_FIELDS
    else:
        kubernetes_validate.validate(content, kubernetes_validate.latest_version(), strict=True)


def dockerfile():
    return instructions((DEPLOY / "Dockerfile").read_text(encoding="utf-8"))


def config():
    return tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text(encoding="utf-8"))


def check_schema(name, path):
    """Raise an error where a file does not fit a schema that check-jsonschema ships."""
    jsonschema.validate(read_yaml(path), json.loads((SCHEMAS / f"{name}.json").read_text(encoding="utf-8")))


IMAGES = [rest for name, rest in dockerfile() if name == "FROM"] + [
    read_yaml(DEPLOY / "compose.yaml")["services"]["nginx"]["image"]
]


@pytest.mark.parametrize("path", MANIFESTS, ids=lambda path: path.name)
def test_kubernetes_takes_the_manifests(path):
    validate(read_yaml(path))


def test_a_misspelled_manifest_is_noticed():
    deployment = manifest("Deployment")
    deployment["spec"]["template"]["spec"]["containers"][0]["livenessProb"] = {}
    with pytest.raises(kubernetes_validate.ValidationError, match="livenessProb"):
        validate(deployment)
    route = manifest("HTTPRoute")
    route["spec"]["rules"][0]["sessionPersistance"] = {}
    with pytest.raises(AssertionError, match="sessionPersistance"):
        validate(route)


def test_the_manifests_name_one_another_rightly():
    name = manifest("Deployment")["metadata"]["name"]
    assert manifest("HorizontalPodAutoscaler")["spec"]["scaleTargetRef"]["name"] == name
    labels = manifest("Deployment")["spec"]["template"]["metadata"]["labels"]
    assert manifest("Service")["spec"]["selector"].items() <= labels.items()
    service = manifest("Service")
    (port,) = service["spec"]["ports"]
    assert port["targetPort"] in {place["name"] for place in container()["ports"]}
    assert manifest("PodDisruptionBudget")["spec"]["selector"]["matchLabels"].items() <= labels.items()
    for constraint in manifest("Deployment")["spec"]["template"]["spec"]["topologySpreadConstraints"]:
        assert constraint["labelSelector"]["matchLabels"].items() <= labels.items()


def test_the_routes_lead_from_the_gateway_to_the_service():
    gateway = manifest("Gateway")
    listeners = {listener["name"]: listener for listener in gateway["spec"]["listeners"]}
    for route, name in (("backprop-explorer", "https"), ("backprop-explorer-redirect", "http")):
        spec = manifest("HTTPRoute", route)["spec"]
        assert spec["parentRefs"] == [{"name": gateway["metadata"]["name"], "sectionName": name}]
        assert spec["hostnames"] == [listeners[name]["hostname"]]
    closed, served = manifest("HTTPRoute")["spec"]["rules"]
    service = manifest("Service")
    (port,) = service["spec"]["ports"]
    assert served["backendRefs"] == [{"name": service["metadata"]["name"], "port": port["port"]}]
    assert served["sessionPersistence"]["type"] == "Cookie"
    assert [match["path"]["value"] for match in closed["matches"]] == ["/_stcore/metrics"]
    assert "backendRefs" not in closed
    (target,) = manifest("BackendTrafficPolicy")["spec"]["targetRefs"]
    assert target["name"] == manifest(target["kind"])["metadata"]["name"]


def test_the_gateway_sends_the_headers_of_nginx():
    text = (DEPLOY / "nginx.conf").read_text(encoding="utf-8")
    sent = re.findall(r'add_header (?!Set-Cookie)(\S+) "?(.*?)"? always;', text)
    (modifier,) = manifest("HTTPRoute")["spec"]["rules"][1]["filters"]
    headers = modifier["responseHeaderModifier"]["set"]
    assert [(header["name"], header["value"]) for header in headers] == sent
    assert len(sent) == 4


def test_a_pod_has_time_to_be_left():
    spec = manifest("Deployment")["spec"]["template"]["spec"]
    wait = container()["lifecycle"]["preStop"]["sleep"]["seconds"]
    # Longer than the readiness probe's period, in which a gateway is to send visitors elsewhere.
    assert container()["readinessProbe"]["periodSeconds"] < wait < spec["terminationGracePeriodSeconds"]


def test_replicas_can_go_one_by_one():
    least = manifest("HorizontalPodAutoscaler")["spec"]["minReplicas"]
    assert manifest("PodDisruptionBudget")["spec"]["maxUnavailable"] < least
    assert manifest("Deployment")["spec"]["replicas"] == least


def test_a_pod_has_no_rights_and_its_replicas_share_a_secret():
    spec = manifest("Deployment")["spec"]["template"]["spec"]
    assert spec["securityContext"]["runAsNonRoot"]
    assert spec["securityContext"]["runAsUser"] > 0
    assert container()["securityContext"]["readOnlyRootFilesystem"]
    assert container()["securityContext"]["capabilities"] == {"drop": ["ALL"]}
    for probe in ("startupProbe", "readinessProbe", "livenessProbe"):
        assert container()[probe]["httpGet"]["path"] == "/_stcore/health"
    assert container()["resources"].keys() == {"requests", "limits"}
    (secret,) = [entry for entry in container()["env"] if entry["name"] == "STREAMLIT_SERVER_COOKIE_SECRET"]
    reference = secret["valueFrom"]["secretKeyRef"]
    assert reference["name"] == manifest("Secret")["metadata"]["name"]
    assert reference["key"] in manifest("Secret")["stringData"]


def test_the_secret_s_example_is_not_applied_with_the_rest():
    assert "Secret" not in {read_yaml(path)["kind"] for path in KUBERNETES.glob("*.yaml")}


def test_the_dockerfile_is_without_complaint():
    if not HADOLINT.exists():
        pytest.skip("there is no hadolint for this machine")
    linted = subprocess.run([HADOLINT, DEPLOY / "Dockerfile"], capture_output=True, text=True, check=False)
    assert (linted.stdout, linted.returncode) == ("", 0)


def test_the_image_runs_as_another_user_than_root():
    users = [rest for name, rest in dockerfile() if name == "USER"]
    assert users == [str(manifest("Deployment")["spec"]["template"]["spec"]["securityContext"]["runAsUser"])]
    assert {"HEALTHCHECK", "CMD"} <= {name for name, _ in dockerfile()}


def test_the_image_holds_what_runs_and_nothing_else(tmp_path):
    copy_image_files(tmp_path)
    assert {path.name for path in tmp_path.iterdir()} == {
        ".streamlit",
        "app.py",
        "core",
        "pages",
        "requirements.lock",
        "ui",
    }
    assert (DEPLOY / "Dockerfile.dockerignore").read_text(encoding="utf-8").splitlines()[0] in {"*", "**"}


def test_the_image_installs_the_lock_and_nothing_else():
    installs = [rest for name, rest in dockerfile() if name == "RUN" and "pip install" in rest]
    (install,) = installs
    assert install.split(" && ")[0].strip() == "pip install --require-hashes --requirement requirements.lock"


def run_instruction(word, folder, tools):
    """Run the one RUN of the Dockerfile with `word` in a folder, with other programs in place of some."""
    (command,) = [rest for name, rest in dockerfile() if name == "RUN" and word in rest]
    programs = folder / "programs"
    programs.mkdir()
    for name, script in tools.items():
        (programs / name).write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
        (programs / name).chmod(0o755)
    path = os.pathsep.join([str(programs), os.environ.get("PATH", os.defpath)])
    command = command.replace("/usr/local/lib", str(folder / "lib"))
    shell = ["sh", "-c", command]
    subprocess.run(shell, cwd=folder, env={"PATH": path}, check=True)


def make_files(folder, *names):
    for name in names:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).touch()


def files_in(folder):
    return {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()}


def test_the_image_is_without_the_tests_of_packages(tmp_path):
    kept = {"a/__init__.py", "a/tests.py", "c/nbextension/__init__.py"}
    left_out = {"a/tests/b.py", "a/d/tests/e/f.py", "c/nbextension/static/g.js", "h/labextension/static/i.js"}
    make_files(tmp_path / "lib", *kept, *left_out)
    run_instruction("pip install", tmp_path, {"pip": "exit 0"})
    assert files_in(tmp_path / "lib") == kept


def test_the_image_has_the_standard_library_compiled(tmp_path):
    library = tmp_path / "library"
    make_files(library, "a.py", "b/__init__.py", "site-packages/c.py")
    python = f'[ "$1" = -c ] && echo {library} || exec {sys.executable} "$@"'
    run_instruction("stdlib", tmp_path, {"python": python})
    compiled = {Path(name).name.split(".")[0] for name in files_in(library) if name.endswith(".pyc")}
    assert compiled == {"a", "__init__"}


def test_the_image_can_be_read_where_the_files_are_their_owner_s_alone(tmp_path):
    make_files(tmp_path, "app.py", "core/a.py", "pages/b.py", "ui/c/d.py")
    for path in sorted(tmp_path.rglob("*"), reverse=True):
        path.chmod(0o700 if path.is_dir() else 0o600)
    run_instruction("useradd", tmp_path, {"useradd": "exit 0", "python": f'exec {sys.executable} "$@"'})
    for path in tmp_path.rglob("*"):
        needed = 0o055 if path.is_dir() else 0o044
        assert path.stat().st_mode & needed == needed, path


def test_compose_names_files_and_servers_that_are_there():
    services = read_yaml(DEPLOY / "compose.yaml")["services"]
    apps = {name for name, service in services.items() if "build" in service}
    assert len(apps) == 2
    for name in apps:
        build = services[name]["build"]
        context = (DEPLOY / build["context"]).resolve()
        assert context == ROOT
        assert (context / build["dockerfile"]).is_file()
        assert services[name]["read_only"]
        # A first process is ended by no signal that it does not handle, as Python while it starts.
        assert services[name]["init"]
    nginx = services["nginx"]
    # The image has a health check.
    assert nginx["depends_on"] == {name: {"condition": "service_healthy"} for name in apps}
    source, target, mode = nginx["volumes"][0].split(":")
    assert (DEPLOY / source).is_file()
    assert (target, mode) == ("/etc/nginx/nginx.conf", "ro")
    configuration = (DEPLOY / "nginx.conf").read_text(encoding="utf-8")
    assert set(re.findall(r"server (\w+):8501", configuration)) == apps
    (published,) = nginx["ports"]
    assert f"listen {published.split(':')[1]};" in configuration


def test_nginx_takes_what_an_upload_may_have():
    limit = f"{config()['server']['maxUploadSize'] + FORM_MEGABYTES}m"
    assert f"client_max_body_size {limit};" in (DEPLOY / "nginx.conf").read_text(encoding="utf-8")


def test_every_container_is_limited_alike_and_comes_back():
    services = read_yaml(DEPLOY / "compose.yaml")["services"]
    limits = {name: service["deploy"]["resources"]["limits"] for name, service in services.items()}
    pod = container()["resources"]["limits"]
    assert limits["app1"] == limits["app2"] == {"cpus": pod["cpu"], "memory": f"{BUDGET.limit_mebibytes}m"}
    assert pod["memory"] == f"{BUDGET.limit_mebibytes}Mi"
    assert limits["nginx"].keys() == {"cpus", "memory"}
    assert {service["restart"] for service in services.values()} == {"unless-stopped"}


def test_the_limit_of_memory_is_the_sum_of_what_is_described():
    assert limit_table(BUDGET) in (DEPLOY / "README.md").read_text(encoding="utf-8")
    assert BUDGET.megabytes * 1_000_000 <= BUDGET.limit_mebibytes * MEBIBYTE
    # In memory with Compose.
    (mount,) = read_yaml(DEPLOY / "compose.yaml")["services"]["app1"]["tmpfs"]
    assert mount.endswith(f":size={BUDGET.uploading}m")
    (volume,) = manifest("Deployment")["spec"]["template"]["spec"]["volumes"]
    assert volume["emptyDir"] == {"sizeLimit": f"{BUDGET.uploading}Mi"}


def test_messages_are_as_large_as_what_a_page_sends():
    server = config()["server"]
    # A table to be edited: its text, and for each cell where it begins.
    assert server["maxMessageSize"] * 1_000_000 > MAX_BYTES + 8 * MAX_EDITED_CELLS
    assert server["maxMessageSize"] * 1_000_000 > MAX_RUN_FILM_BYTES
    # A visitor who sends a half of one takes no more than another.
    assert server["maxMessageSize"] < BUDGET.visitor
    assert server["maxWidgetStateSize"] * 1_000_000 > 10 * MAX_LINK


def test_compose_takes_the_file():
    check_schema("compose-spec", DEPLOY / "compose.yaml")


@pytest.mark.parametrize("image", IMAGES)
def test_images_are_pinned_by_digest(image):
    assert re.fullmatch(r"[\w-]+:[\w.-]+@sha256:[0-9a-f]{64}", image)


def test_hugging_face_reads_the_front_matter():
    text = (DEPLOY / "huggingface" / "README.md").read_text(encoding="utf-8")
    empty, front, body = text.split("---\n", 2)
    settings = yaml.safe_load(front)
    assert empty == ""
    assert body.strip()
    assert settings["sdk"] == "docker"
    assert f"{settings['app_port']}" in [rest for name, rest in dockerfile() if name == "EXPOSE"]
    assert len(settings["short_description"]) <= 60


def test_community_cloud_finds_what_it_reads():
    for name in ("app.py", "requirements.txt", ".streamlit/config.toml"):
        assert (ROOT / name).is_file()
    pins = (ROOT / "requirements.txt").read_text(encoding="utf-8").splitlines()
    assert all(re.fullmatch(r"[\w-]+==[\d.]+(; sys_platform != \"win32\")?", pin) for pin in pins)
    assert config()["client"]["showErrorDetails"] == "none"
    assert config()["browser"]["gatherUsageStats"] is False


def test_the_image_greets_nobody():
    # The greeting looks up the server's public address on the internet.
    assert image_environment()["STREAMLIT_LOGGER_HIDE_WELCOME_MESSAGE"] == "true"
