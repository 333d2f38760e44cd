"""The files of a deployment: read by the tools that know them, and compared with one another and with the server."""

import re
import subprocess
import sys
from pathlib import Path

import yaml
from streamlit.web.server.starlette import starlette_server

from deploy.health import PORT, address
from tests.deploy.image import ROOT, command, copied, environment, instructions, unpack, value

DEPLOY = ROOT / "deploy"
TOOLS = Path(sys.executable).parent
COMPOSE = yaml.safe_load((DEPLOY / "compose.yaml").read_text(encoding="utf-8"))
CLUSTER = {one["kind"]: one for one in yaml.safe_load_all((DEPLOY / "kubernetes.yaml").read_text(encoding="utf-8"))}
CONTAINER = CLUSTER["Deployment"]["spec"]["template"]["spec"]["containers"][0]
PROXY = (DEPLOY / "nginx.conf").read_text(encoding="utf-8")


def passes(*order):
    done = subprocess.run([str(one) for one in order], capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_formats_tools_find_no_fault():
    passes(TOOLS / "hadolint", "--no-color", ROOT / "Dockerfile")
    passes(TOOLS / "check-jsonschema", "--builtin-schema", "vendor.compose-spec", DEPLOY / "compose.yaml")
    passes(TOOLS / "kubernetes-validate", "--strict", "--quiet", DEPLOY / "kubernetes.yaml")


def test_the_image_holds_what_the_server_needs_and_nothing_else(tmp_path):
    sources = [source for source, _ in copied()]
    locks = ["deploy/torch.lock", "deploy/requirements.lock"]
    assert [str(one.relative_to(ROOT)) for one in sources if one.suffix == ".lock"] == locks
    allowed = (ROOT / ".dockerignore").read_text(encoding="utf-8").split("*\n", 1)[1].splitlines()
    for source in sources:
        name = str(source.relative_to(ROOT))
        assert name in locks or source.exists(), name
        assert {f"!{name}", f"!deploy/*{source.suffix}"} & set(allowed), name
    # From these files alone the replicas of tests/browser/test_replicas.py run.
    unpack(tmp_path)
    assert {one.name for one in tmp_path.iterdir()} == {"app.py", "health.py", "explorer", ".streamlit"}


def test_torch_in_the_image_is_the_one_of_the_requirements():
    (wanted,) = re.findall(r"^torch==(\S+)", (ROOT / "requirements.txt").read_text(encoding="utf-8"), re.MULTILINE)
    (locked,) = re.findall(r"^torch==(\S+) \\$", (DEPLOY / "torch.lock").read_text(encoding="utf-8"), re.MULTILINE)
    assert locked == f"{wanted}+cpu"
    installs = " ".join(rest for name, rest in instructions() if name == "RUN")
    assert installs.count("install ") == installs.count("--require-hashes") + installs.count("uninstall ") == 3


def test_the_container_is_confined():
    assert value("USER") == "10001:10001"
    assert environment()["HOME"] == "/tmp"
    stages = [rest for name, rest in instructions() if name == "FROM"]
    assert len(stages) == 2  # what builds is left behind
    for name, service in COMPOSE["services"].items():
        assert service["read_only"], name
        assert service["cap_drop"] == ["ALL"]
        assert service["security_opt"] == ["no-new-privileges:true"]
        assert service["tmpfs"] == ["/tmp:size=64m,mode=1777"]
        assert {"mem_limit", "cpus", "pids_limit", "restart"} <= set(service)
    pod, own = CLUSTER["Deployment"]["spec"]["template"]["spec"], CONTAINER["securityContext"]
    assert pod["securityContext"]["runAsNonRoot"]
    assert f"{pod['securityContext']['runAsUser']}:{pod['securityContext']['runAsGroup']}" == value("USER")
    assert own == {"allowPrivilegeEscalation": False, "readOnlyRootFilesystem": True, "capabilities": {"drop": ["ALL"]}}
    assert [one["mountPath"] for one in CONTAINER["volumeMounts"]] == ["/tmp"]


def test_every_file_speaks_of_the_same_port_and_health():
    health = address().partition(str(PORT))[2]
    assert value("EXPOSE") == str(PORT)
    assert f"--server.port={PORT}" in command()
    assert command()[:3] == ["streamlit", "run", "app.py"]
    assert value("HEALTHCHECK").endswith('CMD ["python", "health.py"]')
    assert CONTAINER["ports"] == [{"name": "http", "containerPort": PORT}]
    for probe in ("startupProbe", "readinessProbe", "livenessProbe"):
        assert CONTAINER[probe]["httpGet"] == {"path": health, "port": "http"}
    replicas = [name for name, one in COMPOSE["services"].items() if "build" in one]
    assert re.findall(rf"server (\w+):{PORT};", PROXY) == replicas == sorted(COMPOSE["services"]["proxy"]["depends_on"])
    (listens,) = re.findall(r"listen (\d+);", PROXY)
    assert COMPOSE["services"]["proxy"]["ports"][0].endswith(f":{listens}")


def test_a_setting_of_the_operator_is_one_that_the_server_knows():
    names = {name for service in COMPOSE["services"].values() for name in service.get("environment", {})}
    names |= {one["name"] for one in CONTAINER["env"]}
    assert names == {"FRAME_ANCESTORS", "STREAMLIT_SERVER_BASE_URL_PATH"}
    assert 'os.environ.get("FRAME_ANCESTORS"' in (ROOT / "explorer" / "pages" / "server.py").read_text(encoding="utf-8")
    assert COMPOSE["services"]["one"]["environment"]["FRAME_ANCESTORS"] == "${FRAME_ANCESTORS:-'self'}"


def test_an_idle_page_is_pinged_before_the_proxy_gives_up():
    (seconds,) = {int(one) for one in re.findall(r"proxy_read_timeout (\d+)s;", PROXY)}
    interval, patience = starlette_server._get_websocket_settings()
    assert interval + patience < seconds
    annotations = CLUSTER["Ingress"]["metadata"]["annotations"]
    assert annotations["nginx.ingress.kubernetes.io/proxy-read-timeout"] == str(seconds)
    (largest,) = re.findall(r"client_max_body_size (\w+);", PROXY)
    assert annotations["nginx.ingress.kubernetes.io/proxy-body-size"] == largest


def test_an_update_never_takes_both_replicas():
    spec = CLUSTER["Deployment"]["spec"]
    assert spec["replicas"] == 2
    assert spec["strategy"]["rollingUpdate"] == {"maxUnavailable": 0, "maxSurge": 1}
    assert CLUSTER["PodDisruptionBudget"]["spec"]["minAvailable"] == 1
    labels = spec["template"]["metadata"]["labels"]
    assert (
        spec["selector"]["matchLabels"] == CLUSTER["PodDisruptionBudget"]["spec"]["selector"]["matchLabels"] == labels
    )
    assert CLUSTER["Service"]["spec"]["selector"] == labels
