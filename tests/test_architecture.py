"""The house keeps its shape: what each room may import, how big it may grow, what may never stand in the source."""

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "worker"
MODULES = sorted(PACKAGE.rglob("*.py"))
CORE = [path for path in MODULES if "core" in path.relative_to(PACKAGE).parts[:1]]

# What a pure function may need: values, text, calendar arithmetic, and libraries that only turn one value into another.
CORE_MAY_IMPORT = {
    *("abc", "base64", "binascii", "bisect", "calendar", "codecs", "collections", "copy", "dataclasses", "datetime"),
    *(
        "decimal",
        "enum",
        "fnmatch",
        "functools",
        "hashlib",
        "html",
        "io",
        "itertools",
        "json",
        "math",
        "operator",
        "re",
    ),
    *("string", "types", "typing", "unicodedata", "urllib.parse", "uuid", "zlib", "zoneinfo"),
    *("fhir", "fhir_core", "pydantic", "lxml", "striprtf", "charset_normalizer", "pypdf", "fluent", "babel"),
    "worker",
}
IMPURE_CALLS = {"now", "today", "utcnow", "uuid1", "uuid4", "open", "print", "input", "getLogger", "get_logger"}
ROOMS_THAT_ARE_NO_ROOMS = {"utils", "util", "common", "misc", "helpers", "helper", "base", "stuff", "shared"}
MAX_MODULE_LINES, MAX_FUNCTION_LINES = 300, 40
BROAD = {"Exception", "BaseException"}
# The outermost edge of a worker process: nothing above it could note a fault and go on.
OUTERMOST = ["worker/tasks.py"]
# The demo hands its own environment on to the processes that it starts, and reads no setting from it.
READERS_OF_THE_ENVIRONMENT = {"worker/bootstrap.py", "worker/demo/run.py"}


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def tree_of(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"), filename=str(path))


def imports_of(tree: ast.AST) -> Iterator[tuple[int, str]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.lineno, node.module or ""


def functions_of(tree: ast.AST) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    return (node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef))


def lines_of(function: ast.FunctionDef | ast.AsyncFunctionDef, source: list[str]) -> int:
    """Lines from ``def`` to the end that do something: no docstring, no comments, no blank lines."""
    told: set[int] = set()
    if ast.get_docstring(function, clean=False) is not None:
        told = set(range(function.body[0].lineno, (function.body[0].end_lineno or 0) + 1))
    numbers = set(range(function.lineno, (function.end_lineno or function.lineno) + 1)) - told
    return sum(bool(line := source[number - 1].strip()) and not line.startswith("#") for number in numbers)


def lengths_of(path: Path) -> dict[str, int]:
    source = path.read_text(encoding="utf-8").splitlines()
    return {f"{f.name}, line {f.lineno}": lines_of(f, source) for f in functions_of(tree_of(path))}


def is_broad(handler: ast.ExceptHandler) -> bool:
    names = handler.type.elts if isinstance(handler.type, ast.Tuple) else [handler.type]
    return handler.type is None or any(isinstance(name, ast.Name) and name.id in BROAD for name in names)


@pytest.mark.parametrize("path", CORE, ids=name_of)
def test_the_core_imports_only_what_the_allow_list_names(path: Path) -> None:
    imported = imports_of(tree_of(path))
    assert not [(line, name) for line, name in imported if not {name, name.split(".")[0]} & CORE_MAY_IMPORT]


@pytest.mark.parametrize("path", CORE, ids=name_of)
def test_the_core_knows_no_clock_no_chance_and_no_outside(path: Path) -> None:
    called = {
        (node.lineno, node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", ""))
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.Call)
    }
    assert not {(line, name) for line, name in called if name in IMPURE_CALLS}


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_a_room_stays_small_enough_to_read(path: Path) -> None:
    lines = len(path.read_text(encoding="utf-8").splitlines())
    assert lines <= MAX_MODULE_LINES, "split it into a package, or move a part to a sibling room"


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_a_function_stays_small_enough_to_read(path: Path) -> None:
    assert not {name: lines for name, lines in lengths_of(path).items() if lines > MAX_FUNCTION_LINES}


def test_functions_are_short_on_the_whole() -> None:
    lengths = sorted(lines for path in MODULES for lines in lengths_of(path).values())
    assert lengths[len(lengths) // 2] <= 10
    assert lengths[int(len(lengths) * 0.9)] <= 25


def test_everything_is_caught_at_the_outermost_edge_alone() -> None:
    broad = [
        name_of(path)
        for path in MODULES
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.ExceptHandler) and is_broad(node)
    ]
    assert broad == OUTERMOST


def test_the_environment_is_read_in_bootstrap_alone() -> None:
    readers = {
        name_of(path)
        for path in MODULES
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.Attribute) and node.attr in {"environ", "environb", "getenv"}
    }
    assert readers <= READERS_OF_THE_ENVIRONMENT


def test_no_room_is_named_after_having_no_place() -> None:
    assert not [name_of(p) for p in MODULES if {p.stem, *p.relative_to(PACKAGE).parts} & ROOMS_THAT_ARE_NO_ROOMS]


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_imports_stand_at_the_top_and_are_absolute(path: Path) -> None:
    tree = tree_of(path)
    assert not [n.lineno for n in ast.walk(tree) if isinstance(n, ast.ImportFrom) and n.level]
    assert not [line for function in functions_of(tree) for line, _ in imports_of(function)]


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_every_room_says_what_happens_in_it(path: Path) -> None:
    assert ast.get_docstring(tree_of(path)), "a module's docstring says what comes in and what goes out"


def test_data_walks_through_the_rooms_one_way() -> None:
    lint = Path(sys.executable).with_name("lint-imports")
    done = subprocess.run([lint, "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


def shipped() -> list[Path]:
    """Every text file that is, or is about to be, under version control."""
    git = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(git, cwd=ROOT, capture_output=True, check=False)
    if listed.returncode:
        pytest.skip("not a git checkout")
    names = listed.stdout.decode().split("\0")
    suffixes = {".py", ".md", ".csv", ".ftl", ".toml", ".yml", ".yaml", ".json", ".txt", ".cfg", ""}
    files = (ROOT / name for name in names if name)
    return [path for path in files if path.suffix in suffixes and path.is_file() and path != Path(__file__)]


# The maker's own machine, and hosts that a site replaces by its own mirror.
NEVER_SHIPPED = {
    "a path of the machine it was made on": re.compile(r"(?<![\w.])/(?:work|home/\w+|Users/\w+)/"),
    "the host name of a package registry": re.compile(
        r"\b(?:pypi|pythonhosted|npmjs)\.(?:org|com)\b|registry-1\.docker"
    ),
    "a half-done thing": re.compile(r"\b(?:TODO|FIXME|XXX)\b"),
    "a table of procedure codes under licence": re.compile(r"ama-assn\.org/go/cpt"),
}


@pytest.mark.parametrize("what", NEVER_SHIPPED)
def test_the_shipped_files_leave_out(what: str) -> None:
    pattern = NEVER_SHIPPED[what]
    found = [
        f"{name_of(path)}:{number}"
        for path in shipped()
        for number, line in enumerate(path.read_text(encoding="utf-8", errors="replace").splitlines(), 1)
        if pattern.search(line)
    ]
    assert not found
