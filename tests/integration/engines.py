"""Other engines than one Redis, where they are installed: RabbitMQ, and Redis behind sentinels."""

import os
import shutil
import signal
import socket
import subprocess
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
import redis

from worker.embedded import EmbeddedRedis, redis_server_path

_RABBIT = Path("/usr/lib/rabbitmq/bin/rabbitmq-server")


def free_port() -> int:
    """A TCP port on loopback that nobody uses now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def until(holds: Callable[[], bool], seconds: float, what: str) -> None:
    """Wait until something holds."""
    deadline = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < deadline, f"not so after {seconds:.0f} s: {what}"
        time.sleep(0.1)


@contextmanager
def rabbitmq(folder: Path) -> Iterator[str]:
    """One node; its URL. Skips where RabbitMQ is not installed."""
    if not _RABBIT.is_file() or shutil.which("epmd") is None:
        pytest.skip("rabbitmq-server is not installed (Debian package rabbitmq-server)")
    port, names = free_port(), free_port()
    folder.mkdir()
    env = {
        **{name: value for name, value in os.environ.items() if not name.startswith("RABBITMQ_")},
        "HOME": str(folder),
        "ERL_EPMD_PORT": str(names),
        "RABBITMQ_NODENAME": "calcifhir-test@localhost",
        "RABBITMQ_NODE_IP_ADDRESS": "127.0.0.1",
        "RABBITMQ_NODE_PORT": str(port),
        "RABBITMQ_DIST_PORT": str(free_port()),
        "RABBITMQ_MNESIA_BASE": str(folder / "data"),
        "RABBITMQ_LOG_BASE": str(folder / "log"),
        "RABBITMQ_ENABLED_PLUGINS_FILE": str(folder / "plugins"),
        "RABBITMQ_CONF_ENV_FILE": str(folder / "none"),
        "RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS": "+S 1:1",
    }
    with (folder / "out").open("wb") as out:
        process = subprocess.Popen([_RABBIT], env=env, stdout=out, stderr=out, start_new_session=True)
    try:
        until(lambda: _listens(port), 60, "RabbitMQ listens")
        yield f"amqp://guest:guest@127.0.0.1:{port}//"
    finally:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        # It stays while it still believes in the node.
        until(lambda: _end_names(names, env), 20, "Erlang's name server ends")


def _end_names(port: int, env: dict[str, str]) -> bool:
    subprocess.run(["epmd", "-port", str(port), "-kill"], env=env, capture_output=True, check=False)
    return not _listens(port)


def _listens(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


@dataclass
class Group:
    """A master, a replica and the sentinel that watches them."""

    port: int
    servers: list[EmbeddedRedis]
    authority: Path | None = None

    @property
    def url(self) -> str:
        """As a site writes it."""
        plain = f"127.0.0.1:{self.port}/0?master=mine"
        return f"sentinels://{plain}&ssl_ca_certs={self.authority}" if self.authority else f"sentinel://{plain}"

    def master_port(self) -> int:
        """Where the sentinel says the master is now."""
        with redis.Redis(host="127.0.0.1", port=self.port) as client:
            return int(client.sentinel_get_master_addr_by_name("mine")[1])

    def replicas(self) -> int:
        """How many replicas the master itself knows of."""
        with redis.Redis(host="127.0.0.1", port=self.master_port()) as client:
            return int(client.info("replication")["connected_slaves"])

    def kill_master(self) -> int:
        """SIGKILL; the port it was at."""
        master = self._master()
        master.kill()
        return master.port

    @contextmanager
    def paused_master(self) -> Iterator[int]:
        """SIGSTOP, as if the network or the machine hung; it goes on afterwards, and thinks that it is master still."""
        master = self._master()
        os.kill(master.pid, signal.SIGSTOP)
        try:
            yield master.port
        finally:
            os.kill(master.pid, signal.SIGCONT)

    def _master(self) -> EmbeddedRedis:
        port = self.master_port()
        return next(server for server in self.servers if server.port == port)


@contextmanager
def sentinel_group(folder: Path) -> Iterator[Group]:
    """One master with one replica under one sentinel that fails over after two seconds; skips where there is none."""
    _need_sentinel()
    master = EmbeddedRedis(folder / "one")
    master.start()
    replica = EmbeddedRedis(folder / "two", options=("--replicaof", "127.0.0.1", str(master.port)))
    replica.start()
    group = Group(free_port(), [master, replica])
    with _watched(group, folder, [f"port {group.port}", f"sentinel monitor mine 127.0.0.1 {master.port} 1"]):
        until(lambda: _replicas(group.port) == 1, 30, "the sentinel has found the replica")
        yield group


@contextmanager
def sentinel_over_tls(folder: Path) -> Iterator[Group]:
    """One master and its sentinel, which speak TLS alone; skips where a part of that is not installed."""
    _need_sentinel()
    if shutil.which("openssl") is None:
        pytest.skip("openssl is not installed")
    folder.mkdir(parents=True)
    cert, key = folder / "cert.pem", folder / "key.pem"
    whom = ("-subj", "/CN=127.0.0.1", "-addext", "subjectAltName=IP:127.0.0.1", "-days", "2")
    made = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", *whom, "-keyout", str(key), "-out", str(cert)]
    subprocess.run(made, check=True, capture_output=True)
    files = {"tls-cert-file": cert, "tls-key-file": key, "tls-ca-cert-file": cert}
    port, own_port = free_port(), free_port()
    given = {**files, "tls-port": port, "tls-auth-clients": "no", "tls-replication": "yes"}
    master = EmbeddedRedis(folder / "one", options=tuple(part for n, v in given.items() for part in (f"--{n}", str(v))))
    master.start()
    group = Group(own_port, [master], cert)
    lines = [f"{name} {value}" for name, value in {**given, "tls-port": own_port, "port": 0}.items()]
    with _watched(group, folder, [*lines, f"sentinel monitor mine 127.0.0.1 {port} 1"]):
        yield group


def _need_sentinel() -> None:
    if shutil.which("redis-sentinel") is None:
        pytest.skip("redis-sentinel is not installed (Debian package redis-sentinel)")


@contextmanager
def _watched(group: Group, folder: Path, lines: Sequence[str]) -> Iterator[None]:
    """The sentinel runs; it and the servers end with the block."""
    timing = ["sentinel down-after-milliseconds mine 2000", "sentinel failover-timeout mine 4000"]
    conf = folder / "sentinel.conf"
    conf.write_text("\n".join(["bind 127.0.0.1", *lines, *timing]) + "\n", encoding="utf-8")
    command = [redis_server_path(), str(conf), "--sentinel", "--logfile", str(folder / "sentinel.log")]
    sentinel = subprocess.Popen(command, start_new_session=True)
    try:
        yield
    finally:
        sentinel.kill()
        sentinel.wait()
        for server in group.servers:
            server.kill()


def _replicas(port: int) -> int:
    try:
        with redis.Redis(host="127.0.0.1", port=port) as client:
            state = client.sentinel_master("mine")
    except redis.RedisError:
        return 0
    return int(state["num-slaves"])
