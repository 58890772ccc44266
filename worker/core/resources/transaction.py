"""Resources -> one transaction Bundle: all of them or none."""

from collections.abc import Mapping, Sequence
from typing import Any

from worker.core.model import JsonObject

__all__ = ["as_transaction", "relinked"]


def as_transaction(resources: Sequence[JsonObject]) -> dict[str, Any]:
    """
    A Bundle that PUTs each resource to its own id.

    References between its entries become the entries' ``urn:uuid`` full URLs, as the rules of resolution inside a
    Bundle ask; a server turns them into ``Type/id``. ``ifMatch`` is the deliverer's to add.
    """
    urls = {f"{r['resourceType']}/{r['id']}": f"urn:uuid:{r['id']}" for r in resources}
    return {
        "resourceType": "Bundle",
        "type": "transaction",
        "entry": [_entry(resource, name, urls) for resource, name in zip(resources, urls, strict=True)],
    }


def _entry(resource: JsonObject, name: str, urls: Mapping[str, str]) -> dict[str, Any]:
    return {
        "fullUrl": urls[name],
        "resource": relinked(resource, urls),
        "request": {"method": "PUT", "url": name},
    }


def relinked(element: Any, urls: Mapping[str, str]) -> Any:
    """The element with other literal references in place of those that are named."""
    if isinstance(element, Mapping):
        return {
            name: urls.get(value, value) if name == "reference" and isinstance(value, str) else relinked(value, urls)
            for name, value in element.items()
        }
    if isinstance(element, list):
        return [relinked(item, urls) for item in element]
    return element
