"""What deploy/ says, held against what the code offers: commands, settings, metrics, queues, versions."""

import json
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from importlib.metadata import distribution
from pathlib import Path
from typing import Any

import click
import pytest
import redis
import yaml
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from worker.cli.main import cli
from worker.embedded import start_redis
from worker.inbox import Inbox
from worker.metrics import Metrics
from worker.settings import Settings
from worker.tasks import QUEUES, configuration

ROOT = Path(__file__).parent.parent
DEPLOY = ROOT / "deploy"
HAND_BACK_SECONDS = 10


def documents() -> Iterator[dict[str, Any]]:
    for path in sorted((DEPLOY / "kubernetes").glob("*.yaml")):
        yield from yaml.safe_load_all(path.read_text(encoding="utf-8"))


OBJECTS = {(o["kind"], o["metadata"]["name"]): o for o in documents()}
PODS = {
    name: o["spec"]["template"]["spec"] for (kind, name), o in OBJECTS.items() if kind in {"Deployment", "StatefulSet"}
}
OUR_PODS = {name: pod for name, pod in PODS.items() if pod["containers"][0]["image"] == "calcifhir"}
COMPOSE = yaml.safe_load((ROOT / "docker-compose.yml").read_text(encoding="utf-8"))["services"]


def test_kustomize_lists_every_manifest_and_nothing_that_is_missing() -> None:
    kustomization = yaml.safe_load((DEPLOY / "kustomization.yaml").read_text(encoding="utf-8"))
    assert set(kustomization["resources"]) == {f"kubernetes/{p.name}" for p in (DEPLOY / "kubernetes").glob("*.yaml")}
    files = [file for generator in kustomization["configMapGenerator"] for file in generator["files"]]
    assert not [file for file in files if not (DEPLOY / file).is_file()]


@pytest.mark.parametrize("name", OUR_PODS)
def test_every_pod_runs_a_command_that_the_command_line_offers(name: str) -> None:
    command, *arguments = OUR_PODS[name]["containers"][0]["args"]
    offered = cli.get_command(click.Context(cli), command)
    assert offered
    offered.make_context(command, list(arguments), parent=click.Context(cli))


def test_the_same_parts_run_on_one_machine_and_on_many() -> None:
    ours = {name for name, service in COMPOSE.items() if service["image"].startswith("calcifhir:")}
    assert set(OUR_PODS) == ours
    for name in ours:
        assert OUR_PODS[name]["containers"][0]["args"][0] == COMPOSE[name]["command"][0]
    assert PODS["redis"]["containers"][0]["image"] == COMPOSE["redis"]["image"]


def test_the_settings_of_the_cluster_are_settings_that_we_read() -> None:
    given = OBJECTS["ConfigMap", "settings"]["data"]
    known = {f"CALCIFHIR_{name.upper()}" for name in Settings.__dataclass_fields__} | {"CALCIFHIR_EHR_URL"}
    assert {name.removesuffix("_FILE") for name in given} <= known
    assert set(given) == set(COMPOSE["decide"]["environment"])


@pytest.mark.parametrize("name", PODS)
def test_no_pod_has_more_rights_than_it_needs(name: str) -> None:
    pod = PODS[name]
    assert pod["automountServiceAccountToken"] is False
    assert pod["securityContext"]["runAsNonRoot"] is True
    assert pod["securityContext"]["runAsUser"] > 0
    for container in pod["containers"]:
        rights = container["securityContext"]
        assert rights["readOnlyRootFilesystem"]
        assert not rights["allowPrivilegeEscalation"]
        assert rights["capabilities"] == {"drop": ["ALL"]}


@pytest.mark.parametrize("name", PODS)
def test_every_pod_is_asked_whether_it_lives_and_has_a_bound_on_its_memory(name: str) -> None:
    for container in PODS[name]["containers"]:
        assert container["livenessProbe"]
        assert container["resources"]["limits"]["memory"]


@pytest.mark.parametrize("name", OUR_PODS)
def test_a_stop_waits_longer_than_the_longest_piece_of_work(name: str) -> None:
    # A task is killed at its hard limit, which lies inside the lease; some seconds more to hand back.
    lease_seconds = Settings("redis://x", "http://x").lease_seconds
    assert OUR_PODS[name]["terminationGracePeriodSeconds"] >= lease_seconds + HAND_BACK_SECONDS


