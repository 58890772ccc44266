"""The vocabulary's tables: what is refused, with file and line and how to mend it; and how names are found."""

import csv
import io
from pathlib import Path

import pytest

from worker.core.model import Coding
from worker.core.rules import Rules, Vocabulary
from worker.core.rules.naming import Names, Phrases, folded
from worker.errors import TableError
from worker.tables import FolderReader, default_folder, load_rules

HEADERS = {
    "systems.csv": "id,uri,aliases,ignores_case,hierarchical,source",
    "concepts.csv": "id,group,concept,display,names,also,compatible,source",
    "codes.csv": "id,system,code,group,concept,also,scale,months,breast,source",
    "relevance.csv": "id,kind,effect,system,code,phrases,purpose,laterality,source",
}


def load(tmp_path: Path, table: str, *rows: str) -> Vocabulary:
    """The shipped vocabulary with rows of a site laid over it."""
    (tmp_path / table).write_text("\n".join((HEADERS[table], *rows)) + "\n")
    return Vocabulary.load(FolderReader((default_folder(), tmp_path)))


@pytest.mark.parametrize(
    ("table", "rows", "reason"),
    [
        ("codes.csv", ["x.1,nowhere,1,category,4,,,,yes,me"], "'nowhere' stands not in systems.csv"),
        ("codes.csv", ["x.1,snomed,1,category,4D,,,,yes,me"], "'category:4D' stands not in concepts.csv"),
        ("codes.csv", ["x.1,snomed,1,category,4,action:dance,,,yes,me"], "'action:dance' stands not in concepts.csv"),
        ("codes.csv", ["x.1,snomed,397144001,category,2,,,,yes,me"], "stands already in row 'snomed.397144001'"),
        ("codes.csv", ["x.1,rde,rde1565_ROUND,morphology,round,,,,yes,me"], "stands already in row"),
        ("codes.csv", ["x.1,snomed,1*,category,4,,,,yes,me"], "not hierarchical"),
        ("codes.csv", ["x.1,snomed,,category,4,,,,yes,me"], "the code is empty"),
        ("codes.csv", ["x.1,snomed,1,category,4,,,six,yes,me"], "must be a number"),
        ("codes.csv", ["x.1,snomed,1,category,4,,,,maybe,me"], "write yes or no"),
        ("codes.csv", ["x.1,snomed,1,category,4,,,,yes,"], "the source is empty"),
        ("concepts.csv", ["x.1,category,4,Again,,,,me"], "stands already in row 'category.4'"),
        ("concepts.csv", ["x.1,morphology,new-shape,New,Amorphous,,,me"], "belongs to 'morphology.amorphous'"),
        ("concepts.csv", ["x.1,clock,13,13,,,left:nowhere,me"], "'quadrant:nowhere' stands not"),
        ("systems.csv", ["x,urn:x,SCT,no,no,me"], "belongs to another system"),
        ("relevance.csv", ["x.1,word,ours,,,,unknown,unknown,me"], "can never match"),
        ("relevance.csv", ["x.1,code,ours,loinc,1,words,unknown,unknown,me"], "can never match"),
        ("relevance.csv", ["x.1,word,ours,,,Breast,unknown,unknown,me"], "stands already in 'word.breast-en'"),
        ("relevance.csv", ["x.1,code,ours,loinc,24606-6,,unknown,unknown,me"], "stands already in row"),
        ("relevance.csv", ["x.1,code,theirs,loinc,1,,unknown,unknown,me"], "must be one of"),
        ("relevance.csv", ["x.1,code,breast,loinc,1,,unknown,unknown,me"], "is one of words"),
        ("relevance.csv", ["x.1,word,ours,loinc,1,words,unknown,unknown,me"], "can never match"),
        ("relevance.csv", ["x.1,word,generic,,,words,unknown,unknown,me"], "need a modality"),
        ("relevance.csv", ["x.1,word,ours,,,wo*rds,unknown,unknown,me"], "only at the end"),
        ("relevance.csv", ["x.1,word,ours,,,*,unknown,unknown,me"], "letters first"),
        ("systems.csv", ["x,,,no,no,me"], "the uri is empty"),
        ("systems.csv", ["x,urn:x,sct,no,no,me"], "belongs to another system"),
        ("codes.csv", ["x.1,icd-10-cm,R9*2,category,4,,,,yes,me"], "only at the end"),
        ("codes.csv", ["x.1,icd-10-cm,R920,category,4,,,,yes,me"], "stands already in row 'icd-10-cm.r92.0'"),
        ("codes.csv", ['x.1,snomed,1,"category,4,,,,yes,me'], "check the quotes"),
        ("concepts.csv", ["x.1,shape,new,New,,,,me"], "must be one of"),
    ],
)
def test_a_row_that_cannot_work_is_refused_with_file_and_line(
    table: str, rows: list[str], reason: str, tmp_path: Path
) -> None:
    with pytest.raises(TableError) as caught:
        load(tmp_path, table, *rows)
    assert str(caught.value).startswith(f"{tmp_path / table}, line 2: ")
    assert reason in str(caught.value)


