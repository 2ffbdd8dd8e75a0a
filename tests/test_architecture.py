"""The import table of the house: who may import whom, and no cycle, lazy and TYPE_CHECKING imports included."""

from __future__ import annotations

import ast
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

SRC = Path(__file__).parent.parent / "src"
ROOT = SRC / "headcount"

EVERYTHING = "*"

# A part, and the parts it may import. The first pattern that a module matches is its row; a part may always import
# itself, except that a platform's leaf never imports another leaf.
TABLE: list[tuple[str, str]] = [
    ("model", ""),
    ("news", "model news"),
    ("errors clock cadence net.message", "model errors net.message"),
    ("net.client net.pace net.record",
     "model errors clock net.message net.body net.bucket net.bypass net.guard net.headers net.route net.session net.trouble"),
    ("net.body net.bucket net.bypass net.headers net.route net.session net.trouble", "model errors net.message net.guard"),
    ("net.guard", "net.blocks"),
    ("net.blocks", ""),
    ("net", ""),
    ("platforms.kit.credentials platforms.kit.handles platforms.kit.languages", "model"),
    ("platforms.kit", "model errors net.message platforms.kit"),
    ("platforms.replies", "model errors net.message platforms.kit platforms.replies"),
    ("platforms.LEAF", "model errors net.message platforms.kit platforms.replies"),
    ("platforms", "platforms.kit.contract"),
    ("settings", "model errors cadence news net.message platforms platforms.kit.contract platforms.kit.handles roster.keys roster.slugs roster.spelling settings"),
    ("roster", "model errors platforms platforms.kit.handles roster"),
    ("collect", "model errors clock net net.message net.client net.pace net.record platforms platforms.kit.contract collect"),
    ("check measure", "model check measure"),
    ("store", "model errors clock news store"),
    ("vitals", "model measure news store.reader store.noticing vitals"),
    ("evidence", "model errors clock net.message net.record evidence"),
    ("pages", "model news pages"),
    ("publish", "model errors clock measure news pages reports store.reader store.noticing vitals publish"),
    ("watch", "model errors clock measure news net net.message net.client net.guard store.contract store.reader store.noticing vitals watch"),
    ("reports", "model clock measure news pages store.reader store.noticing vitals reports"),
    ("metrics", "model measure news store.reader store.noticing vitals metrics"),
    ("serve", "model errors clock measure metrics news store.reader store.noticing vitals publish serve"),
    ("demo", "model clock net.message platforms platforms.kit.contract demo"),
    ("pipeline", EVERYTHING),
    ("cli __main__", EVERYTHING),
]  # fmt: skip


def modules(root: Path = ROOT) -> dict[str, Path]:
    found = {}
    for path in root.rglob("*.py"):
        parts = path.relative_to(root.parent).with_suffix("").parts
        found[".".join(parts[:-1] if parts[-1] == "__init__" else parts)] = path
    return found


def imports(path: Path, known: dict[str, Path]) -> Iterator[str]:
    """Every module of ours that a file imports, wherever in the file it does so."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names if alias.name.startswith("headcount"))
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative imports hide the direction"
            if node.module and node.module.split(".")[0] == "headcount":
                for alias in node.names:
                    whole = f"{node.module}.{alias.name}"
                    yield whole if whole in known else node.module


def part(module: str) -> str:
    """The name by which the table knows a module."""
    name = module.removeprefix("headcount").removeprefix(".")
    if name.startswith("platforms.") and name.split(".")[1] not in {"kit", "replies"}:
        return "platforms.LEAF"
    return name


def covers(pattern: str, name: str) -> bool:
    return name == pattern or (pattern not in {"net", "platforms"} and name.startswith(pattern + "."))


def row(name: str) -> str | None:
    for parts, allowed in TABLE:
        if any(covers(pattern, name) for pattern in parts.split()):
            return allowed
    return None


def forbidden(name: str, target: str) -> bool:
    allowed = row(name)
    if allowed is None:
        return True
    return allowed != EVERYTHING and target != "" and not any(covers(pattern, target) for pattern in allowed.split())


def wrong_arrows(root: Path) -> list[str]:
    known = modules(root)
    return [
        f"{module} -> {target}"
        for module, path in known.items()
        for target in imports(path, known)
        if module not in {"headcount", target} and forbidden(part(module), part(target))
    ]


def cycle(root: Path) -> list[str]:
    """The modules of a cycle, or nothing."""
    known = modules(root)
    left = {module: set(imports(path, known)) - {module} for module, path in known.items()}
    while free := [module for module, targets in left.items() if not targets & left.keys()]:
        for module in free:
            del left[module]
    return sorted(left)


def test_every_arrow_is_in_the_table() -> None:
    assert wrong_arrows(ROOT) == []


def test_there_is_no_import_cycle_lazy_ones_included() -> None:
    assert cycle(ROOT) == []


@pytest.mark.parametrize(
    ("file", "line"),
    [
        ("platforms/badleaf.py", "from headcount.net.client import Client"),
        ("platforms/badleaf.py", "from headcount.platforms import twitter"),
        ("check/bad.py", "from headcount.store import contract"),
        ("store/bad.py", "def f():\n    from headcount.publish import tables"),
        ("serve/bad.py", "from headcount.store.contract import Store"),
        ("model.py", "from headcount import errors"),
    ],
)
def test_a_bad_arrow_is_caught(tmp_path: Path, file: str, line: str) -> None:
    house = tmp_path / "headcount"
    shutil.copytree(ROOT, house, ignore=shutil.ignore_patterns("__pycache__"))
    bad = house / file
    bad.write_text((bad.read_text(encoding="utf-8") if bad.exists() else "") + "\n" + line + "\n", encoding="utf-8")
    assert wrong_arrows(house)


def test_a_lazy_cycle_is_caught(tmp_path: Path) -> None:
    house = tmp_path / "headcount"
    house.mkdir()
    (house / "a.py").write_text("from headcount.b import x")
    (house / "b.py").write_text("def f():\n    from headcount.a import y")
    assert cycle(house) == ["headcount.a", "headcount.b"]
