"""Which resources of a message are reports, and which Observations belong to none."""

from collections.abc import Mapping, Sequence

from worker.core.model import JsonObject
from worker.core.relevance import quick_relevance
from worker.core.report.bundle import Located, references_in, section_entries
from worker.core.report.elements import effective_date
from worker.core.rules import Rules

__all__ = ["bare_observations_in", "goes_with", "loose_observations", "reports_in"]


def reports_in(located: Sequence[Located]) -> tuple[Located, ...]:
    """The reports of a message: its DiagnosticReports, and Compositions whose document has no DiagnosticReport."""
    reports = tuple(one for one in located if one.resource_type == "DiagnosticReport")
    return reports + tuple(one for one in located if one.resource_type == "Composition" and not _cites_report(one))


def _cites_report(composition: Located) -> bool:
    if any(one.resource_type == "DiagnosticReport" for one in composition.message.located):
        return True
    return any(form.startswith("DiagnosticReport") for form in section_entries(composition.resource))


def bare_observations_in(located: Sequence[Located], rules: Rules) -> tuple[Located, ...]:
    """
    Observations, possibly of the breast, that no report of the message takes up; members of others left out.

    A message with one report and loose Observations of the same subject and day is one report (its sender forgot
    ``result``), so nothing is bare there.
    """
    bare = (one for one in loose_observations(located) if not _taken_up(one))
    return tuple(one for one in bare if quick_relevance(one.resource, rules) is not False)


def loose_observations(located: Sequence[Located]) -> tuple[Located, ...]:
    """Observations that nothing else in the message cites; of a circle of members the first."""
    observations = {one.where: one for one in located if one.resource_type == "Observation"}
    if not observations:
        return ()
    by_form = {form: one for one in observations.values() for form in one.forms}
    others = [form for one in located if one.where not in observations for form in one.requires]
    reached: set[str] = set()
    _reach([by_form[form] for form in others if form in by_form], by_form, reached)
    members = {form for one in observations.values() for form in one.requires if form not in one.forms}
    loose: set[str] = set()
    # Those that nobody cites go first, so that what they cite is reached; what then remains stands in circles.
    for one in sorted(observations.values(), key=lambda o: bool(members.intersection(o.forms))):
        if one.where not in reached:
            loose.add(one.where)
            _reach([one], by_form, reached)
    return tuple(one for one in observations.values() if one.where in loose)


def _reach(start: list[Located], by_form: Mapping[str, Located], reached: set[str]) -> None:
    """Add the places of all that these cite, and of themselves."""
    waiting = list(start)
    while waiting:
        one = waiting.pop()
        if one.where not in reached:
            reached.add(one.where)
            waiting += (by_form[form] for form in one.requires if form in by_form)


def _taken_up(observation: Located) -> bool:
    reports = observation.message.once(reports_in)
    return len(reports) == 1 and goes_with(reports[0].resource, observation.resource)


def goes_with(report: JsonObject, observation: JsonObject) -> bool:
    """Whether an Observation that nobody cites is about the same subject and day as the report, as far as both say."""
    theirs, day = references_in(observation, "subject"), effective_date(observation)
    if theirs and theirs != references_in(report, "subject"):
        return False
    return day is None or effective_date(report) in (None, day)
