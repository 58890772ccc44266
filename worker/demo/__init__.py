"""
Real processes and real reports, end to end, on one machine.

In: the reports of ``tests/cases/demo`` and what must become of each. Out: a table, ``index.html`` as an EHR would
show the plans and letters, and an exit code that is 0 only if every message ended where it should.
"""

from worker.demo.run import run_demo

__all__ = ["run_demo"]
