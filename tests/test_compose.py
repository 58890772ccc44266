"""docker-compose.yml as far as it can be checked without an engine: schema, commands, secrets, Redis."""

import os
import re
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click
import kombu
import pytest
import redis
import yaml
from redis.backoff import ConstantBackoff
from redis.retry import Retry

from worker.cli.main import cli
from worker.embedded import redis_server_path, start_redis
from worker.inbox import Inbox
from worker.settings import Settings
from worker.tasks import QUEUES

ROOT = Path(__file__).parent.parent
FILE = ROOT / "docker-compose.yml"
COMPOSE: dict[str, Any] = yaml.safe_load(FILE.read_text(encoding="utf-8"))
SERVICES: dict[str, dict[str, Any]] = COMPOSE["services"]
OURS = {name: s for name, s in SERVICES.items() if s["image"].startswith("calcifhir:")}
DOCKERFILE = (ROOT / "deploy/Dockerfile").read_text(encoding="utf-8")
VARIABLE = re.compile(r"\$\{(?P<name>\w+)(?::-(?P<default>[^}]*))?\}")
# Words that a value may be named after, but never be: the value itself stands in a file of its own.
SECRET_NAMES = re.compile(r"(?:PASSWORD|TOKEN|SECRET|SENDERS|LOGIN|REDIS_URL|BROKER_URL)$")


def substituted(text: str) -> str:
    return VARIABLE.sub(lambda m: m["default"] or "", str(text))


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def seconds_of(text: str) -> float:
    number, unit = re.fullmatch(r"(\d+)(s|m)", text).groups()  # type: ignore[union-attr]
    return int(number) * {"s": 1, "m": 60}[unit]


