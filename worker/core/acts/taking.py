"""A resource as a clinician left it, brought back under our own names."""

from typing import Any

from worker.core.acts.values import Act
from worker.core.model import JsonObject

__all__ = ["released_base", "taken"]

Resource = dict[str, Any]
_SUBJECTS = ("subject", "patient", "for")
# Of a mere statement only what says how it ended; the rest is ours.
_ENDING = (
    "status",
    "output",
    "owner",
    "businessStatus",
    "statusReason",
    "note",
    "lastModified",
    "performer",
    "sent",
    "sender",
)
_SERVERS_OWN = {"versionId", "lastUpdated", "source"}


def taken(ours: JsonObject, act: Act) -> Resource:
    """
    The resource as it came, under our id, identifiers and person; nothing of it is changed.

    Where the message is a statement and no server's version, our own form with the ending that it states.
    """
    theirs = act.resource
    if not act.is_their_version:
        return {**ours, **{name: theirs[name] for name in _ENDING if name in theirs}}
    meta = {name: value for name, value in theirs["meta"].items() if name not in _SERVERS_OWN}
    meta["tag"] = [tag for tag in meta.get("tag", ()) if tag.get("system") != "urn:calcifhir:digest"]
    if "source" in ours["meta"]:
        meta["source"] = ours["meta"]["source"]
    person = {name: ours[name] for name in _SUBJECTS if name in ours}
    return {**theirs, "id": ours["id"], "meta": meta, "identifier": ours["identifier"], **person}


def released_base(plan: JsonObject, act: Act) -> Resource:
    """The draft that is released: as the clinician left it where it was they who set it active, else ours."""
    if act.resource.get("resourceType") != "CarePlan" or not act.is_their_version:
        return dict(plan)
    return {**taken(plan, act), "status": plan["status"], "intent": plan["intent"]}
