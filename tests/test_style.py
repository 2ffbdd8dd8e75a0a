"""The bar for the shape of the code: short functions, files for one thing each, and no net that catches everything.

Files are measured with all their lines; a file of less than two lines of code, such as a package's front door, would only
flatter the median and is left out, and so are migrations. Functions are measured without docstrings, comments and blank
lines.
"""

from __future__ import annotations

import ast
import io
import tokenize
from collections.abc import Callable, Iterator
from pathlib import Path
from statistics import median

import pytest

ROOT = Path(__file__).parent.parent
HELD = ("src/headcount", "docs")
"""What is held to the bar."""

FILE_BAR = {"median": 80, "p95": 300, "max": 400}
FUNCTION_BAR = {"median": 5, "p95": 25, "max": 50}
COMPLEXITY_BAR = {"p95": 6}

# Comments that tell a tool to look away: fewer than one in so many lines of code.
LOOK_AWAY = ("type: ignore", "noqa", "pragma: no cover", "pylint: disable")
LINES_TO_ONE = 1000

# The one place that may catch whatever comes: the outer loop of the worker, as "file:function".
OUTER_LOOP: set[str] = set()

FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
DOCUMENTED = (ast.Module, ast.ClassDef, *FUNCTIONS)
BRANCHES = (ast.If, ast.IfExp, ast.For, ast.AsyncFor, ast.While, ast.ExceptHandler, ast.With, ast.AsyncWith, ast.Assert)
QUIET = {
    tokenize.COMMENT, tokenize.NL, tokenize.NEWLINE, tokenize.INDENT, tokenize.DEDENT, tokenize.ENDMARKER, tokenize.ENCODING,
}  # fmt: skip


def code_lines(source: str) -> set[int]:
    """The numbers of the lines that hold code."""
    lines: set[int] = set()
    for token in tokens(source):
        if token.type not in QUIET:
            lines.update(range(token.start[0], token.end[0] + 1))
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, DOCUMENTED) and ast.get_docstring(node, clean=False) is not None:
            lines -= span(node.body[0])
    return lines


def tokens(source: str) -> Iterator[tokenize.TokenInfo]:
    yield from tokenize.generate_tokens(io.StringIO(source).readline)


def span(node: ast.stmt) -> set[int]:
    return set(range(node.lineno, (node.end_lineno or node.lineno) + 1))


def file_lengths(files: dict[str, str]) -> dict[str, int]:
    return {name: source.count("\n") + 1 for name, source in files.items() if len(code_lines(source)) > 1}


def functions(source: str) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    yield from (node for node in ast.walk(ast.parse(source)) if isinstance(node, FUNCTIONS))


def function_lengths(source: str) -> dict[str, int]:
    """Code lines of each function, by its name and place."""
    lines = code_lines(source)
    return {f"{function.name}:{function.lineno}": len(lines & span(function)) for function in functions(source)}


def complexities(source: str) -> dict[str, int]:
    """One, and one more for each way that a function may take, by its name and place."""
    return {
        f"{function.name}:{function.lineno}": 1 + sum(map(ways, ast.walk(function))) for function in functions(source)
    }


def ways(node: ast.AST) -> int:
    match node:
        case ast.BoolOp(values=values):
            return len(values) - 1
        case ast.comprehension(ifs=ifs):
            return len(ifs)
        case _:
            return int(isinstance(node, (*BRANCHES, ast.match_case)))


def looks_away(source: str) -> Iterator[str]:
    """Every comment that tells a tool to look away."""
    for token in tokens(source):
        if token.type == tokenize.COMMENT and any(mark in token.string.lower() for mark in LOOK_AWAY):
            yield token.string


def over(bar: dict[str, int], lengths: dict[str, int]) -> list[str]:
    """Which bars are missed, each with what it is, and the longest."""
    ordered = sorted(lengths.values())
    found = {"median": round(median(ordered)), "p95": ordered[round(0.95 * (len(ordered) - 1))], "max": ordered[-1]}
    longest = sorted(lengths, key=lambda name: -lengths[name])[:3]
    return [f"{name} {found[name]} > {limit}: {longest}" for name, limit in bar.items() if found[name] > limit]


def broad_excepts(source: str) -> Iterator[str]:
    """The innermost function of every `except` that catches whatever comes."""
    tree = ast.parse(source)
    owner = {id(inner): node.name for node in ast.walk(tree) if isinstance(node, FUNCTIONS) for inner in ast.walk(node)}
    for node in ast.walk(tree):
        if isinstance(node, ast.ExceptHandler) and catches_all(node.type):
            yield owner.get(id(node), "")


