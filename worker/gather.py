"""
Which resources make up one report, and whether it is complete.

In: a claimed message. Out: its reports, each read with everything that it cites from the same message, from earlier
messages of the same sender, and from later ones once they have come; and what later ones must find. Nothing is decided.
"""

import hashlib
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from operator import attrgetter

from worker.core.acts import Act, acts_in
from worker.core.known import SOMETHING, known_of, names_for_later, names_to_ask, says_of_a_person, tells_by
from worker.core.model import Report, Version
from worker.core.report import (
    Identity,
    Located,
    bare_observations_in,
    canonical_digest,
    identity_of,
    parse_json,
    pool_of,
    read_report,
    reports_in,
    resources_in,
)
from worker.core.report.bundle import Message, lasting_forms
from worker.core.report.identity import version_of
from worker.core.rules import Rules
from worker.inbox import Claim, Head, Inbox, Remembered, Signs, resource_key

__all__ = ["Candidate", "Gathered", "gather"]

# Panels of panels: a report cites Observations that have members that have members; more is a circle or a mistake.
_ROUNDS = 6
_NUMBER = re.compile(r"[0-9]{1,14}")  # as many digits as Lua keeps

Cites = Callable[[Located], tuple[str, ...]]
_CITES: Cites = attrgetter("cites")
_REQUIRES: Cites = attrgetter("requires")


@dataclass(frozen=True, slots=True)
class Candidate:
    """
    One report of a message with all that is there of it.

    Args:
        awaited: Keys of what it cites and nobody has sent yet.
        cites: Keys of all that it cites.
        keys: Keys under which it can be cited itself.
        messages: Whose resources went in, the report's own message first.
        observations: Bare identities of the Observations in it that came in other messages, too.
        inputs: Digest of everything that was read.
        head: What was decided before for the same report.
    """

    identity: Identity
    report: Report
    awaited: tuple[str, ...]
    cites: tuple[str, ...]
    keys: tuple[str, ...]
    messages: tuple[str, ...]
    observations: tuple[str, ...]
    inputs: str
    head: Head | None


@dataclass(frozen=True, slots=True)
class Gathered:
    """The reports of a message, its resources as later messages may look for them, and what clinicians did."""

    candidates: tuple[Candidate, ...]
    resources: tuple[Remembered, ...]
    acts: tuple[Act, ...] = ()


def gather(claim: Claim, inbox: Inbox, rules: Rules) -> Gathered:
    """
    Read the reports of a message with everything that can be found.

    Raises:
        MessageError: The message cannot be read, now or ever.
        InboxUnavailable: Try again later.
    """
    own = resources_in(parse_json(claim.content))
    shelf = _Shelf(claim, own, rules)
    roots = (*reports_in(own), *bare_observations_in(own, rules))
    shelf.fill(inbox, roots)
    resources = tuple(shelf.remembered(own))
    renewed = {one.where: one for one in shelf.renewed(own)}
    candidates = tuple(shelf.candidate(renewed[root.where]) for root in roots)
    return Gathered(candidates, resources, acts_in((one.resource for one in own), rules.acts))


