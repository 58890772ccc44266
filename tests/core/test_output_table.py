"""The table of output codes: what it answers, and which rows it refuses."""

from pathlib import Path

import pytest

from worker.core.rules.output import Output
from worker.errors import TableError
from worker.tables import FolderReader, default_folder

HEADER = "id,kind,key,text,system,code,display,source,note"


def load(folder: Path, *rows: str) -> Output:
    (folder / "fhir-out.csv").write_text("\n".join((HEADER, *rows)) + "\n", encoding="utf-8")
    return Output.load(FolderReader((folder,)))


def test_the_shipped_table_knows_every_side_and_quadrant_of_the_model() -> None:
    output = Output.load(FolderReader((default_folder(),)))
    for side in ("left", "right", "bilateral", "unknown"):
        row = output.get("side", side)
        assert row
        assert row.code
    quadrants = ("upper-outer", "upper-inner", "lower-outer", "lower-inner", "subareolar")
    assert all(output.get("quadrant", quadrant) for quadrant in quadrants)


def test_where_the_table_is_silent_the_key_is_said(tmp_path: Path) -> None:
    output = load(tmp_path)
    assert output.get("text", "task-review") is None
    assert output.say("text", "task-review") == "task review"


def test_a_sites_row_takes_the_place_of_ours(tmp_path: Path) -> None:
    (tmp_path / "fhir-out.csv").write_text(f"{HEADER}\ntext-goal,text,goal,Abgeklärt,,,,site,\n", encoding="utf-8")
    output = Output.load(FolderReader((default_folder(), tmp_path)))
    assert output.say("text", "goal") == "Abgeklärt"


@pytest.mark.parametrize(
    ("rows", "reason"),
    [
        (("a,text,goal,x,,,,s,", "b,text,goal,y,,,,s,"), "stands already in row 'a'"),
        (("a,text,goal,,,,,s,",), "the text is empty"),
        (("a,side,left,left,http://snomed.info/sct,,,s,",), "belong together"),
        (("a,side,left,left,,80248007,,s,",), "belong together"),
        (("a,label,draft,Draft,http://snomed.info/sct,1,,s,",), "has no code"),
        (("a,colour,red,x,,,,s,",), "must be one of"),
    ],
)
def test_a_bad_row_is_refused_with_its_line(rows: tuple[str, ...], reason: str, tmp_path: Path) -> None:
    with pytest.raises(TableError, match=reason) as caught:
        load(tmp_path, *rows)
    assert caught.value.line == len(rows) + 1
