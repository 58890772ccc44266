"""The command line as other people's scripts call it: NDJSON out, input order, exit codes, one line per fault."""

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from worker.cli.main import cli
from worker.errors import SettingsError

pytestmark = pytest.mark.usefixtures("tables_read_once")
CASES = Path(__file__).parents[1] / "cases" / "demo"
CONTRADICTION = CASES / "27-contradiction-4-with-annual.json"
NEGATIVE = CASES / "25-negative-screening.json"


def run(*arguments: str | Path, stdin: bytes | None = None) -> Result:
    return CliRunner().invoke(cli, [str(argument) for argument in arguments], input=stdin)


def lines(result: Result) -> list[dict[str, Any]]:
    return [json.loads(line) for line in result.stdout.splitlines()]


def test_read_prints_one_object_per_input_in_input_order(tmp_path: Path) -> None:
    result = run("read", CONTRADICTION, NEGATIVE)
    assert result.exit_code == 0
    assert [line["source"] for line in lines(result)] == [str(CONTRADICTION), str(NEGATIVE)]


def test_read_has_the_fields_that_scripts_rely_on() -> None:
    (line,) = lines(run("read", CONTRADICTION))
    assert set(line) >= {
        "source", "relevant", "report", "patient", "status", "findings", "assessments", "birads", "recommendations",
        "pathology", "density", "issues", "action_level", "hold",
    }  # fmt: skip
    assert line["birads"]["overall"] == "4B"
    assert line["birads"]["left"] == "4B"
    assert line["action_level"] == 4
    assert line["hold"] is True
    assert "C-04" in {issue["rule"] for issue in line["issues"]}
    finding = next(f for f in line["findings"] if f["status"] == "present")
    assert (finding["laterality"], finding["distribution"], finding["clock"]) == ("left", "grouped", 2)
    assert finding["morphology"] == ["coarse-heterogeneous"]
    assert finding["extent_mm"] == 9.0


def test_read_takes_standard_input() -> None:
    assert lines(run("read", "-", stdin=NEGATIVE.read_bytes()))[0]["birads"]["overall"] == "1"
    assert lines(run("read", stdin=NEGATIVE.read_bytes()))[0]["birads"]["overall"] == "1"


def test_read_takes_a_bare_narrative() -> None:
    text = b"RIGHT BREAST: Grouped amorphous calcifications. IMPRESSION: BI-RADS 4."
    (line,) = lines(run("read", "--text", "--lang", "en", "-", stdin=text))
    assert line["birads"]["overall"] == "4"


def test_read_takes_fhir_xml(tmp_path: Path) -> None:
    xml = tmp_path / "report.xml"
    xml.write_text(
        '<DiagnosticReport xmlns="http://hl7.org/fhir"><id value="a"/><status value="final"/><code><coding>'
        '<system value="http://loinc.org"/><code value="26346-7"/></coding></code><subject>'
        '<reference value="Patient/1"/></subject><conclusion value="BI-RADS 4"/></DiagnosticReport>'
    )
    assert lines(run("read", xml))[0]["birads"]["overall"] == "4"


@pytest.mark.parametrize("command", ["read", "plan"])
def test_a_bad_input_becomes_an_operation_outcome_and_the_next_is_still_read(command: str, tmp_path: Path) -> None:
    bad = tmp_path / "bad.json"
    bad.write_text('{"resourceType": "DiagnosticReport", "status": ')
    result = run(command, bad, CONTRADICTION, tmp_path / "nowhere.json")
    first, second, third = lines(result)
    assert first["resourceType"] == third["resourceType"] == "OperationOutcome"
    assert second.get("resourceType") != "OperationOutcome"
    assert result.exit_code == 1


def test_a_resource_that_is_not_a_report_is_not_for_us_and_no_error() -> None:
    (line,) = lines(run("read", "-", stdin=b'{"resourceType": "Patient", "id": "p"}'))
    assert line["relevant"] is False
    assert line["hold"] is False


