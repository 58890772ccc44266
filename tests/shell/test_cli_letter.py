"""A site's lay summary from its own tables, by the command line: complete, or refused with what is missing."""

import hashlib
import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from tests.shell.documents import report
from worker.cli.main import cli
from worker.errors import TableError

pytestmark = pytest.mark.usefixtures("tables_read_once")
STATEMENT = "Made-up words in place of the statement of law for a site's density c."
FACTS = """id,value,source,note
facility.name,Lakeside Imaging,our site,
facility.address,"2 Lake Road, Lakeside",our site,
facility.phone,+1 555 0122,our site,
"""


@pytest.fixture
def document(tmp_path: Path) -> Path:
    """A report that says its density, about a person with a name who reads Spanish."""
    spanish = {"coding": [{"system": "urn:ietf:bcp:47", "code": "es"}]}
    patient = {
        "resourceType": "Patient",
        "id": "p",
        "name": [{"given": ["Ana"], "family": "Example"}],
        "communication": [{"language": spanish, "preferred": True}],
    }
    text = "The breasts are heterogeneously dense. No suspicious calcifications. BI-RADS 2."
    made = report(1, conclusion=text, contained=[patient], subject={"reference": "#p"}, issued="2026-02-21T09:00:00Z")
    path = tmp_path / "report.json"
    path.write_text(json.dumps(made), encoding="utf-8")
    return path


def site(folder: Path, statement: str = STATEMENT, checked: str = STATEMENT) -> Path:
    """A site's tables: who it is, and the statement that it copied from the law."""
    (folder / "letters").mkdir(parents=True)
    (folder / "practice.csv").write_text(FACTS, encoding="utf-8")
    digest = hashlib.sha256(checked.encode()).hexdigest()
    row = f'c,"{statement}",{digest},copied from 21 CFR 900.12(c)(2)(iv) on 2026-11-30,21 CFR 900.12(c)(2)(iv),\n'
    table = "id,text,sha256,citation,source,note\n" + row
    (folder / "letters" / "statements.csv").write_text(table, encoding="utf-8")
    return folder


def letter(document: Path, folder: Path, *more: str) -> Result:
    words = ["letter", "--profile", "mqsa", "--mappings", str(folder), "--today", "2026-02-22", *more, str(document)]
    return CliRunner().invoke(cli, words)


def test_a_lay_summary_holds_what_the_law_asks_for(document: Path, tmp_path: Path) -> None:
    result = letter(document, site(tmp_path / "site"), "--html")
    assert result.exit_code == 0, result.output
    shown = result.stdout.replace("\u00a0", " ").replace("&#x27;", "'")
    for element in ("Ana Example", "Lakeside Imaging", "2 Lake Road, Lakeside", "+1 555 0122", STATEMENT):
        assert element in shown
    assert "22 de marzo de 2026" in shown, "thirty days from the exam"
    assert "BORRADOR" in shown


def test_it_is_refused_without_the_sites_statement_and_without_a_name(document: Path, tmp_path: Path) -> None:
    (tmp_path / "bare").mkdir()
    (tmp_path / "bare" / "practice.csv").write_text(FACTS, encoding="utf-8")
    refused = letter(document, tmp_path / "bare")
    assert refused.exit_code == 1
    assert "Falta: mqsa-density" in refused.stdout
    nameless = json.loads(document.read_text(encoding="utf-8"))
    del nameless["contained"][0]["name"]
    nobody = tmp_path / "nobody.json"
    nobody.write_text(json.dumps(nameless), encoding="utf-8")
    assert "it names no patient" in letter(nobody, tmp_path / "bare").stdout
    nameless["contained"][0]["identifier"] = [{"system": "urn:mrn", "value": "7"}]
    document.write_text(json.dumps(nameless), encoding="utf-8")
    assert "mqsa-patient-name" in letter(document, site(tmp_path / "site")).stdout


def test_a_statement_that_was_changed_after_it_was_copied_stops_everything(document: Path, tmp_path: Path) -> None:
    folder = site(tmp_path / "site", statement=STATEMENT.replace("law", "lore"))
    result = letter(document, folder)
    assert isinstance(result.exception, TableError)
    assert "SHA-256" in str(result.exception)