def test_it_follows_the_compose_specification() -> None:
    check = [Path(sys.executable).with_name("check-jsonschema"), "--builtin-schema", "vendor.compose-spec", FILE]
    done = subprocess.run(check, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("name", OURS)
def test_every_command_is_one_that_the_command_line_offers(name: str) -> None:
    command, *arguments = [substituted(part) for part in OURS[name]["command"]]
    context = click.Context(cli, info_name="calcifhir")
    offered = cli.get_command(context, command)
    assert offered
    offered.make_context(command, arguments, parent=context)  # raises UsageError on an unknown option or a bad value


def test_each_queue_has_a_worker_of_its_own() -> None:
    served = [s["command"][s["command"].index("--queues") + 1] for s in OURS.values() if s["command"][0] == "work"]
    assert sorted(served) == sorted(QUEUES)


def test_the_door_the_workers_and_the_clock_are_all_there() -> None:
    assert {s["command"][0] for s in OURS.values()} == {"serve", "work", "beat"}
    assert {"redis", "ehr", "flower"} <= set(SERVICES)


@pytest.mark.parametrize("name", SERVICES)
def test_every_part_comes_back_when_it_ends(name: str) -> None:
    assert SERVICES[name]["restart"] == "unless-stopped"
    assert SERVICES[name]["init"] is True


@pytest.mark.parametrize("name", SERVICES)
def test_every_part_is_asked_whether_it_is_well(name: str) -> None:
    check = SERVICES[name]["healthcheck"]
    assert check["test"][0] in {"CMD", "CMD-SHELL"}
    assert seconds_of(check["timeout"]) < seconds_of(check["interval"])


@pytest.mark.parametrize("name", SERVICES)
def test_every_image_is_pinned(name: str) -> None:
    tag = substituted(SERVICES[name]["image"]).rpartition(":")[2]
    assert re.search(r"\d+\.\d+", tag)


@pytest.mark.parametrize("name", SERVICES)
def test_nothing_runs_with_more_rights_than_it_needs(name: str) -> None:
    service = SERVICES[name]
    assert service["cap_drop"] == ["ALL"]
    assert "no-new-privileges:true" in service["security_opt"]
    assert service["read_only"] or name == "ehr"
    assert not service.get("privileged")


def test_our_images_do_not_run_as_root() -> None:
    assert {s["user"] for s in OURS.values()} == {"10001:10001"}
    assert "USER 10001:10001" in DOCKERFILE
    assert SERVICES["redis"]["user"] == "redis"


@pytest.mark.parametrize("name", OURS)
def test_a_stop_waits_longer_than_the_longest_piece_of_work(name: str) -> None:
    # A task is killed at its hard limit, which lies inside the lease; ten seconds more to hand back.
    assert seconds_of(OURS[name]["stop_grace_period"]) >= Settings("redis://x", "http://x").lease_seconds + 10


@pytest.mark.parametrize("name", SERVICES)
def test_no_secret_stands_in_the_file_or_in_a_command(name: str) -> None:
    environment = SERVICES[name].get("environment", {})
    assert not [key for key, value in environment.items() if SECRET_NAMES.search(key) and value]
    assert not re.search(r"requirepass|:[^/\s]{8,}@", " ".join(map(str, SERVICES[name].get("command", ()))))


def test_every_secret_is_a_file_that_one_command_makes(tmp_path: Path) -> None:
    subprocess.run(["/bin/sh", ROOT / "deploy/secrets.sh", tmp_path], check=True, capture_output=True)
    made = {path.name for path in tmp_path.iterdir()}
    assert {Path(substituted(s["file"])).name for s in COMPOSE["secrets"].values()} == made
    assert {name for s in SERVICES.values() for name in s.get("secrets", ())} == made


def test_making_the_secrets_again_keeps_them(tmp_path: Path) -> None:
    for _ in range(2):
        subprocess.run(["/bin/sh", ROOT / "deploy/secrets.sh", tmp_path], check=True, capture_output=True)
        urls = (tmp_path / "redis_url").read_text(encoding="utf-8")
    again = subprocess.run(["/bin/sh", ROOT / "deploy/secrets.sh", tmp_path], check=True, capture_output=True)
    assert (tmp_path / "redis_url").read_text(encoding="utf-8") == urls
    assert b"written" not in again.stdout


def test_the_settings_of_the_file_are_settings_that_we_read(tmp_path: Path) -> None:
    subprocess.run(["/bin/sh", ROOT / "deploy/secrets.sh", tmp_path], check=True, capture_output=True)
    environment = {key: substituted(value) for key, value in OURS["decide"]["environment"].items()}
    known = Settings.__dataclass_fields__
    unknown = {
        key for key in environment if key.removeprefix("CALCIFHIR_").removesuffix("_FILE").lower() not in known
    } - {"CALCIFHIR_EHR_URL"}
    assert not unknown
    mounted = {key: value.replace("/run/secrets", str(tmp_path)) for key, value in environment.items()}
    settings = Settings.from_env(mounted | {"CALCIFHIR_MAPPINGS": str(ROOT / "deploy/site")})
    assert settings.redis_url.startswith("redis://calcifhir:")
    assert list(settings.senders) == ["interface-engine"]


def test_the_example_names_every_variable_of_the_file_and_no_other() -> None:
    used = {match["name"]: match["default"] for match in VARIABLE.finditer(FILE.read_text(encoding="utf-8"))}
    lines = (ROOT / ".env.example").read_text(encoding="utf-8").splitlines()
    example = dict(line.split("=", 1) for line in lines if line and not line.startswith("#"))
    assert example == used


@pytest.fixture
def deployed_redis(tmp_path: Path) -> Iterator[str]:
    """Redis as compose starts it: the start script, the configuration, the secret. Gives the URL of its one user."""
    (tmp_path / "bin").mkdir()
    (tmp_path / "bin/redis-server").symlink_to(redis_server_path())
    port = free_port()
    url = f"redis://calcifhir:{'p' * 48}@127.0.0.1:{port}/0"
    (tmp_path / "redis_url").write_text(url + "\n", encoding="utf-8")
    env = {
        "PATH": f"{tmp_path / 'bin'}:{os.environ['PATH']}",
        "REDIS_URL_FILE": str(tmp_path / "redis_url"),
        "REDIS_USERS": str(tmp_path / "users.acl"),
        "REDIS_CONF": str(ROOT / "deploy/redis/redis.conf"),
    }
    start = ["/bin/sh", ROOT / "deploy/redis/start.sh", "--port", str(port), "--dir", str(tmp_path)]
    with (tmp_path / "redis.log").open("wb") as log, subprocess.Popen(start, env=env, stdout=log) as server:
        with redis.Redis.from_url(url, retry=Retry(ConstantBackoff(0.05), 200)) as client:
            client.ping()
        yield url
        server.terminate()


def test_redis_keeps_what_it_is_given_as_in_the_demo_and_the_tests(deployed_redis: str, tmp_path: Path) -> None:
    names = ("appendonly", "appendfsync", "maxmemory-policy", "save")
    with start_redis(tmp_path / "embedded") as embedded, redis.Redis.from_url(embedded.url) as client:
        in_the_demo = {name: client.config_get(name)[name] for name in names}
    with redis.Redis.from_url(deployed_redis) as client:
        assert {name: client.config_get(name)[name] for name in names} == in_the_demo
        Inbox(client, "calcifhir:").check_durable()


def test_the_one_user_of_redis_can_work_but_not_empty_or_change_it(deployed_redis: str) -> None:
    with redis.Redis.from_url(deployed_redis) as client:
        for command in (["FLUSHALL"], ["KEYS", "*"], ["CONFIG", "SET", "appendonly", "no"], ["SHUTDOWN"], ["MONITOR"]):
            with pytest.raises(redis.exceptions.NoPermissionError):
                client.execute_command(*command)
    with pytest.raises(redis.exceptions.AuthenticationError), redis.Redis.from_url(anonymous(deployed_redis)) as client:
        client.ping()


def test_the_one_user_of_redis_may_do_all_that_celery_does(deployed_redis: str) -> None:
    with kombu.Connection(deployed_redis) as connection, connection.SimpleQueue("decide") as queue:
        queue.put({"id": "1"})
        message = queue.get(timeout=5)
        message.ack()
        assert message.payload == {"id": "1"}


def anonymous(url: str) -> str:
    return re.sub(r"//.*@", "//", url)


def test_a_weak_redis_password_is_refused_by_name_of_the_file_alone(tmp_path: Path) -> None:
    secret = tmp_path / "redis_url"
    secret.write_text("redis://calcifhir:weakone@redis:6379/0\n", encoding="utf-8")
    start = ["/bin/sh", ROOT / "deploy/redis/start.sh"]
    env = {"PATH": os.environ["PATH"], "REDIS_URL_FILE": str(secret), "REDIS_USERS": str(tmp_path / "users.acl")}
    done = subprocess.run(start, env=env, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "redis_url" in done.stderr
    assert "weakone" not in done.stderr
