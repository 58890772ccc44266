"""Looking up what a report cites: in its own message, in ``contained``, then among everything seen earlier."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from worker.core.report.bundle import Located, reference_form
from worker.core.report.elements import objects

__all__ = ["Gathered"]


@dataclass(slots=True)
class Gathered:
    """
    What one report can be read from, and what became of it.

    ``missing`` collects normal forms that were cited and are nowhere; ``read`` the Observations taken up so far, so
    that none is read twice.
    """

    root: Located
    pool: Mapping[str, Located]
    missing: dict[str, None] = field(default_factory=dict)
    read: list[Located] = field(default_factory=list)
    _read_ids: set[int] = field(default_factory=set)

    def find(self, form: str | None, citing: Located) -> Located | None:
        """The resource that ``citing`` names by a normal form."""
        if not form:
            return None
        if form.startswith("#"):
            return _contained(form[1:], citing.container or citing)
        # The message itself stands before older resources of the same name.
        return self.root.message.pool.get(form) or self.pool.get(form)

    def require(self, form: str, citing: Located) -> Located | None:
        """As :meth:`find`; what is not there is remembered as missing."""
        found = self.find(form, citing)
        if found is None:
            self.missing[form] = None
        return found

    def subject_of(self, located: Located, name: str = "subject") -> str | None:
        """One name for the patient of a resource, however the reference is written; None if it names nobody."""
        form = reference_form(located.resource.get(name))
        found = self.find(form, located)
        return (found.reference or form) if found else form

    def take_up(self, located: Located) -> bool:
        """Remember an Observation as read; False when it was read before."""
        if self.is_used(located):
            return False
        self.read.append(located)
        self._read_ids.add(id(located.resource))
        return True

    def is_used(self, located: Located) -> bool:
        """Whether the resource has been read as part of the report."""
        return id(located.resource) in self._read_ids


def _contained(name: str, container: Located) -> Located | None:
    if not name:
        return container
    for number, resource in objects(container.resource, "contained"):
        if resource.get("id") in (name, f"#{name}"):
            where = f"{container.where}.contained[{number}]"
            full_url = f"{container.reference or container.where}#{name}"
            return Located(resource, where, full_url, message=container.message, container=container)
    return None