@dataclass(slots=True)
class _Shelf:
    """What the message brought, and what others brought that its reports cite."""

    claim: Claim
    own: Sequence[Located]
    rules: Rules
    pool: dict[str, Located] = field(default_factory=dict)
    heads: dict[str, Head] = field(default_factory=dict)
    _origin: dict[int, Remembered] = field(default_factory=dict)
    _digests: dict[int, str] = field(default_factory=dict)
    _newer: dict[int, Located] = field(default_factory=dict)
    _asked: set[str] = field(default_factory=set)
    _something: set[str] = field(default_factory=set)
    _told: dict[str, Located] = field(default_factory=dict)
    _elsewhere: set[str] = field(default_factory=set)
    _report: Identity | None = None

    def __post_init__(self) -> None:
        self.pool = pool_of(self.own)
        reports = reports_in(self.own)
        self._report = identity_of(reports[0], self.claim.sender) if len(reports) == 1 else None

    # -- what others brought

    def fill(self, inbox: Inbox, roots: Sequence[Located]) -> None:
        """Look up all that the roots cite, and what that cites, until nothing new is named."""
        report_ids = [identity_of(root, self.claim.sender).report_id for root in roots]
        for _ in range(_ROUNDS):
            forms = [form for form in self._named(roots) if form not in self._asked]
            if not forms and not report_ids:
                return
            self._asked.update(forms)
            keys = {resource_key(self.claim.sender, form): form for form in forms}
            heads, found = inbox.heads(report_ids, list(keys))
            self.heads |= heads
            report_ids = []
            self._take(inbox, {keys[key]: remembered for key, remembered in found.items()})

    def _named(self, roots: Sequence[Located]) -> Iterator[str]:
        """All that is cited, and the names of what the message itself has of it: a newer version may have come."""
        for number, one in enumerate(self._reachable(roots, _CITES)):
            yield from one.cites
            if number >= len(roots):
                yield from lasting_forms(one)
        for root in roots:
            yield from names_to_ask(root, self.pool, self.rules, self._something)
            for one in known_of(root, self.pool, self._told):
                yield from lasting_forms(one)

    def _take(self, inbox: Inbox, found: Mapping[str, Remembered]) -> None:
        self._elsewhere.update(form for form, r in found.items() if r.message_id != self.claim.message_id)
        self._something.update(form for form in found if form.endswith(SOMETHING))
        wanted = {form: r for form, r in found.items() if self._is_wanted(form, r)}
        bodies = inbox.contents(sorted({r.message_id for r in wanted.values()}))
        opened = {message_id: resources_in(parse_json(body)) for message_id, body in bodies.items()}
        for form, remembered in wanted.items():
            if remembered.message_id in opened:
                located = opened[remembered.message_id][remembered.position]
                self._put(form, replace(located, where=located.reference or form), remembered)

    def _is_wanted(self, form: str, remembered: Remembered) -> bool:
        if remembered.message_id == self.claim.message_id or form in self._something:
            return False
        known = self.pool.get(form)
        if known is None:
            return True
        mine = self._origin.get(id(known.resource)) or self._remembered(known, remembered.key, 0)
        return mine.digest != remembered.digest and not remembered.is_older_than(mine)

    def _put(self, form: str, located: Located, remembered: Remembered) -> None:
        known = self.pool.get(form)
        if says_of_a_person(form):
            if any(name in self.pool for name in located.forms):
                return  # found under another name; what is here by its own name is newer
            self._told[form] = located
        self._origin[id(located.resource)] = remembered
        if known is not None:
            self._newer[id(known.resource)] = located
            for held in (self.pool, self._told):
                held.update({name: located for name, one in held.items() if one is known})
        self.pool.update(dict.fromkeys((form, *located.forms), located))

    # -- what the message brought

    def renewed(self, located: Sequence[Located]) -> Iterator[Located]:
        """The message with those resources replaced of which a newer version came in another message."""
        if not self._newer:
            yield from located
            return
        messages: dict[int, Message] = {}
        fresh = [
            replace(
                one,
                resource=self._newer[id(one.resource)].resource if id(one.resource) in self._newer else one.resource,
                message=messages.setdefault(id(one.message), Message()),
            )
            for one in located
        ]
        for message in messages.values():
            message.located = tuple(one for one in fresh if one.message is message)
        yield from fresh

    def remembered(self, located: Sequence[Located]) -> Iterator[Remembered]:
        """Every resource under every name by which a later message may cite it."""
        for position, one in enumerate(located):
            for form in lasting_forms(one):
                yield self._remembered(one, resource_key(self.claim.sender, form), position)
            for form in names_for_later(one, self.pool, self.rules):
                told = self._remembered(one, resource_key(self.claim.sender, form), position)
                # Whether anything is known is as fresh as what came last, whatever its own date.
                yield replace(told, signs=Signs(), report_id=None) if form.endswith(SOMETHING) else told

    def _remembered(self, one: Located, key: str, position: int) -> Remembered:
        report = self._report
        return Remembered(
            key=key,
            message_id=self.claim.message_id,
            position=position,
            digest=self._digest(one),
            arrival=self.claim.arrival,
            signs=_signs(version_of(one.resource)),
            report_id=report.report_id if report else None,
            report_signs=_signs(report.version) if report else Signs(),
        )

    def _digest(self, one: Located) -> str:
        known = self._digests.get(id(one.resource))
        if known is None:
            known = self._digests[id(one.resource)] = canonical_digest(one.resource)[:32]
        return known

    # -- one report

    def candidate(self, root: Located) -> Candidate:
        """Read one report of the message."""
        report = read_report(root, self.pool, self.claim.fhir_version, self.claim.sender, tells_by(self.rules))
        identity = identity_of(root, self.claim.sender)
        used = self._reachable([root], _CITES)
        required = [*report.missing]
        for one in self._reachable([root], _REQUIRES):
            required += one.requires
            if one is not root:
                required += lasting_forms(one)
        foreign = [one for one in used if id(one.resource) in self._origin]
        told = [one for one in known_of(root, self.pool, self._told) if one not in foreign]
        return Candidate(
            identity=identity,
            report=report,
            awaited=tuple(self._keys(report.missing)),
            cites=tuple(self._keys(required)),
            keys=tuple(self._keys(lasting_forms(root))),
            messages=tuple(
                dict.fromkeys((self.claim.message_id, *(self._origin[id(one.resource)].message_id for one in foreign)))
            ),
            observations=tuple(
                identity_of(one, self.claim.sender).report_id
                for one in used
                if one.resource_type == "Observation" and not self._elsewhere.isdisjoint(one.forms)
            ),
            inputs=self._inputs(root, (*foreign, *told), report),
            head=self.heads.get(identity.report_id),
        )

    def _inputs(self, root: Located, foreign: Sequence[Located], report: Report) -> str:
        own = root.message.once(self._all_digests)
        others = {self._digest(one) for one in foreign}
        digests = sorted({*own, *others}) if others else own
        text = "\n".join((self._digest(root), *digests, *report.missing))
        return hashlib.blake2b(text.encode(), digest_size=16).hexdigest()

    def _all_digests(self, located: Sequence[Located]) -> list[str]:
        return sorted({self._digest(one) for one in located})

    def _keys(self, forms: Iterable[str]) -> Iterator[str]:
        for form in dict.fromkeys(forms):
            yield resource_key(self.claim.sender, form)

    def _reachable(self, roots: Sequence[Located], cites: Cites) -> list[Located]:
        """The roots, what they cite, what that cites, and so on; each once."""
        reached = {id(root.resource): root for root in roots}
        waiting = list(roots)
        while waiting:
            for form in cites(waiting.pop()):
                one = self.pool.get(form)
                if one is not None and id(one.resource) not in reached:
                    reached[id(one.resource)] = one
                    waiting.append(one)
        return list(reached.values())


def _signs(version: Version) -> Signs:
    number = version.version_id
    return Signs(
        updated=_milliseconds(version.last_updated),
        issued=_milliseconds(version.issued),
        number=int(number) if number and _NUMBER.fullmatch(number) else None,
    )


def _milliseconds(moment: datetime | None) -> int | None:
    return round(moment.timestamp() * 1000) if moment else None
