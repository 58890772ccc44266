"""
Celery's settings, each with its reason, for every broker that may carry the bells.

In: what the site chose. Out: the values of Celery's configuration; a broker that would not do is refused at start-up.
The broker carries ids alone and is believed nothing; ``docs/reliability.md`` answers what can go wrong with it, line by
line.
"""

import ssl
from typing import Any
from urllib.parse import urlsplit

import redis
from kombu.entity import Exchange, Queue

from worker.errors import SettingsError
from worker.redis_address import redis_client, sentinels_of
from worker.settings import Settings

__all__ = ["QUEUES", "celery_settings", "own_queue", "refuse_unfit_broker"]

# One queue per kind of work, so that a slow EHR does not hold up reading; a worker may serve one or all.
QUEUES = ("decide", "deliver", "sweep")
# How often every queue must show that bells come through, as a share of the time after which one is thought dead.
_HEARTBEAT_SHARE = 0.25
# Shares of the lease: the soft limit leaves time to note what happened, the hard one ends before another may claim.
_SOFT_SHARE, _HARD_SHARE = 0.6, 0.8
_LEAST_VISIBILITY_SECONDS = 120.0
_MOST_MEMORY_KILOBYTES = 400_000
_RABBIT = ("amqp", "amqps", "pyamqp")
_ASK_SECONDS = 2.0


def celery_settings(site: Settings) -> dict[str, Any]:
    """Everything that we set; what is left out has Celery's own default."""
    hard_seconds = site.lease_seconds * _HARD_SHARE
    return {
        **_broker(site),
        # pickle would be remote code for whoever can write to the broker.
        "task_serializer": "json",
        "accept_content": ["json"],
        "result_accept_content": ["json"],
        # The state of work is in the inbox; results would be a second truth and keep data nobody purges.
        "task_ignore_result": True,
        "task_store_errors_even_if_ignored": False,
        # The bell is acknowledged after the work: a killed worker's bell comes back without waiting for the sweep.
        "task_acks_late": True,
        "task_reject_on_worker_lost": True,
        # A task that failed or ran out of time has noted so in the inbox; its bell must not ring again by itself.
        "task_acks_on_failure": True,
        "task_acks_on_timeout": True,
        # More than one reserved bell per process gains nothing measurable here, loses more at a kill, starves others.
        "worker_prefetch_multiplier": 1,
        "task_soft_time_limit": site.lease_seconds * _SOFT_SHARE,
        "task_time_limit": hard_seconds,
        # A bound on leaks: as many bells, each for up to eight pieces of work; high enough that a new child is rare.
        "worker_max_tasks_per_child": 1000,
        "worker_max_memory_per_child": _MOST_MEMORY_KILOBYTES,
        # After a lost connection the running task cannot be acknowledged and its bell comes again; the claim keeps
        # both from doing the same, so the work in hand may go on.
        "worker_cancel_long_running_tasks_on_connection_loss": False,
        # SIGTERM: the grace that compose and Kubernetes give is longer than this; then what runs is handed back.
        "worker_soft_shutdown_timeout": hard_seconds,
        "task_routes": {f"calcifhir.{queue}": {"queue": queue} for queue in QUEUES},
        "task_default_queue": QUEUES[0],
        # Publishing must not hold up whoever rings: the sweep rings again.
        "task_publish_retry": False,
        "broker_pool_acquire_timeout": 2.0,
        "broker_connection_timeout": 2.0,
        # Workers wait for a broker that is away for as long as it takes, from the first second on.
        "broker_connection_retry_on_startup": True,
        "broker_connection_max_retries": None,
        # LOADING and READONLY are answers of a Redis that is starting or failing over: ask again.
        "broker_channel_error_retry": True,
        # Arguments are ids, and even those need not stand in events and logs.
        "worker_send_task_events": False,
        "worker_hijack_root_logger": False,
        "worker_redirect_stdouts": False,
        "enable_utc": True,
        "beat_schedule": _schedule(site),
    }


