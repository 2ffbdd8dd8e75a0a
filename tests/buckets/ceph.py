"""A private Ceph with its S3 server: one monitor, one store in memory, on loopback ports that nobody else has.

The programs are those of the system, or Debian's packages as `make ceph` unpacks them into build/ceph.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
import time
import uuid
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from msgspec import Struct

from tests.buckets.endpoint import Endpoint
from tests.buckets.waiting import PATIENCE, free_ports, wait_for

UNPACKED = Path(__file__).parent.parent.parent / "build" / "ceph"
KEY, SECRET = "AKCEPH", "SKCEPHSECRET"

CONFIG = """
[global]
fsid = {fsid}
mon host = v1:127.0.0.1:{monitor}
auth cluster required = none
auth service required = none
auth client required = none
run dir = {folder}/run
log file = {folder}/log/$name.log
admin socket = {folder}/run/$name.$pid.asok
keyring = {folder}/keyring
osd pool default size = 1
osd pool default min size = 1
osd pool default pg num = 1
osd crush chooseleaf type = 0
osd class update on start = false
osd crush update on start = false
mon allow pool size one = true
mon data avail crit = 1
mon data avail warn = 2
paxos propose interval = 0.2
osd objectstore = memstore
memstore device bytes = 1073741824
erasure code dir = {libraries}/ceph/erasure-code
osd class dir = {libraries}/rados-classes
plugin dir = {libraries}/ceph
rgw frontends = beast tcp_nodelay=1 endpoint=127.0.0.1:{port}
rgw enable usage log = false
rgw run sync thread = false
[mon.a]
mon data = {folder}/mon
mon addr = v1:127.0.0.1:{monitor}
[osd.0]
osd data = {folder}/osd
public addr = 127.0.0.1
cluster addr = 127.0.0.1
"""


class Cluster(Struct, frozen=True):
    """The programs, and the folder in which one cluster lives."""

    root: Path
    folder: Path

    def environment(self) -> dict[str, str]:
        library = libraries(self.root)
        places = [
            library,
            library / "ceph",
            self.root / "lib" / library.name,
            self.root / "usr/lib/ceph",
            self.root / "usr/lib",
        ]
        return os.environ | {
            "CEPH_CONF": str(self.folder / "ceph.conf"),
            "LD_LIBRARY_PATH": ":".join(map(str, places)),
            "PATH": f"{self.root / 'usr/bin'}:{os.environ['PATH']}",
            "PYTHONPATH": str(self.root / "usr/lib/python3/dist-packages"),
        }

    def run(self, program: str, *words: str) -> None:
        done = self._run(program, words)
        assert done.returncode == 0, f"{program} {' '.join(words)}: {done.stderr}"

    def run_when_possible(self, program: str, *words: str) -> None:
        """The same, again and again until it is done: a monitor that has just been started says no to everything."""
        deadline = time.monotonic() + PATIENCE
        while (done := self._run(program, words)).returncode:
            assert time.monotonic() < deadline, f"{program} {' '.join(words)}: {done.stderr}"

    def _run(self, program: str, words: tuple[str, ...]) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            self._command(program, words),
            env=self.environment(),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=PATIENCE,
            check=False,
        )

    @contextmanager
    def running(self, program: str, *words: str) -> Iterator[None]:
        """A daemon in the foreground, so that it is ours to stop."""
        with (self.folder / "log" / program).open("wb") as log:
            process = subprocess.Popen(
                [*self._command(program, words), "-f"],
                env=self.environment(),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
            )
        try:
            yield
        finally:
            process.kill()
            process.wait(PATIENCE)

    def _command(self, program: str, words: tuple[str, ...]) -> list[str]:
        path = str(self.root / "usr/bin" / program)
        # `ceph` is a script, for the Python for which Debian has made its library.
        return [*(["/usr/bin/python3"] if program == "ceph" else []), path, *words]


def root() -> Path | None:
    """Where the programs are; None: not on this machine."""
    found = [each for each in (UNPACKED, Path("/")) if (each / "usr/bin/radosgw").exists()]
    return found[0] if found else None


def libraries(root: Path) -> Path:
    return next(path.parent for path in sorted((root / "usr/lib").glob("*-linux-gnu/rados-classes")))


@contextmanager
def server(root: Path) -> Iterator[Endpoint]:
    """A server that runs while inside."""
    folder = Path(tempfile.mkdtemp(prefix="headcount-ceph-"))
    monitor, port = free_ports(2)
    for name in ("mon", "osd", "run", "log"):
        (folder / name).mkdir()
    cluster, fsid = Cluster(root, folder), str(uuid.uuid4())
    text = CONFIG.format(fsid=fsid, monitor=monitor, port=port, folder=folder, libraries=libraries(root))
    (folder / "ceph.conf").write_text(text)
    try:
        with ExitStack() as stack:
            _start(cluster, fsid, stack)
            url = f"http://127.0.0.1:{port}"
            wait_for(url)
            words = ("--uid=test", "--display-name=Test", f"--access-key={KEY}", f"--secret-key={SECRET}")
            cluster.run("radosgw-admin", "-n", "client.admin", "user", "create", *words)
            yield Endpoint(url, KEY, SECRET)
    finally:
        shutil.rmtree(folder)


def _start(cluster: Cluster, fsid: str, stack: ExitStack) -> None:
    keyring, store = str(cluster.folder / "keyring"), str(uuid.uuid4())
    cluster.run("ceph-authtool", "--create-keyring", keyring, "--gen-key", "-n", "mon.", "--cap", "mon", "allow *")
    caps = ("--cap", "mon", "allow *", "--cap", "osd", "allow *", "--cap", "mgr", "allow *")
    cluster.run("ceph-authtool", keyring, "--gen-key", "-n", "client.admin", *caps)
    cluster.run("ceph-mon", "--mkfs", "-i", "a", "--keyring", keyring, "--fsid", fsid)
    stack.enter_context(cluster.running("ceph-mon", "-i", "a"))
    # The store would enter itself into the map as it starts, and now and then hangs there ("wrong fsid"); so we do it.
    cluster.run_when_possible("ceph", "osd", "new", store)
    cluster.run("ceph", "osd", "crush", "add", "osd.0", "1.0", "root=default", "host=here")
    cluster.run("ceph-osd", "-i", "0", "--mkfs", "--osd-uuid", store)
    stack.enter_context(cluster.running("ceph-osd", "-i", "0"))
    stack.enter_context(cluster.running("radosgw", "-n", "client.admin"))
