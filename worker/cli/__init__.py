"""
The command line, ``calcifhir``.

In: files, standard input, the environment. Out: NDJSON on standard output, one line per input; what went wrong is an
``OperationOutcome`` line in its place, and exit code 1 at the end.
"""

from worker.cli.main import main

__all__ = ["main"]
