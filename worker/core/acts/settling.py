"""
An act and what stands -> what stands then.

Held plans are never released: answers are taken, the draft is written anew, and the clinician looks again. What
somebody closed without deciding is asked again. Nothing here touches a plan that is no draft any more.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from worker.core.acts.answering import answered, is_held_still, name_of, open_questions, unheld
from worker.core.acts.asking import asked_again, letter_asked, own_plan_asked
from worker.core.acts.taking import released_base, taken
from worker.core.acts.values import Act, Place, Settled, Standing
from worker.core.ids import artefact_id
from worker.core.model import JsonObject
from worker.core.resources.ending import ended, is_open, is_unreleased, latest, revision_of, target_of
from worker.core.resources.frame import instant_of
from worker.core.resources.provenance import provenance_of, vouched_by
from worker.core.resources.releasing import RELEASE_TAG, release
from worker.core.rules import Output

__all__ = ["settle"]

# From this step of the action ladder on a rejected draft leaves something undone.
_UNDONE_LEVEL = 2
Resource = dict[str, Any]
MayRelease = Callable[[Mapping[str, Any]], bool]


def settle(
    act: Act, standing: Standing, place: Place, may_release: MayRelease, output: Output, now: datetime
) -> Settled:
    """
    What an act leads to.

    Args:
        place: Where the newest form of one of ours stands.
        may_release: Whether somebody (a reference; empty for nobody named) may release or reject.
        now: With its offset; taken where the act does not say when it was.

    Returns:
        Nothing changed, with the reason, for an act that comes late, comes again, or is about something older.
    """
    ours = next((each for each in standing.resources if act.key in place(_key(each))), None)
    if ours is None:
        return Settled(reason="it is about something that does not stand (any more)")
    desk = _Desk(act, ours, standing, place, may_release, output, instant_of(min(act.when or now, now)))
    if act.kind == "sent":
        return desk.sent()
    return desk.ended() if _is_end(act, ours) else desk.considered()


def _is_end(act: Act, ours: JsonObject) -> bool:
    """A plan that was released is over, by whatever status; to reject there is only a draft."""
    is_over = act.kind == "ended" or act.verdict == "rejected"
    return is_over and ours["resourceType"] == "CarePlan" and not is_unreleased(ours)


def _key(resource: JsonObject) -> str:
    return f"{resource['resourceType']}/{resource['id']}"


@dataclass(frozen=True, slots=True)
class _Desk:
    """One act on the desk; ``ours`` is the resource that it is about, as we wrote it last."""

    act: Act
    ours: JsonObject
    standing: Standing
    place: Place
    may_release: MayRelease
    output: Output
    instant: str

    def considered(self) -> Settled:
        """An answer or a decision about a plan that is still a draft."""
        plan = latest(self.standing.resources, "CarePlan")
        if plan is None or not is_unreleased(plan):
            return Settled(reason="the plan is not a draft any more")
        if revision_of(self.ours) != revision_of(plan) or not is_unreleased(self.ours):
            return Settled(reason="it was settled before, or a newer plan stands")
        if self.act.plan_read and self.act.plan_read not in str(self.ours.get("input", "")):
            return Settled(reason="it answers an older draft")
        return self._answered(plan) if self.act.kind == "answer" else self._decided(plan)

    # -- answers

    def _answered(self, plan: JsonObject) -> Settled:
        """What a question Task or a DetectedIssue says."""
        closed = [taken(self.ours, self.act)] if self.ours["resourceType"] == "Task" else []
        asked = self._asked()
        found = answered(asked, self.act, self.act.answers, self.instant)
        if not asked or not (found or closed):
            return Settled(reason="it answers no open question")
        if not found and self._is_under_review(self._with(closed), plan):
            return self._done(closed, "unanswered")  # the review asks the same, and holds
        if not found:
            return self._again(plan, "task-again-open", closed)
        return self._after_answers(plan, [*closed, *found])

    def _asked(self) -> list[JsonObject]:
        """The open questions that the resource is about: itself, or those that it carries."""
        if self.ours["resourceType"] == "DetectedIssue":
            return [self.ours]
        carried = {str(each.get("valueReference", {}).get("reference")) for each in self.ours.get("input", ())}
        return [
            each
            for each in self.standing.resources
            if _key(each) in carried and each["resourceType"] == "DetectedIssue" and is_unreleased(each)
        ]

    def _after_answers(self, plan: JsonObject, changed: list[Resource]) -> Settled:
        """The draft, held no longer once nothing is open; the review is asked for again where it was closed."""
        after = self._with(changed)
        if is_held_still(plan) and not open_questions(after.resources, revision_of(plan)):
            changed = [*changed, *unheld(after, revision_of(plan), self.act, self.instant, self.output)]
            after = self._with(changed)
            if not self._is_under_review(after, plan):
                return self._again(plan, "task-again-answered", changed, "answered")
        elif self.act.kind == "decision":
            key = "task-again-open" if is_held_still(plan) else "task-again-answered"
            return self._again(plan, key, changed, "answered")
        return self._done(changed, "answered")

    def _is_under_review(self, standing: Standing, plan: JsonObject) -> bool:
        focus = f"CarePlan/{plan['id']}"
        return any(
            each["resourceType"] == "Task" and each.get("focus", {}).get("reference") == focus and is_open(each)
            for each in standing.resources
        )

    # -- decisions

    def _decided(self, plan: JsonObject) -> Settled:
        is_task = self.ours["resourceType"] == "Task"
        closed = [taken(self.ours, self.act)] if is_task else []
        if self.act.verdict is None and not self.act.answers:
            return self._again(plan, "task-again-undecided", closed)
        # A Task has a place for who did it; whoever may set a CarePlan active is the EHR's to say.
        is_named = bool(self.act.who) or not is_task
        if not is_named or not self.may_release(self.act.who):
            return self._again(plan, "task-again-who", closed)
        if self.act.verdict == "rejected":
            return self._rejected(plan, closed)
        by_rule = {rule: said for rule, said in self.act.answers.items() if rule}
        if by_rule and is_task:
            found = answered(self._asked(), self.act, by_rule, self.instant)
            if found and (is_held_still(plan) or self.act.verdict is None):
                return self._after_answers(plan, [*closed, *found])
        if is_held_still(plan) or self.act.verdict is None:
            return self._again(plan, "task-again-open", closed)
        return self._released(plan, closed)

    def _released(self, plan: JsonObject, closed: list[Resource]) -> Settled:
        """Everything that belongs to the plan; what the clinician took out of it ends instead."""
        base = released_base(plan, self.act)
        before = self._with([*closed, base])
        left_out = self._left_out(base)
        kept = [each for each in before.resources if _key(each) not in left_out]
        older = [each for each in kept if revision_of(each) < revision_of(plan)]
        done = release(
            kept,
            self._who(),
            "released",
            self.act.reason,
            datetime.fromisoformat(self.instant),
            letter=self.standing.released_letter,
            replaced=older,
        )
        target = target_of(tuple(self.standing.resources))
        ends = [
            ended(each, f"not part of the plan that was released by {name_of(self.act.who)}", self.instant, target)
            for each in before.resources
            if _key(each) in left_out and is_unreleased(each)
        ]
        return self._done([*closed, *done, *ends], "released")

    def _left_out(self, plan: JsonObject) -> set[str]:
        """Requests of ours that the plan, as the clinician has it, does not name any more."""
        activities = plan.get("activity", ())
        cited = (str(a.get(name, {}).get("reference")) for a in activities for name in _ACTIVITY_REFERENCES)
        named = {"/".join(each.partition("/_history/")[0].split("/")[-2:]) for each in cited}
        ours = [
            each
            for each in self.standing.resources
            if each["resourceType"] == "ServiceRequest" and revision_of(each) == revision_of(plan)
        ]
        keys = {_key(each): self.place(_key(each)) for each in ours}
        return {key for key, there in keys.items() if not named & {key, *there}}

    def _rejected(self, plan: JsonObject, closed: list[Resource]) -> Settled:
        before = self._with(closed)
        when = datetime.fromisoformat(self.instant)
        done = list(release(before.resources, self._who(), "rejected", self.act.reason, when))
        if self.standing.level >= _UNDONE_LEVEL:
            done.append(own_plan_asked(self.standing, plan, self.instant, self.output))
        return self._done([*closed, *done], "rejected")

    # -- what is over

    def ended(self) -> Settled:
        """A released plan that the clinician has ended; from now on no later exam is asked about it."""
        if not is_open(self.ours):
            return Settled(reason="it was noted before")
        return self._done([taken(self.ours, self.act)], "ended")

    def sent(self) -> Settled:
        """From now on it is never edited; a newer one refers to it. One that nobody released is asked about."""
        if self.ours.get("status") == "completed":
            return Settled(reason="it was noted before")
        sent = taken(self.ours, self.act)
        changed = [sent]
        if not any(tag.get("system") == RELEASE_TAG for tag in self.ours["meta"].get("tag", ())):
            plan = latest(self.standing.resources, "CarePlan")
            if plan is not None:
                changed.append(letter_asked(self.standing, plan, sent, self.instant, self.output))
        return self._done(changed, "sent")

    # -- what comes of it

    def _again(self, plan: JsonObject, key: str, changed: list[Resource], step: str = "asked-again") -> Settled:
        asked = asked_again(self._with(changed), plan, key, self.instant, self.output)
        if asked is None:
            return Settled(step="unsettled", reason="a review was closed again and again without a decision")
        return self._done([*changed, asked], step)

    def _done(self, changed: list[Resource], step: str) -> Settled:
        everything = {_key(each): each for each in changed}
        made = tuple(everything.values())
        if step in {"answered", "sent", "ended"}:
            made = (*made, self._provenance(made))
        adopted = self.act.is_their_version and _key(self.ours) in everything
        return Settled(made, step, f"{step} by {self.act.who.get('reference', 'somebody at the EHR')}", adopted)

    def _who(self) -> Resource:
        return dict(self.act.who) or {"display": name_of(self.act.who)}

    def _provenance(self, made: tuple[Resource, ...]) -> Resource:
        own_id = artefact_id(self.ours["id"], f"provenance:act:{self.act.kind}:{self.instant}")
        return provenance_of(own_id, made[0]["meta"], "UPDATE", made, [vouched_by(self._who())], self.instant)

    def _with(self, changed: list[Resource]) -> Standing:
        """What stands with these laid over it."""
        everything = {_key(each): each for each in (*self.standing.resources, *changed)}
        return replace(self.standing, resources=tuple(everything.values()))


_ACTIVITY_REFERENCES = ("reference", "plannedActivityReference")
