"""Celery's settings, each of which answers a known way to lose work; and the brokers that are refused."""

import re
from pathlib import Path
from typing import Any

import kombu
import pytest

from worker.broker import QUEUES, celery_settings, own_queue, refuse_unfit_broker
from worker.embedded import EmbeddedRedis
from worker.errors import SettingsError
from worker.settings import Settings
from worker.tasks import app

ENV = {"CALCIFHIR_REDIS_URL": "redis://127.0.0.1:1/0", "CALCIFHIR_EHR_URL": "http://127.0.0.1:1/fhir"}


def site(**more: str) -> Settings:
    return Settings.from_env(ENV | {f"CALCIFHIR_{name}": value for name, value in more.items()})


@pytest.fixture
def configured(monkeypatch: pytest.MonkeyPatch) -> Any:
    """What Celery makes of our settings, read through an application of its own."""
    for name, value in ENV.items():
        monkeypatch.setenv(name, value)
    fresh = type(app)("as-configured", set_as_current=False)
    fresh.add_defaults(lambda: celery_settings(site()))
    return fresh.conf


@pytest.mark.parametrize(
    ("name", "value"),
    [
        # Early acknowledgement loses what runs at a crash; late alone acknowledges when the child dies.
        ("task_acks_late", True),
        ("task_reject_on_worker_lost", True),
        # Neither a failure nor a time limit may put the bell back: the inbox counts and parks.
        ("task_acks_on_failure", True),
        ("task_acks_on_timeout", True),
        # Waiting is done in the inbox, not in a worker's memory; more prefetched bells are more lost at a kill.
        ("worker_prefetch_multiplier", 1),
        ("task_publish_retry", False),
        # A broker that is away is waited for as long as it takes, from the first second on.
        ("broker_connection_max_retries", None),
        ("broker_connection_retry_on_startup", True),
        ("broker_channel_error_retry", True),
        # No results, so that no second truth and no data of patients lies there.
        ("result_backend", None),
        ("task_ignore_result", True),
        ("task_store_errors_even_if_ignored", False),
        # Nothing but JSON is read or written.
        ("task_serializer", "json"),
        ("accept_content", ["json"]),
        ("result_accept_content", ["json"]),
        # Nothing of a task's arguments goes into events or borrowed logs.
        ("worker_send_task_events", False),
        ("task_send_sent_event", False),
        ("worker_hijack_root_logger", False),
        ("worker_redirect_stdouts", False),
        ("enable_utc", True),
    ],
)
def test_celery_is_told(configured: Any, name: str, value: Any) -> None:
    assert configured[name] == value


def test_children_are_renewed_before_they_leak_and_not_too_often(configured: Any) -> None:
    assert 500 <= configured.worker_max_tasks_per_child <= 10_000
    assert 150_000 <= configured.worker_max_memory_per_child <= 500_000


def test_publishing_never_waits_for_ever(configured: Any) -> None:
    assert 0 < configured.broker_pool_acquire_timeout <= 5
    assert 0 < configured.broker_connection_timeout <= 5
    options = configured.broker_transport_options
    assert 0 < options["socket_connect_timeout"] <= 5
    assert 0 < options["socket_timeout"] <= 30
    assert options["socket_keepalive"]
    assert 0 < options["health_check_interval"] <= 25


@pytest.mark.parametrize("lease", ["2", "30", "600"])
def test_a_task_ends_before_its_lease_and_its_bell_comes_back_long_after(lease: str) -> None:
    found = celery_settings(site(LEASE_SECONDS=lease))
    assert found["task_soft_time_limit"] < found["task_time_limit"] < float(lease)
    assert found["broker_transport_options"]["visibility_timeout"] >= 3 * found["task_time_limit"]
    assert found["worker_soft_shutdown_timeout"] <= found["task_time_limit"]


def test_lost_bells_are_looked_for_at_each_turn(configured: Any) -> None:
    options = configured.broker_transport_options
    assert (options["unacked_restore_interval"], options["unacked_restore_throttle"]) == (10, 1)


def test_every_kind_of_work_has_a_queue_of_its_own(configured: Any) -> None:
    assert {name: route["queue"] for name, route in configured.task_routes.items()} == {
        f"calcifhir.{queue}": queue for queue in QUEUES
    }


