"""README.md and docs/ tell the truth: commands run, links lead somewhere, names are names of ours."""

import re
import shlex
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import click
import pytest
import redis
from click.testing import CliRunner
from starlette.testclient import TestClient

from worker.cli.main import cli
from worker.core.rules import Rules
from worker.embedded import start_redis
from worker.inbox import Inbox
from worker.intake import create_intake
from worker.metrics import Metrics
from worker.settings import Settings

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
PAGES = sorted(
    path
    for folder in (ROOT, ROOT / "docs", ROOT / "deploy", ROOT / "benchmarks", ROOT / "mappings")
    for path in (folder.glob("*.md") if folder == ROOT else folder.rglob("*.md"))
    if "gallery" not in path.parts
)
BLOCK = re.compile(r"^```console\n(.*?)^```", re.MULTILINE | re.DOTALL)
LINK = re.compile(r"\]\((?!https?://|mailto:|#)([^)#\s]+)(?:#[^)]*)?\)")


def commands() -> list[str]:
    """Every line of every console block, without its comment."""
    lines = [line for block in BLOCK.findall(README) for line in block.replace("\\\n", " ").splitlines()]
    return [line for line in (re.sub(r"\s+#.*$", "", line).removeprefix("$ ").strip() for line in lines) if line]


def of(first: str) -> list[str]:
    return [line for line in commands() if shlex.split(line)[0] == first]


def test_the_readme_has_commands_of_each_kind_and_no_other() -> None:
    assert of("make")
    assert of("calcifhir")
    assert {shlex.split(line)[0] for line in commands()} <= {"make", "calcifhir", "curl", "docker", "sh", "cp", "cat"}


