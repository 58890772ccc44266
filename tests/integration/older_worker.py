"""A worker of an older version, that does not know one of the tasks yet."""

from worker.cli.main import cli
from worker.tasks import app

app.finalize()
app.tasks.pop("calcifhir.deliver")
cli(["work", "--concurrency=1", "--hostname=older@%h"])