def _schedule(site: Settings) -> dict[str, Any]:
    """What beat rings. A bell that waited longer than the next one is of no use, and is dropped."""
    clock = {"queue": "sweep", "expires": max(10.0, 5 * site.sweep_seconds)}
    schedule = {"sweep": {"task": "calcifhir.sweep", "schedule": site.sweep_seconds, "options": clock}}
    pause = site.watchdog_seconds * _HEARTBEAT_SHARE
    for queue in QUEUES:
        schedule[f"heartbeat-{queue}"] = {
            "task": "calcifhir.heartbeat",
            "schedule": pause,
            "args": (queue,),
            "options": {"queue": queue, "expires": 2 * pause},
        }
    if site.probe_patient:
        options = {"queue": "deliver", "expires": 2 * site.probe_seconds}
        schedule["probe"] = {"task": "calcifhir.probe", "schedule": site.probe_seconds, "options": options}
    return schedule


def _broker(site: Settings) -> dict[str, Any]:
    url = site.broker_url or site.redis_url
    if urlsplit(url).scheme in _RABBIT:
        return _rabbitmq(url)
    options: dict[str, Any] = {
        "global_keyprefix": f"{site.key_prefix}broker:",
        # An unacknowledged bell comes back after this; prefetched waiting time counts, so well over a time limit.
        "visibility_timeout": max(_LEAST_VISIBILITY_SECONDS, 3 * site.lease_seconds),
        # Look for such bells every 10 s and not only each tenth time.
        "unacked_restore_interval": 10,
        "unacked_restore_throttle": 1,
        # A hung or vanished Redis must not hold a publisher or a consumer for ever.
        "socket_timeout": 10.0,
        "socket_connect_timeout": 2.0,
        "socket_keepalive": True,
        "health_check_interval": 10,
    }
    found: dict[str, Any] = {"broker_url": url, "broker_transport_options": options}
    if url.startswith("unix:"):
        found["broker_url"] = "redis+socket:" + url.removeprefix("unix:")
    if url.startswith("rediss:"):
        found["broker_use_ssl"] = {"ssl_cert_reqs": ssl.CERT_REQUIRED}
    if sentinels := sentinels_of(url):
        found["broker_url"] = sentinels.kombu_url
        options |= {"master_name": sentinels.master, "sentinel_kwargs": sentinels.sentinel_options}
        if sentinels.speaks_tls:
            found["broker_use_ssl"] = sentinels.certificates
    return found


def _rabbitmq(url: str) -> dict[str, Any]:
    return {
        "broker_url": url,
        # Quorum queues survive the loss of a node, and count redeliveries.
        "task_default_queue_type": "quorum",
        "task_create_missing_queue_type": "quorum",
        # A bell is rung when the broker has said so, not when it left us.
        "broker_transport_options": {"confirm_publish": True},
        # A peer that vanished without a word is noticed.
        "broker_heartbeat": 30,
    }


def own_queue(worker: str) -> Queue:
    """The queue of one worker alone, by its node name; it goes when nobody has used it for an hour."""
    name = f"calcifhir.own.{worker}"
    return Queue(name, Exchange(""), name, expires=3600)  # type: ignore[no-untyped-call]


def refuse_unfit_broker(site: Settings) -> None:
    """
    Ask the broker what it is, if it answers; one that is away is waited for.

    Raises:
        SettingsError: It is a Redis Cluster, which cannot carry Celery's queues.
    """
    url = site.broker_url or site.redis_url
    if urlsplit(url).scheme in _RABBIT:
        return
    try:
        with redis_client(url, socket_connect_timeout=_ASK_SECONDS, socket_timeout=_ASK_SECONDS) as client:
            cluster: Any = client.info("cluster")
    except redis.RedisError:
        return
    if cluster.get("cluster_enabled"):
        raise SettingsError(
            ["the broker is a Redis Cluster, over which Celery's queues cannot be spread; name one server or sentinels"]
        )