def catches_all(caught: ast.expr | None) -> bool:
    kinds = caught.elts if isinstance(caught, ast.Tuple) else [caught]
    return any(kind is None or ast.unparse(kind).rpartition(".")[2] in {"Exception", "BaseException"} for kind in kinds)


def sources() -> dict[str, str]:
    return {
        path.relative_to(ROOT).as_posix(): path.read_text(encoding="utf-8")
        for part in HELD
        for path in sorted((ROOT / part).rglob("*.py"))
    }


def measured() -> dict[str, str]:
    return {name: source for name, source in sources().items() if "migrations" not in Path(name).parts[:-1]}


def everywhere(measure: Callable[[str], dict[str, int]]) -> dict[str, int]:
    return {f"{name}:{spot}": size for name, source in measured().items() for spot, size in measure(source).items()}


def test_files_are_short() -> None:
    assert over(FILE_BAR, file_lengths(measured())) == []


def test_no_file_is_long_migrations_included() -> None:
    assert over({"max": FILE_BAR["max"]}, file_lengths(sources())) == []


def test_functions_are_short() -> None:
    assert over(FUNCTION_BAR, everywhere(function_lengths)) == []


def test_functions_are_simple() -> None:
    assert over(COMPLEXITY_BAR, everywhere(complexities)) == []


def test_tools_are_hardly_ever_told_to_look_away() -> None:
    away = [comment for source in measured().values() for comment in looks_away(source)]
    assert len(away) * LINES_TO_ONE < sum(len(code_lines(source)) for source in measured().values()), away


def test_nothing_catches_whatever_comes_but_the_outer_loop_of_the_worker() -> None:
    found = {f"{name}:{function}" for name, source in sources().items() for function in broad_excepts(source)}
    assert found <= OUTER_LOOP
    assert len(OUTER_LOOP) <= 1


def test_no_module_is_called_utils_or_helpers() -> None:
    assert [
        name for name in sources() if Path(name).stem in {"utils", "util", "helpers", "helper", "common", "misc"}
    ] == []


def test_a_function_is_measured_without_its_docstring_comments_and_blank_lines() -> None:
    source = 'def f():\n    """What\n    it is."""\n    # why\n\n    text = """a\n\n    b"""\n    return text\n'
    assert function_lengths(source) == {"f:1": 5}


def test_a_file_is_measured_with_all_its_lines_and_a_front_door_not_at_all() -> None:
    files = {"door.py": '"""What\nis inside."""\n', "room.py": '"""What."""\n\n# why\na = 1\nb = 2\n'}
    assert file_lengths(files) == {"room.py": 6}


@pytest.mark.parametrize(
    ("body", "complexity"),
    [
        ("return 1", 1),
        ("return 1 if a else 2", 2),
        ("return a and b or c", 3),
        ("return [x for x in a if x if not b]", 3),
        ("for x in a:\n        while x:\n            pass", 3),
        ("match a:\n        case 1:\n            pass\n        case _:\n            pass", 3),
    ],
)
def test_every_way_that_a_function_may_take_counts(body: str, complexity: int) -> None:
    assert complexities(f"def f(a, b, c):\n    {body}\n") == {"f:1": complexity}


def test_a_comment_that_tells_a_tool_to_look_away_is_seen_and_a_text_is_not() -> None:
    assert list(looks_away("a = 1  # noqa: E501 - why\nb = 'noqa'\nc = d()  # Type: Ignore[x]  # why\n# why\n")) == [
        "# noqa: E501 - why",
        "# Type: Ignore[x]  # why",
    ]


@pytest.mark.parametrize(
    ("lengths", "missed"),
    [
        ([5, 5, 5], []),
        ([5, 5, 51], ["max", "p95"]),
        ([6, 6, 6], ["median"]),
        ([*[5] * 90, *[26] * 10], ["p95"]),
        ([*[5] * 99, 51], ["max"]),
    ],
)
def test_a_bar_that_is_missed_is_caught(lengths: list[int], missed: list[str]) -> None:
    found = over(FUNCTION_BAR, {str(number): length for number, length in enumerate(lengths)})
    assert sorted(line.split()[0] for line in found) == missed


@pytest.mark.parametrize(
    ("kind", "caught"),
    [
        ("", True),
        (" Exception", True),
        (" BaseException as error", True),
        (" (OSError, Exception)", True),
        (" builtins.Exception", True),
        (" (OSError, ValueError)", False),
        (" KeyError", False),
    ],
)
def test_a_broad_except_is_caught(kind: str, caught: bool) -> None:
    source = (
        f"def outer():\n    def inner():\n        try:\n            pass\n        except{kind}:\n            pass\n"
    )
    assert list(broad_excepts(source)) == (["inner"] if caught else [])
