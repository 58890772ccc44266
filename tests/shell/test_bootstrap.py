"""Where real things are built: once per process, never across a fork, and nothing before it is needed."""

import os
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from worker import bootstrap
from worker.core.rules import Rules
from worker.errors import InboxUnavailable, SettingsError, TableError
from worker.settings import Settings

SITE = Settings(redis_url="redis://127.0.0.1:1/0", ehr_base_url="http://127.0.0.1:1/fhir", ehr_timeout_seconds=2.0)


@pytest.fixture
def env(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    monkeypatch.setenv("CALCIFHIR_REDIS_URL", SITE.redis_url)
    monkeypatch.setenv("CALCIFHIR_EHR_URL", SITE.ehr_base_url)
    monkeypatch.setattr(bootstrap, "configure_logs", lambda: None)
    monkeypatch.setattr(bootstrap, "_parts", None)
    return monkeypatch


def test_a_process_has_its_parts_once_and_a_forked_child_its_own(env: pytest.MonkeyPatch) -> None:
    own = bootstrap.parts()
    assert bootstrap.parts() is own
    env.setattr(os, "getpid", lambda: -1)
    child = bootstrap.parts()
    assert child is not own
    assert child.redis is not own.redis
    assert child.rules is own.rules, "plain values may be shared"


def test_nothing_is_connected_before_it_is_needed() -> None:
    built = bootstrap.build(SITE)
    assert built.ehr.base_url == SITE.ehr_base_url
    assert built.metrics is built.metrics
    with pytest.raises(InboxUnavailable):
        built.inbox.check_durable()


@pytest.mark.usefixtures("env")
def test_a_wrong_environment_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("CALCIFHIR_EHR_URL")
    with pytest.raises(SettingsError, match="CALCIFHIR_EHR_URL is missing"):
        bootstrap.parts()


def test_today_is_the_facilitys_day(rules: Rules, monkeypatch: pytest.MonkeyPatch) -> None:
    """At 23:30 in UTC it is tomorrow in Berlin, and legal clocks run there."""

    class Late(datetime):
        @classmethod
        def now(cls, tz: object = None) -> datetime:
            moment = datetime(2026, 3, 2, 23, 30, tzinfo=UTC)
            return moment.astimezone(tz)  # type: ignore[arg-type]

    monkeypatch.setattr(bootstrap, "datetime", Late)
    built = bootstrap.build(SITE)
    assert built.rules.practice.get("facility.timezone") == "Europe/Berlin"
    assert built.today().isoformat() == "2026-03-03"
    assert built.now().isoformat() == "2026-03-02T23:30:00+00:00"


def test_without_a_time_zone_no_work_begins(rules: Rules, monkeypatch: pytest.MonkeyPatch) -> None:
    nowhere = replace(rules, practice=replace(rules.practice, facts={}))
    monkeypatch.setattr(bootstrap, "_rules", lambda _: nowhere)
    with pytest.raises(TableError, match=r"facility\.timezone"):
        _ = bootstrap.build(SITE).today