@pytest.mark.parametrize("line", of("make"))
def test_every_make_target_exists(line: str) -> None:
    done = subprocess.run(["make", "--dry-run", *shlex.split(line)[1:]], cwd=ROOT, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr


def resolved(words: list[str]) -> click.Command:
    """The command that these words name; fails where the command line does not offer it."""
    command: click.Command = cli
    for word in words:
        if not isinstance(command, click.Group):
            break
        found = command.get_command(click.Context(command), word)
        assert found, f"calcifhir has no command {' '.join(words)}"
        command = found
    return command


@pytest.mark.parametrize("line", of("calcifhir"))
def test_every_command_of_the_command_line_runs(line: str, monkeypatch: pytest.MonkeyPatch) -> None:
    words = shlex.split(line)[1:]
    resolved(words[:2])
    if words[0] not in {"read", "plan", "letter", "tables"}:
        return  # starts a process or asks a running one; that such commands work is shown by tests/integration
    monkeypatch.chdir(ROOT)
    result = CliRunner().invoke(cli, words, catch_exceptions=False)
    assert result.exit_code == 0, result.output
    assert result.output.strip()


@pytest.mark.parametrize(
    "words", sorted(set(re.findall(r"`calcifhir ((?:[a-z]+)(?: [a-z]+)?)", "\n".join(p.read_text() for p in PAGES))))
)
def test_every_command_that_a_page_names_is_offered(words: str) -> None:
    resolved(words.split())


@dataclass
class Parts:
    settings: Settings
    rules: Rules
    inbox: Inbox
    metrics: Metrics
    rung: list[str] = field(default_factory=list)


@pytest.fixture(scope="module")
def door(tmp_path_factory: pytest.TempPathFactory, rules: Rules) -> Iterator[TestClient]:
    with (
        start_redis(tmp_path_factory.mktemp("redis")) as server,
        redis.Redis.from_url(server.url) as client,
    ):
        env = {"CALCIFHIR_REDIS_URL": server.url, "CALCIFHIR_EHR_URL": "http://127.0.0.1:9/fhir"}
        parts = Parts(Settings.from_env(env), rules, Inbox(client, "calcifhir:"), Metrics())
        yield TestClient(create_intake(parts, parts.rung.append), base_url="http://127.0.0.1:8080")


@pytest.mark.parametrize("line", of("curl"))
def test_every_curl_is_answered_as_the_readme_says(line: str, door: TestClient) -> None:
    words = shlex.split(line)
    url = next(word for word in words if word.startswith("http"))
    headers = dict(words[n + 1].split(": ", 1) for n, word in enumerate(words) if word in {"-H", "--header"})
    bodies = [words[n + 1] for n, word in enumerate(words) if word in {"-d", "--data", "--data-binary"}]
    if not bodies:
        return
    content = (ROOT / bodies[0].removeprefix("@")).read_bytes()
    answer = door.post(url, content=content, headers=headers)
    assert answer.status_code == 202, answer.text
    receipt = answer.headers["Location"]
    assert receipt.startswith("/messages/")
    assert door.get(receipt).status_code == 200
    again = door.post(url, content=content, headers=headers)
    assert (again.status_code, again.headers["Location"]) == (200, receipt)


@pytest.mark.parametrize("page", PAGES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_every_link_leads_somewhere(page: Path) -> None:
    links = LINK.findall(page.read_text(encoding="utf-8"))
    assert not [link for link in links if not (page.parent / link).exists()]


@pytest.mark.parametrize("page", PAGES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_every_file_and_folder_that_a_page_names_exists(page: Path) -> None:
    named = re.findall(
        r"`((?:worker|mappings|tests|docs|deploy|benchmarks)/[\w./-]+)`", page.read_text(encoding="utf-8")
    )
    made = ("deploy/secrets/", "docs/gallery/")  # by commands, never under version control
    assert not [name for name in named if not (ROOT / name).exists() and not name.startswith(made)]


@pytest.mark.parametrize("page", PAGES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_every_setting_that_a_page_names_is_one_that_we_read(page: Path) -> None:
    known = {f"CALCIFHIR_{name.upper()}" for name in Settings.__dataclass_fields__} | {"CALCIFHIR_EHR_URL"}
    compose = set(re.findall(r"CALCIFHIR_\w+", (ROOT / "docker-compose.yml").read_text(encoding="utf-8")))
    named = set(re.findall(r"CALCIFHIR_[A-Z][A-Z_]*[A-Z]", page.read_text(encoding="utf-8")))
    tests_own = {"CALCIFHIR_CORPUS", "CALCIFHIR_HYPOTHESIS"}
    assert not {name for name in named if name.removesuffix("_FILE") not in known} - compose - tests_own


def test_the_alarms_of_the_runbook_are_alarms() -> None:
    runbook = (ROOT / "docs/runbook.md").read_text(encoding="utf-8")
    alerts = (ROOT / "deploy/prometheus/alerts.yml").read_text(encoding="utf-8")
    named = re.findall(r"^\| `(\w+)` \|", runbook, re.MULTILINE)
    assert named
    assert not [name for name in named if f"- alert: {name}\n" not in alerts]


def test_the_readme_says_what_it_is_not() -> None:
    words = re.sub(r"\s+", " ", README).lower()
    for part in ("not a diagnosis", "not certified", "not endorsed", "draft"):
        assert part in words


TABLES = sorted((ROOT / "mappings").rglob("*.csv"))
GUIDES = "\n".join(path.read_text(encoding="utf-8") for path in sorted((ROOT / "mappings").glob("*.md")))


@pytest.mark.parametrize("table", TABLES, ids=lambda path: path.relative_to(ROOT / "mappings").as_posix())
def test_the_guide_to_the_tables_names_every_table_and_every_column(table: Path) -> None:
    name = re.sub(r"\.[a-z]{2}(?:-\w+)?\.csv$", ".", table.name)  # terms.en.csv is told of as terms.*.csv
    assert name in GUIDES
    header = table.read_text(encoding="utf-8-sig").splitlines()[0].split(",")
    assert not [column for column in header if not re.search(rf"`(?:\w+: )?{column}`|`[^`]*\b{column}\b[^`]*`", GUIDES)]