@pytest.mark.parametrize("version", ["R4", "R4B", "R5"])
def test_plan_prints_the_transaction_that_would_be_written(version: str) -> None:
    (bundle,) = lines(run("plan", "--fhir-version", version, "--today", "2026-11-22", CONTRADICTION))
    assert (bundle["resourceType"], bundle["type"]) == ("Bundle", "transaction")
    by_type = {entry["resource"]["resourceType"]: entry["resource"] for entry in bundle["entry"]}
    assert set(by_type) >= {"CarePlan", "ServiceRequest", "Communication", "Task", "DetectedIssue", "Provenance"}
    assert (by_type["CarePlan"]["status"], by_type["CarePlan"]["intent"]) == ("draft", "proposal")
    assert by_type["Communication"]["status"] == "preparation"


def test_plan_is_the_same_on_the_same_day() -> None:
    first, again = (run("plan", "--today", "2026-11-22", CONTRADICTION).stdout for _ in range(2))
    assert first == again
    assert first != run("plan", "--today", "2026-12-22", CONTRADICTION).stdout


def test_the_letter_says_on_its_face_that_it_is_a_draft() -> None:
    plain, page = run("letter", NEGATIVE).stdout, run("letter", "--html", NEGATIVE).stdout
    assert "DRAFT" in plain
    assert page.startswith("<!DOCTYPE html>")
    assert "DRAFT" in page


def test_the_letter_of_a_held_plan_says_on_its_face_that_it_is_held() -> None:
    assert "HELD" in run("letter", CONTRADICTION).stdout
    assert "HELD" in run("letter", "--html", CONTRADICTION).stdout


def test_the_letter_follows_the_language_asked_for() -> None:
    assert run("letter", "--language", "es", NEGATIVE).stdout != run("letter", "--language", "en", NEGATIVE).stdout


def test_tables_check_counts_what_it_read() -> None:
    result = run("tables", "check")
    assert result.exit_code == 0
    assert "no fault found" in result.stdout


def test_tables_check_names_file_and_line_of_a_bad_row(tmp_path: Path) -> None:
    (tmp_path / "practice.csv").write_text("id,value,source\nfacility.name,Ours,site\nfacility.name,Twice,site\n")
    result = run("tables", "check", tmp_path)
    assert result.exit_code == 1
    assert "practice.csv, line 3" in result.stderr


def test_tables_show_finds_rows_by_words() -> None:
    result = run("tables", "show", "RDE1565_amorphous")
    assert result.exit_code == 0
    assert "codes.csv:" in result.stdout
    assert run("tables", "show", "no-such-word-anywhere").exit_code == 1


def test_tables_export_copies_what_is_shipped_and_writes_over_nothing(tmp_path: Path) -> None:
    result = run("tables", "export", tmp_path / "all")
    assert result.exit_code == 0
    shipped = Path(__file__).parents[2] / "mappings"
    assert (tmp_path / "all/codes.csv").read_bytes() == (shipped / "codes.csv").read_bytes()
    assert (tmp_path / "all/letters/en.ftl").exists()
    assert run("tables", "check", tmp_path / "all").exit_code == 0
    assert run("tables", "export", tmp_path / "one", "--table", "codes.csv").exit_code == 0
    assert [path.name for path in (tmp_path / "one").iterdir()] == ["codes.csv"]
    again = run("tables", "export", tmp_path / "one")
    assert (again.exit_code, "codes.csv is there already" in again.stderr) == (1, True)
    assert len(list((tmp_path / "one").iterdir())) == 1
    unknown = run("tables", "export", tmp_path / "two", "--table", "no-such.csv")
    assert (unknown.exit_code, "codes.csv" in unknown.stderr) == (1, True)


