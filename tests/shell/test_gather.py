"""Which version of an Observation goes into a report, when nobody says it in the Observation itself."""

import pytest

from tests.shell.documents import Resource, bundle, observation, report
from tests.shell.test_handle import Bench, bench

__all__ = ["bench"]


def version(number: int, category: str, **more: str) -> Resource:
    """Version ``number`` of one report, in a Bundle with the Observation that it cites; the Observation has no sign."""
    return bundle(
        report(results=("Observation/o1",), version=number, conclusion="", **more), observation(category=category)
    )


@pytest.mark.parametrize("signs", ["version id", "issued"])
def test_an_old_version_that_comes_late_does_not_bring_its_observation_into_the_newer(bench: Bench, signs: str) -> None:
    def sent(number: int, category: str) -> Resource:
        issued = {} if signs == "version id" else {"issued": f"2026-02-2{number}T10:00:00Z"}
        return version(number, category, status="amended" if number > 1 else "final", **issued)

    bench.take(sent(1, "3"))
    bench.take(sent(2, "4"))
    late = sent(1, "3")
    late["entry"][0]["resource"]["language"] = "en"
    message_id = bench.take(late)
    assert bench.state(message_id) == "superseded"
    assert bench.record()["summary"]["birads"]["overall"] == "4"
    assert "C-14" in {issue["rule"] for issue in bench.record()["summary"]["issues"]}


def test_a_corrected_observation_that_comes_alone_and_later_renews_the_report(bench: Bench) -> None:
    bench.take(version(1, "3"))
    bench.take(observation(category="4"))
    assert bench.record()["summary"]["birads"]["overall"] == "4"
