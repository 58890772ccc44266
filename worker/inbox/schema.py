"""
Which shape the inbox's keys have: written down once, so that an older program does not take newer records for its own.

Newer programs read all older shapes (``tests/cases/stored`` keeps one of each). The number is raised only when an older
program would misread what a newer one writes; until then both may run at once.
"""

from worker.errors import SettingsError
from worker.inbox.scripts import Client, unavailable

__all__ = ["SCHEMA", "check_schema"]

SCHEMA = 1


def check_schema(client: Client, prefix: str) -> None:
    """
    Write our number down, or compare it with the one that stands there.

    Raises:
        SettingsError: A newer program has used this inbox, in a shape that this one does not know.
    """
    with unavailable():
        found = client.get(f"{prefix}schema")
        if found is None or int(found) < SCHEMA:
            client.set(f"{prefix}schema", SCHEMA)
    if found is not None and int(found) > SCHEMA:
        raise SettingsError(
            [f"the inbox has records of shape {int(found)}, this program knows {SCHEMA}: run the newer version again"]
        )