def test_each_queue_is_scaled_by_the_length_of_its_own_list(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CALCIFHIR_REDIS_URL", "redis://redis:6379/0")
    monkeypatch.setenv("CALCIFHIR_EHR_URL", "http://ehr:8080/fhir")
    scaled = {name: o["spec"] for (kind, name), o in OBJECTS.items() if kind == "ScaledObject"}
    assert set(scaled) == set(QUEUES)
    prefix = configuration()["broker_transport_options"]["global_keyprefix"]
    for queue, spec in scaled.items():
        assert spec["scaleTargetRef"]["name"] == queue
        assert ("Deployment", queue) in OBJECTS
        assert spec["minReplicaCount"] >= 1
        assert [trigger["metadata"]["listName"] for trigger in spec["triggers"]] == [prefix + queue]


@pytest.fixture(scope="module")
def metric_names(tmp_path_factory: pytest.TempPathFactory) -> set[str]:
    """Every name that /metrics may show, with the suffixes that Prometheus adds."""
    with start_redis(tmp_path_factory.mktemp("redis")) as server, redis.Redis.from_url(server.url) as client:
        text = Metrics().render(Inbox(client, "calcifhir:"), lambda: {"decide": 0})
    types = re.findall(r"^# TYPE (\w+) (\w+)$", text, re.MULTILINE)
    return {name if kind != "counter" or name.endswith("_total") else f"{name}_total" for name, kind in types} | {"up"}


def metrics_in(expression: str) -> set[str]:
    return set(re.findall(r"\b(?:calcifhir_\w+|up)\b(?=[{\[)\s]|$)", expression))


def test_every_alarm_watches_a_metric_that_exists_and_says_what_to_do(metric_names: set[str]) -> None:
    groups = yaml.safe_load((DEPLOY / "prometheus/alerts.yml").read_text(encoding="utf-8"))["groups"]
    rules = [rule for group in groups for rule in group["rules"]]
    assert rules
    for rule in rules:
        assert metrics_in(rule["expr"]), rule["alert"]
        assert metrics_in(rule["expr"]) <= metric_names, rule["alert"]
        assert rule["labels"]["severity"] in {"page", "ticket"}
        assert {"summary", "action"} <= set(rule["annotations"])


def test_every_alarm_is_in_the_runbook() -> None:
    groups = yaml.safe_load((DEPLOY / "prometheus/alerts.yml").read_text(encoding="utf-8"))["groups"]
    runbook = (ROOT / "docs/runbook.md").read_text(encoding="utf-8")
    assert not [rule["alert"] for group in groups for rule in group["rules"] if f"`{rule['alert']}`" not in runbook]


def test_every_panel_shows_a_metric_that_exists(metric_names: set[str]) -> None:
    dashboard = json.loads((DEPLOY / "grafana/dashboards/calcifhir.json").read_text(encoding="utf-8"))
    expressions = [target["expr"] for panel in dashboard["panels"] for target in panel["targets"]]
    assert expressions
    assert set().union(*map(metrics_in, expressions)) <= metric_names
    assert len({panel["id"] for panel in dashboard["panels"]}) == len(dashboard["panels"])


def test_prometheus_asks_the_door_where_it_listens() -> None:
    config = yaml.safe_load((DEPLOY / "prometheus/prometheus.yml").read_text(encoding="utf-8"))
    (job,) = config["scrape_configs"]
    port = COMPOSE["intake"]["command"][COMPOSE["intake"]["command"].index("--port") + 1]
    assert job["static_configs"] == [{"targets": [f"intake:{port}"]}]
    assert config["rule_files"] == ["alerts.yml"]


def pinned() -> dict[str, str]:
    lines = (DEPLOY / "constraints.txt").read_text(encoding="utf-8").splitlines()
    return dict(line.split("==") for line in lines if line and not line.startswith("#"))


def needed(name: str, extras: tuple[str, ...] = ()) -> Iterator[Requirement]:
    for text in distribution(name).requires or ():
        requirement = Requirement(text)
        if requirement.marker is None or any(requirement.marker.evaluate({"extra": e}) for e in ("", *extras)):
            yield requirement


def test_the_image_is_built_from_pinned_versions_of_everything_that_is_needed() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    waiting = [Requirement(text) for text in project["dependencies"] + project["optional-dependencies"]["pdf"]]
    versions, seen = pinned(), set[tuple[str, str]]()
    while waiting:
        requirement = waiting.pop()
        name = canonicalize_name(requirement.name)
        assert name in versions, f"{name} is not in deploy/constraints.txt"
        assert requirement.specifier.contains(versions[name], prereleases=True), f"{requirement} is not met"
        asked = (name, ",".join(sorted(requirement.extras)))
        # What another release of it needs says nothing about the pinned one.
        if asked not in seen and distribution(name).version == versions[name]:
            seen.add(asked)
            waiting += needed(name, tuple(requirement.extras))


def test_the_image_does_not_run_as_root_and_gets_its_signals() -> None:
    text = (DEPLOY / "Dockerfile").read_text(encoding="utf-8")
    stages = text.split("\nFROM ")
    final = next(stage for stage in stages if " AS calcifhir\n" in stage)
    assert re.search(r"^USER \d+:\d+$", final, re.MULTILINE)
    assert re.search(r'^ENTRYPOINT \["calcifhir"\]$', final, re.MULTILINE)
    assert "HEALTHCHECK" in final
    assert not re.search(r"^ADD |curl .*\| *sh", text, re.MULTILINE)


def test_what_the_image_copies_is_not_ignored() -> None:
    allowed = [
        line[1:] for line in (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines() if line.startswith("!")
    ]
    copied = re.findall(r"^COPY (?!--from)(.+) \S+$", (DEPLOY / "Dockerfile").read_text(encoding="utf-8"), re.MULTILINE)
    sources = [source for line in copied for source in line.split()]
    assert sources
    assert not [s for s in sources if not (ROOT / s).exists()]
    assert not [s for s in sources if not any(s == a or s.startswith(f"{a}/") for a in allowed)]


def test_the_pre_commit_hooks_are_well_formed() -> None:
    check = [sys.executable, "-m", "pre_commit", "validate-config", ROOT / ".pre-commit-config.yaml"]
    done = subprocess.run(check, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