def test_tables_diff_shows_which_readings_change(tmp_path: Path) -> None:
    ours, yours = tmp_path / "ours", tmp_path / "yours"
    ours.mkdir()
    yours.mkdir()
    assert run("tables", "diff", ours, yours, NEGATIVE).exit_code == 0
    (yours / "contradictions.csv").write_text(changed_row("contradictions.csv", "C-04", "severity", "low"))
    result = run("tables", "diff", ours, yours, CONTRADICTION, NEGATIVE)
    assert result.exit_code == 1
    (line,) = lines(result)
    assert line["source"] == str(CONTRADICTION)
    assert "issues" in line["changes"]


def changed_row(table: str, row_id: str, column: str, value: str) -> str:
    """The table's header and one row of it with one cell changed, as a site's overlay would hold."""
    with (Path(__file__).parents[2] / "mappings" / table).open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    row = next(row for row in rows if row["id"] == row_id) | {column: value}
    written = io.StringIO()
    writer = csv.DictWriter(written, row)
    writer.writeheader()
    writer.writerow(row)
    return written.getvalue()


def test_tables_missing_counts_codes_that_no_table_knows(tmp_path: Path) -> None:
    bundle = json.loads((CASES / "01-category-4-grouped-fine-pleomorphic.json").read_text())
    text = json.dumps(bundle).replace("RDE1565_finePleomorphic", "RDE1565_neverHeardOf")
    (tmp_path / "one.json").write_text(text)
    result = run("tables", "missing", tmp_path)
    assert result.exit_code == 0
    assert "RDE1565_neverHeardOf" in result.stdout
    site = tmp_path / "site"
    site.mkdir()
    (site / "codes.csv").write_text(
        "id,system,code,group,concept,source\nx.1,rde,RDE1565_neverHeardOf,morphology,round,me\n"
    )
    assert "RDE1565_neverHeardOf" not in run("tables", "missing", "--mappings", site, tmp_path / "one.json").stdout


def test_tables_missing_counts_nothing_of_other_reports_and_names_what_cannot_be_read(tmp_path: Path) -> None:
    chest = json.loads((CASES / "20-not-breast-chest.json").read_text())
    chest["conclusionCode"] = [{"coding": [{"system": "urn:x", "code": "unheard-of"}]}]
    (tmp_path / "chest.json").write_text(json.dumps(chest))
    (tmp_path / "broken.json").write_text('{"resourceType"')
    result = run("tables", "missing", tmp_path)
    assert (result.exit_code, result.stdout) == (0, "")
    assert f"{tmp_path / 'broken.json'}: left out, it cannot be read" in result.stderr


@pytest.mark.parametrize(
    "command",
    ["", "read", "plan", "letter", "serve", "work", "demo", "tables", "parked", "parked replay", "probe", "audit"],
)
def test_every_command_explains_itself(command: str) -> None:
    result = run(*command.split(), "--help")
    assert result.exit_code == 0
    assert len(result.stdout.splitlines()) > 5


def test_a_letter_is_printed_as_pdf() -> None:
    result = CliRunner().invoke(cli, ["letter", "--pdf", "--today", "2026-11-22", str(NEGATIVE)])
    assert (result.exit_code, result.stdout_bytes[:5]) == (0, b"%PDF-")


def test_a_pdf_holds_one_letter() -> None:
    result = run("letter", "--pdf", NEGATIVE, CONTRADICTION)
    assert result.exit_code == 2
    assert "writes one letter, and there are 2" in result.stderr


def test_a_pdf_without_the_signs_of_its_language_is_not_printed() -> None:
    result = run("letter", "--pdf", "--language", "zh-Hans", NEGATIVE)
    assert isinstance(result.exception, SettingsError)
    assert result.stdout_bytes == b""


@pytest.mark.parametrize(("profile", "missing"), [("mqsa", "mqsa-density"), ("nhs", "nhs-support-nurse"), ("eu", None)])
def test_a_letter_is_seen_as_with_a_profile_and_refused_where_something_is_missing(
    profile: str, missing: str | None
) -> None:
    result = run("letter", "--profile", profile, NEGATIVE)
    assert ("REFUSED" in result.stdout) is (missing is not None)
    assert result.exit_code == (1 if missing else 0)
    assert (missing or "DRAFT") in result.stdout
