"""
Flower: a look at Celery's workers, behind a login. Not the system of record: the console and `calcifhir trace` are.

Without a login it does not start, since whoever reaches it may stop workers. Task arguments are ids;
they stay out all the same.
"""

import os
from pathlib import Path

address = "0.0.0.0"  # noqa: S104  inside its container; compose publishes it on 127.0.0.1 only
port = 5555
basic_auth = [Path(os.environ["FLOWER_LOGIN_FILE"]).read_text(encoding="utf-8").strip()]
max_tasks = 2000
purge_offline_workers = 300
tasks_columns = "name,uuid,state,received,started,runtime,worker"
