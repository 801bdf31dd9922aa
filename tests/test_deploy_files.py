"""The files in deploy/ are what their readers take: linters, schemas, and one another."""

import re
import subprocess
import sys
import tomllib
from pathlib import Path

import kubernetes_validate  # type: ignore[import-untyped]
import pytest
import yaml  # type: ignore[import-untyped]

from tests.browser.harness import ROOT
from tests.deploy.container import copy_image_files, image_environment, instructions

DEPLOY = ROOT / "deploy"
KUBERNETES = DEPLOY / "kubernetes"
MANIFESTS = sorted([*KUBERNETES.glob("*.yaml"), KUBERNETES / "secret.yaml.example"])
HADOLINT = Path(sys.executable).parent / "hadolint"
# What the form around an uploaded file may take.
FORM_MEGABYTES = 1


def read_yaml(path):
    return yaml.safe_load(path.read_text(encoding="utf-8"))


def manifest(kind):
    (found,) = [content for content in map(read_yaml, MANIFESTS) if content["kind"] == kind]
    return found


def container():
    (only,) = manifest("Deployment")["spec"]["template"]["spec"]["containers"]
    return only


def validate(content):
    kubernetes_validate.validate(content, kubernetes_validate.latest_version(), strict=True)


def dockerfile():
    return instructions((DEPLOY / "Dockerfile").read_text(encoding="utf-8"))


def config():
    return tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("path", MANIFESTS, ids=lambda path: path.name)
def test_kubernetes_takes_the_manifests(path):
    validate(read_yaml(path))


def test_a_misspelled_manifest_is_noticed():
    deployment = manifest("Deployment")
    deployment["spec"]["template"]["spec"]["containers"][0]["livenessProb"] = {}
    with pytest.raises(kubernetes_validate.ValidationError, match="livenessProb"):
        validate(deployment)


def test_the_manifests_name_one_another_rightly():
    name = manifest("Deployment")["metadata"]["name"]
    assert manifest("HorizontalPodAutoscaler")["spec"]["scaleTargetRef"]["name"] == name
    labels = manifest("Deployment")["spec"]["template"]["metadata"]["labels"]
    assert manifest("Service")["spec"]["selector"].items() <= labels.items()
    (rule,) = manifest("Ingress")["spec"]["rules"]
    (path,) = rule["http"]["paths"]
    service = manifest("Service")
    (port,) = service["spec"]["ports"]
    assert path["backend"]["service"] == {"name": service["metadata"]["name"], "port": {"name": port["name"]}}
    assert port["targetPort"] in {place["name"] for place in container()["ports"]}


def test_a_pod_has_no_rights_and_its_replicas_share_a_secret():
    spec = manifest("Deployment")["spec"]["template"]["spec"]
    assert spec["securityContext"]["runAsNonRoot"]
    assert spec["securityContext"]["runAsUser"] > 0
    assert container()["securityContext"]["readOnlyRootFilesystem"]
    assert container()["securityContext"]["capabilities"] == {"drop": ["ALL"]}
    for probe in ("readinessProbe", "livenessProbe"):
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
    assert installs == ["pip install --require-hashes --requirement requirements.lock"]


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
    nginx = services["nginx"]
    assert set(nginx["depends_on"]) == apps
    source, target, mode = nginx["volumes"][0].split(":")
    assert (DEPLOY / source).is_file()
    assert (target, mode) == ("/etc/nginx/nginx.conf", "ro")
    configuration = (DEPLOY / "nginx.conf").read_text(encoding="utf-8")
    assert set(re.findall(r"server (\w+):8501", configuration)) == apps
    (published,) = nginx["ports"]
    assert f"listen {published.split(':')[1]};" in configuration


def test_what_an_upload_may_have_is_the_same_everywhere():
    limit = f"{config()['server']['maxUploadSize'] + FORM_MEGABYTES}m"
    assert f"client_max_body_size {limit};" in (DEPLOY / "nginx.conf").read_text(encoding="utf-8")
    assert (
        manifest("Ingress")["metadata"]["annotations"]["nginx.ingress.kubernetes.io/proxy-body-size"] == limit
    )


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
