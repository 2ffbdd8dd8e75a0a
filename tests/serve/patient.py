"""Serves an installation, and waits for clients so long as it is told: `python -m tests.serve.patient FOLDER SECONDS`."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from msgspec import structs

from headcount.cli.serve import serving_of
from headcount.serve.listen import Address, free, listen
from headcount.settings import load

if __name__ == "__main__":
    settings = load(Path(sys.argv[1]) / "headcount.toml", os.environ | {"CANARY": "x"})
    patience = float(sys.argv[2])
    address = free(Address(port=0, patience=patience))
    listen(structs.replace(serving_of(settings), patience=patience), address, lambda: print(address.url, flush=True))  # noqa: T201 - whoever started it reads this
