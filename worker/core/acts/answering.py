"""Questions that a clinician has answered, and the draft of a plan that is held no longer."""

from collections.abc import Iterable, Mapping
from typing import Any

from worker.core.acts.values import Act, Standing
from worker.core.model import FhirVersion, JsonObject, Letter
from worker.core.resources.communication import payload_of
from worker.core.resources.ending import is_unreleased, noted, restated, revision_of, target_of
from worker.core.resources.frame import HOLD_TAG, RULE_SYSTEM
from worker.core.resources.parts import concept, without_tag
from worker.core.resources.versions import for_target
from worker.core.resources.xhtml import questions_answered
from worker.core.rules import Output

__all__ = ["answered", "is_held_still", "name_of", "open_questions", "unheld"]

Resource = dict[str, Any]


def open_questions(resources: Iterable[JsonObject], revision: int) -> list[JsonObject]:
    """The DetectedIssues that hold the plan of this revision and that nobody has answered."""
    return [
        each
        for each in resources
        if each["resourceType"] == "DetectedIssue"
        and revision_of(each) == revision
        and is_unreleased(each)
        and _is_tagged(each)
    ]


def is_held_still(plan: JsonObject) -> bool:
    """Whether the plan carries the tag of a hold."""
    return _is_tagged(plan)


def _is_tagged(resource: JsonObject) -> bool:
    return any(tag.get("system") == HOLD_TAG for tag in resource["meta"].get("tag", ()))


def name_of(who: Mapping[str, Any]) -> str:
    """How a person is called in a note."""
    return str(who.get("display") or who.get("reference") or "somebody whom the EHR does not name")


def answered(issues: Iterable[JsonObject], act: Act, words: Mapping[str, str], instant: str) -> list[Resource]:
    """
    The questions that the act answers, each with the answer and who gave it.

    Args:
        words: By rule id; under ``""`` for every question.
    """
    done = []
    for issue in issues:
        said = words.get(_rule_of(issue)) or words.get("")
        if said:
            answer: Resource = {"action": concept(said), "date": instant}
            author = {"author": dict(act.who)} if act.who else {}
            given = [*issue.get("mitigation", ()), {**answer, **author}]
            meta = without_tag(issue["meta"], HOLD_TAG)
            done.append({**issue, "meta": meta, "status": "final", "mitigation": given})
    return done


def _rule_of(issue: JsonObject) -> str:
    codes = issue.get("code", {}).get("coding", ())
    return next((str(each["code"]) for each in codes if each.get("system") == RULE_SYSTEM), "")


def unheld(standing: Standing, revision: int, act: Act, instant: str, output: Output) -> list[Resource]:
    """
    What of the draft changes when its last question is answered: no hold any more, and the letter that was kept back.

    It is still a draft, for the clinician to read and release.
    """
    target, told = target_of(tuple(standing.resources)), f"{output.say('text', 'answered')} {name_of(act.who)}"
    changed = []
    for each in standing.resources:
        if revision_of(each) != revision or not is_unreleased(each) or not _is_tagged(each):
            continue
        freed = {**each, "meta": without_tag(each["meta"], HOLD_TAG)}
        if each["resourceType"] == "CarePlan":
            freed = _plan(noted(freed, told, instant), told, output)
        elif each["resourceType"] == "Communication" and standing.answered_letter:
            freed = _reworded(freed, standing.answered_letter, instant, target)
        elif each["resourceType"] == "Task":
            freed = {**freed, "description": output.say("text", "task-again-answered"), "lastModified": instant}
        changed.append(freed)
    return changed


def _plan(plan: Resource, told: str, output: Output) -> Resource:
    shown = restated(plan, "draft", output.say("label", "draft"), told)
    if "text" not in shown:
        return shown
    return {**shown, "text": {**shown["text"], "div": questions_answered(shown["text"]["div"], told)}}


def _reworded(letter: JsonObject, said: Letter, instant: str, target: FhirVersion) -> Resource:
    """The letter with other words, in the target's shape; still in preparation."""
    turned = for_target({**letter, "payload": payload_of(said, instant)}, target)["payload"]
    reason = {"statusReason": concept(said.notice)} if said.notice else {}
    return {**{k: v for k, v in letter.items() if k != "statusReason"}, "payload": turned, **reason}