def test_the_clock_rings_the_sweep_and_every_queue_and_no_bell_outlives_its_use(configured: Any) -> None:
    schedule = configured.beat_schedule
    queues = {entry["args"][0] for entry in schedule.values() if entry["task"] == "calcifhir.heartbeat"}
    assert queues == set(QUEUES)
    for entry in schedule.values():
        assert entry["schedule"] < entry["options"]["expires"]
        assert entry["task"] in app.tasks


def test_no_task_carries_anything_but_ids_and_no_task_uses_celerys_own_waiting() -> None:
    sources = [path.read_text("utf-8") for path in (Path(__file__).parents[2] / "worker").rglob("*.py")]
    edge = [source for source in sources if re.search(r"^(?:from|import) (?:celery|kombu)\b", source, re.MULTILINE)]
    assert edge
    for source in edge:
        assert not re.search(r"\b(?:countdown|eta)=|autoretry_for|\.retry\(|\b(?:chord|chain|group)\(", source)
    assert not [source for source in sources if re.search(r"^(?:from|import) pickle\b", source, re.MULTILINE)]


def test_the_broker_is_the_inboxs_redis_under_a_prefix_of_its_own_unless_one_is_named() -> None:
    found = celery_settings(site())
    assert found["broker_url"] == ENV["CALCIFHIR_REDIS_URL"]
    assert found["broker_transport_options"]["global_keyprefix"] == "calcifhir:broker:"


def test_rabbitmq_gets_quorum_queues_and_says_when_it_has_a_bell() -> None:
    found = celery_settings(site(BROKER_URL="amqp://guest@rabbit//"))
    assert found["broker_url"] == "amqp://guest@rabbit//"
    assert found["task_default_queue_type"] == found["task_create_missing_queue_type"] == "quorum"
    assert found["broker_transport_options"] == {"confirm_publish": True}


def test_sentinels_are_told_to_kombu_one_by_one_with_the_masters_name_beside_them() -> None:
    found = celery_settings(site(BROKER_URL="sentinel://one:1,two:2/0?master=mine"))
    assert found["broker_url"] == "sentinel://one:1/0;sentinel://two:2/0"
    assert found["broker_transport_options"]["master_name"] == "mine"
    with kombu.Connection(found["broker_url"], transport_options=found["broker_transport_options"]) as connection:
        assert [kombu.utils.url.parse_url(url)["port"] for url in connection.alt] == [1, 2]


def test_sockets_and_tls_are_said_as_kombu_wants_them() -> None:
    assert celery_settings(site(REDIS_URL="unix:///run/redis.sock?db=0"))["broker_url"].startswith("redis+socket:///")
    assert celery_settings(site(REDIS_URL="rediss://r/0"))["broker_use_ssl"]["ssl_cert_reqs"].name == "CERT_REQUIRED"


@pytest.mark.parametrize("url", ["filesystem://", "sqla+sqlite:///b.db", "memory://", "http://broker"])
def test_a_broker_that_loses_what_runs_is_refused(url: str) -> None:
    with pytest.raises(SettingsError, match="CALCIFHIR_BROKER_URL"):
        site(BROKER_URL=url)


def test_a_workers_own_queue_goes_when_nobody_uses_it() -> None:
    queue = own_queue("one@host")
    assert queue.name.endswith("one@host")
    assert queue.expires
    assert queue.exchange.name == ""


def test_a_redis_cluster_is_refused_as_broker(tmp_path: Path) -> None:
    server = EmbeddedRedis(tmp_path, options=("--cluster-enabled", "yes"))
    server.start()
    try:
        with pytest.raises(SettingsError, match="Redis Cluster"):
            refuse_unfit_broker(site(BROKER_URL=server.url))
    finally:
        server.stop()


def test_one_server_is_taken_and_one_that_is_away_is_waited_for(redis_server: EmbeddedRedis) -> None:
    refuse_unfit_broker(site(REDIS_URL=redis_server.url))
    refuse_unfit_broker(site())
    refuse_unfit_broker(site(BROKER_URL="amqp://guest@127.0.0.1:1//"))
