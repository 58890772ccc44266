"""
Counters and gauges by name, in the text format of Prometheus.

What the whole installation does is read from the inbox when it is asked for, so that it is the same whichever process
answers; only what happens at this door is counted here. Labels carry states and kinds, never ids or senders.
"""

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime

from prometheus_client import CollectorRegistry, Counter, generate_latest
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric

from worker.errors import InboxUnavailable, ServiceError
from worker.inbox import Inbox

__all__ = ["Metrics"]

_AGES = ("received", "waiting", "decided", "deliver", "parked")


class Metrics:
    """Metrics of one process, joined with those of the inbox when rendered."""

    def __init__(self) -> None:
        self._registry = CollectorRegistry()
        self._received = Counter(
            "calcifhir_door_messages", "Messages that this door has taken", ["repeated"], registry=self._registry
        )
        self._refused = Counter(
            "calcifhir_door_refused", "Messages that this door has refused", ["status"], registry=self._registry
        )

        self._sent_away = Counter(
            "calcifhir_door_sent_away",
            "Messages answered 503 because too much stands in the inbox",
            registry=self._registry,
        )

    def count_received(self, is_new: bool) -> None:
        """A message was stored, or was here before."""
        self._received.labels("no" if is_new else "yes").inc()

    def count_refused(self, status: int) -> None:
        """A message was answered with 4xx."""
        self._refused.labels(str(status)).inc()

    def count_sent_away(self) -> None:
        """A message was turned away for a while."""
        self._sent_away.inc()

    def render(self, inbox: Inbox, bells: Callable[[], Mapping[str, int]] | None = None) -> str:
        """
        Everything; with ``calcifhir_inbox_up 0`` and without the inbox's part when it does not answer.

        Args:
            bells: How many bells wait in each queue of the broker; raises ``ServiceError`` when it is away.
        """
        text = generate_latest(self._registry).decode() + generate_latest(_InboxMetrics(inbox)).decode()
        return text + (generate_latest(_BrokerMetrics(bells)).decode() if bells else "")


class _InboxMetrics(CollectorRegistry):
    """The state of the inbox at one moment."""

    def __init__(self, inbox: Inbox) -> None:
        super().__init__()
        self._inbox = inbox

    def collect(self) -> Iterator[Metric]:
        """Read the inbox."""
        up = GaugeMetricFamily("calcifhir_inbox_up", "Whether the inbox answers")
        try:
            families = list(_families(self._inbox))
        except InboxUnavailable:
            families = []
        up.add_metric([], 1.0 if families else 0.0)
        yield up
        yield from families


class _BrokerMetrics(CollectorRegistry):
    """The queues of the broker at one moment."""

    def __init__(self, bells: Callable[[], Mapping[str, int]]) -> None:
        super().__init__()
        self._bells = bells

    def collect(self) -> Iterator[Metric]:
        """Ask the broker."""
        up = GaugeMetricFamily("calcifhir_broker_up", "Whether the broker answers")
        depth = GaugeMetricFamily(
            "calcifhir_queue_bells", "Bells that wait in a queue, each for one or more pieces of work", labels=["queue"]
        )
        try:
            for queue, number in self._bells().items():
                depth.add_metric([queue], number)
            up.add_metric([], 1.0)
        except ServiceError:
            up.add_metric([], 0.0)
        yield up
        yield depth


def _families(inbox: Inbox) -> Iterator[Metric]:
    counts = inbox.counts()
    named = (("message", "messages", "Messages in each state"), ("delivery", "deliveries", "Reports by their delivery"))
    for kind, name, text in named:
        gauge = GaugeMetricFamily(f"calcifhir_{name}", text, labels=["state"])
        for state, number in counts[kind].items():
            gauge.add_metric([state], number)
        yield gauge
    age = GaugeMetricFamily("calcifhir_oldest_seconds", "Age of the oldest open work", labels=["kind"])
    for name in _AGES:
        age.add_metric([name], inbox.oldest_age(name))
    yield age
    sweep = inbox.sweep_state()
    gauge = GaugeMetricFamily("calcifhir_sweep_age_seconds", "Since the sweep last ran; -1 if it never did")
    gauge.add_metric([], -1.0 if sweep.age_seconds is None else sweep.age_seconds)
    yield gauge
    rung = CounterMetricFamily("calcifhir_sweep_bells", "Bells that the sweep had to ring again", labels=["kind"])
    for kind, number in sweep.rung.items():
        rung.add_metric([kind], number)
    yield rung
    beats = GaugeMetricFamily(
        "calcifhir_heartbeat_age_seconds", "Since a bell last came through a queue", labels=["queue"]
    )
    for queue, seconds in inbox.pulse.heartbeats().items():
        beats.add_metric([queue], seconds)
    yield beats
    probe = GaugeMetricFamily(
        "calcifhir_probe_age_seconds", "Since the last synthetic report that reached the EHR was sent; -1 if none did"
    )
    through = inbox.pulse.probe().get("through")
    age_seconds = (inbox.now() - datetime.fromisoformat(through)).total_seconds() if through else -1.0
    probe.add_metric([], age_seconds)
    yield probe
    load = inbox.pulse.load()
    for name, text, value in (
        ("open_messages", "Messages that are not at their end", load.open_messages),
        ("redis_memory_bytes", "Memory that the inbox's Redis uses", load.memory_bytes),
        ("redis_memory_limit_bytes", "Its maxmemory; 0 if it has none", load.memory_limit_bytes),
    ):
        yield GaugeMetricFamily(f"calcifhir_{name}", text, value=value)
