"""
What is known of a person: the names under which it is remembered for later reports, and by which they look it up.

In: a resource that says something of a person (a condition, an operation, a relative's cancer, a gene).
Out: names. There is one for each thing that the tables can make of it, so their number is bounded by the tables,
however much is sent about one person; of two resources that say the same the newer stands. One more name tells whether
anything is known at all, so that a report of a person of whom nothing is known asks for no more than that.
"""

from collections.abc import Collection, Iterator, Mapping
from functools import partial

from worker.core.coded.background import all_topics, topics_of
from worker.core.report.background import Tells, background_in
from worker.core.report.bundle import Located, reference_form
from worker.core.report.elements import concept_in
from worker.core.rules import Rules

__all__ = ["SOMETHING", "known_of", "names_for_later", "names_to_ask", "says_of_a_person", "tells_by"]

# Stands in no reference: a name made with it can be mistaken for none.
_ABOUT = " knows "
_KINDS = ("Condition", "Procedure", "FamilyMemberHistory")
SOMETHING = f"{_ABOUT}something"

Pool = Mapping[str, Located]


def names_for_later(one: Located, pool: Pool, rules: Rules) -> tuple[str, ...]:
    """Names under which a later report of the same person finds this resource; none if it says nothing of a person."""
    if not _may_say(one, rules):
        return ()
    topics = [topic for item in background_in(one, pool) for topic in topics_of(item, rules.vocabulary)]
    if not topics:
        return ()
    names = dict.fromkeys(_ABOUT + topic for topic in topics)
    return tuple(person + name for person in _people(one, pool) for name in (SOMETHING, *names))


def names_to_ask(root: Located, pool: Pool, rules: Rules, found: Collection[str]) -> Iterator[str]:
    """
    Names to look up for a report.

    Args:
        found: Names ending in :data:`SOMETHING` that stand for something.
    """
    for person in _people(root, pool):
        yield person + SOMETHING
        if person + SOMETHING in found:
            yield from (f"{person}{_ABOUT}{topic}" for topic in all_topics(rules.vocabulary))


def tells_by(rules: Rules) -> Tells:
    """What a resource that came along says of a person, by these tables."""
    return partial(topics_of, vocabulary=rules.vocabulary)


def says_of_a_person(name: str) -> bool:
    """Whether it is one of these names, and not that of a resource."""
    return _ABOUT in name


def known_of(root: Located, pool: Pool, told: Pool) -> tuple[Located, ...]:
    """Of what was found under such names that which is said of the report's person, each once."""
    if not told:
        return ()
    people = tuple(person + _ABOUT for person in _people(root, pool))
    return tuple({id(one.resource): one for name, one in told.items() if name.startswith(people)}.values())


def _may_say(one: Located, rules: Rules) -> bool:
    """Of Observations, of which there are many, only those whose own codes or words are about a person."""
    if one.resource_type != "Observation":
        return one.resource_type in _KINDS
    code, value = (concept_in(one.resource, name, "") for name in ("code", "valueCodeableConcept"))
    if code is not None and not code.codings:
        return True
    codings = (*(code.codings if code else ()), *(value.codings if value else ()))
    rows = (rules.vocabulary.row_of(coding) for coding in codings)
    return any(row is not None and (row.group == "risk" or row.concept == "gene-variant") for row in rows)


def _people(one: Located, pool: Pool) -> tuple[str, ...]:
    """Every lasting name of the person that a resource is about."""
    resource = one.resource
    form = reference_form(resource.get("patient" if one.resource_type == "FamilyMemberHistory" else "subject"))
    if form is None or form.startswith("#"):
        return ()
    person = one.message.pool.get(form) or pool.get(form)
    names = (form, *(person.forms if person else ()))
    return tuple(dict.fromkeys(name for name in names if not name.startswith("urn:")))
