"""The bar for the shape of the code: short functions, files for one thing each, and no net that catches everything."""

from __future__ import annotations

import ast
import io
import tokenize
from collections.abc import Iterator
from pathlib import Path
from statistics import median

import pytest

ROOT = Path(__file__).parent.parent / "src" / "headcount"

# Lines of a file; code lines of a function, without its docstring, comments and blank lines.
FILE_BAR = {"median": 80, "p95": 300, "max": 400}
FUNCTION_BAR = {"median": 5, "p95": 25, "max": 50}

# The one place that may catch whatever comes: the outer loop of the worker, as "file:function".
OUTER_LOOP: set[str] = set()

FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
QUIET = {
    tokenize.COMMENT, tokenize.NL, tokenize.NEWLINE, tokenize.INDENT, tokenize.DEDENT, tokenize.ENDMARKER, tokenize.ENCODING,
}  # fmt: skip


def code_lines(source: str) -> set[int]:
    """The numbers of the lines that hold code."""
    lines: set[int] = set()
    for token in tokenize.generate_tokens(io.StringIO(source).readline):
        if token.type not in QUIET:
            lines.update(range(token.start[0], token.end[0] + 1))
    for node in ast.walk(ast.parse(source)):
        # A text that stands alone is a docstring, of a module, class, function or field.
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str):
            lines.difference_update(range(node.lineno, (node.end_lineno or node.lineno) + 1))
    return lines


def function_lengths(source: str) -> dict[str, int]:
    """Code lines of each function, by its name and place."""
    lines = code_lines(source)
    return {
        f"{node.name}:{node.lineno}": len(lines & set(range(node.lineno, (node.end_lineno or node.lineno) + 1)))
        for node in ast.walk(ast.parse(source))
        if isinstance(node, FUNCTIONS)
    }


def over(bar: dict[str, int], lengths: dict[str, int]) -> list[str]:
    """Which bars are missed, each with what it is, and the longest."""
    ordered = sorted(lengths.values())
    measured = {"median": round(median(ordered)), "p95": ordered[round(0.95 * (len(ordered) - 1))], "max": ordered[-1]}
    longest = sorted(lengths, key=lambda name: -lengths[name])[:3]
    return [f"{name} {measured[name]} > {limit}: {longest}" for name, limit in bar.items() if measured[name] > limit]


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
    return {path.relative_to(ROOT).as_posix(): path.read_text(encoding="utf-8") for path in sorted(ROOT.rglob("*.py"))}


def test_files_are_short() -> None:
    # A file of a docstring alone, such as a package's front door, would only flatter the median.
    assert (
        over(FILE_BAR, {name: source.count("\n") for name, source in sources().items() if len(code_lines(source)) > 1})
        == []
    )


def test_functions_are_short() -> None:
    lengths = {
        f"{name}:{spot}": size for name, text in sources().items() for spot, size in function_lengths(text).items()
    }
    assert over(FUNCTION_BAR, lengths) == []


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