def test_a_site_replaces_a_row_by_giving_its_id(tmp_path: Path) -> None:
    vocabulary = load(tmp_path, "codes.csv", "snomed.129756007,snomed,129756007,morphology,punctate,,,,yes,our lexicon")
    row = vocabulary.row_of(Coding("http://snomed.info/sct", "129756007"))
    assert row is not None
    assert (row.concept, row.source) == ("punctate", "our lexicon")


def test_a_site_adds_a_system_and_its_codes(tmp_path: Path) -> None:
    (tmp_path / "systems.csv").write_text(f"{HEADERS['systems.csv']}\nours,urn:ours,,yes,yes,me\n")
    vocabulary = load(
        tmp_path, "codes.csv", "ours.1,ours,K4*,category,4,,,,yes,me", "ours.2,ours,K4.2,category,4B,,,,yes,me"
    )
    found = [vocabulary.row_of(Coding("urn:ours", code)) for code in ("k4", "K4.1", "K4.2", "K5")]
    assert [row.concept if row else None for row in found] == ["4", "4", "4B", None]


def test_shipped_tables_name_a_source_in_every_row_and_hold_no_procedure_billing_codes() -> None:
    for table in HEADERS:
        text = (default_folder() / table).read_text()
        for row in csv.DictReader(io.StringIO(text)):
            assert row["source"].strip(), row["id"]
            assert "clinical.md" not in row["source"]
            assert "cpt" not in (row.get("system") or "").lower()


def test_every_code_system_is_known_with_a_version_or_a_slash(rules: Rules) -> None:
    for uri in ("http://loinc.org/", "http://loinc.org|2.77", "http://snomed.info/sct/11000172109"):
        assert rules.vocabulary.system_named(uri) is not None
    assert rules.vocabulary.system_named("") is None
    assert rules.vocabulary.system_named("http://example.org/any") is None


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Upper Outer", ("upper-outer",)),
        ("upperouter", ("upper-outer",)),
        ("Structure of upper-outer quadrant of left breast", ("upper-outer",)),
        ("supper outerwear", ()),
        ("oberer äußerer Quadrant", ("upper-outer",)),
        ("左乳外上象限", ("upper-outer",)),
    ],
)
def test_names_are_found_whatever_case_accent_and_spacing(text: str, found: tuple[str, ...], rules: Rules) -> None:
    assert rules.vocabulary.named_in("quadrant", text) == found


def test_short_names_count_only_as_the_whole_text() -> None:
    names = Names.of([("4", "4"), ("4B", "4B"), ("category 4", "4")])
    assert names.named_in("4b") == ("4B",)
    assert names.named_in("see 4b below") == ()
    assert names.named_in("Category 4 - Biopsy") == ("4",)
    assert names.exactly(" 4 B. ") == "4B"


def test_phrases_with_any_ending_begin_at_a_word() -> None:
    phrases = Phrases.of([("mammogra*", "a"), ("hip", "b")])
    assert phrases.first_in(folded("DIGITAL MAMMOGRAPHY")) == "a"
    assert phrases.first_in("xeromammography") is None
    assert phrases.first_in("friendship") is None
    assert phrases.first_in("left hip.") == "b"


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("code.csv", b"id,source\n", "did you mean codes.csv?"),
        ("notes.csv", b"id,source\n", "no table has this name"),
        ("codes.csv", "id,source\nx,Straße\n".encode("latin-1"), "line 2: this is not UTF-8"),
        ("codes.csv", b"id;source\nx;me\n", "line 1: the cells are parted by semicolons"),
        ("codes.csv", b"", "line 1: column 'id' is missing"),
    ],
)
def test_a_file_that_no_table_can_be_is_refused_by_its_path(
    name: str, content: bytes, words: str, tmp_path: Path
) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(TableError) as caught:
        load_rules((tmp_path,))
    assert str(caught.value).startswith(f"{tmp_path / name}, line ")
    assert words in str(caught.value)


def test_a_table_of_a_language_that_we_do_not_have_may_be_added(tmp_path: Path) -> None:
    header = "id,phrase,group,concept,alone,source,note\n"
    (tmp_path / "terms.nl.csv").write_text(f"{header}nl-1,verkalkingen,calcification,generic,,me,\n", "utf-8")
    (tmp_path / "cues.nl.csv").write_text("id,phrase,kind,direction,scope,source,note\n", "utf-8")
    assert load_rules((tmp_path,)).digest != load_rules().digest
