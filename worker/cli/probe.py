"""``probe``: one synthetic report through the real path, now."""

import json
import sys
import time

import click

from worker.bootstrap import parts
from worker.errors import ServiceError, SettingsError

_LOOK_SECONDS = 0.25


@click.command()
@click.option("--seconds", default=60.0, show_default=True, help="So long it may take.")
def probe(seconds: float) -> None:
    """
    Send a synthetic report through door, inbox, workers and EHR, and read its plan back from the EHR.

    One JSON line; exit code 0 only if the plan of this very run is there. Needs CALCIFHIR_PROBE_PATIENT, a test patient
    of the EHR ("Patient/id" or "system|value"), and CALCIFHIR_DOOR_URL. It is in no count and no letter run; it carries
    the label HTEST. With the patient set, beat sends one every CALCIFHIR_PROBE_SECONDS by itself.
    """
    own = parts()
    if not own.settings.probe_patient:
        raise SettingsError(["CALCIFHIR_PROBE_PATIENT is missing: name a test patient of the EHR"])
    started, message_id = time.monotonic(), None
    try:
        run = own.probe.send(own.now())
        message_id, verdict = run.message_id, None
        while verdict is None and time.monotonic() - started < seconds:
            time.sleep(_LOOK_SECONDS)
            verdict = own.probe.verdict(run, started + seconds)
        wrong = f"not at its end after {seconds:.0f} s" if verdict is None else verdict
    except ServiceError as error:
        wrong = error.reason
    took = round(time.monotonic() - started, 2)
    line = {"message": message_id, "came_through": not wrong, "seconds": took, "reason": wrong}
    click.echo(json.dumps({name: value for name, value in line.items() if value not in ("", None)}))
    sys.exit(1 if wrong else 0)
