"""nginx and Apache as ordinary processes on the loopback address, with a shipped file in a small configuration around it."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager, suppress
from http.client import HTTPConnection
from pathlib import Path

import pytest

DEPLOY = Path(__file__).parent.parent.parent / "deploy"
PATIENCE = 15.0
SYSTEM_FOLDERS = ("/usr/sbin", "/usr/local/sbin", "/usr/bin")
MODULES = Path("/usr/lib/apache2/modules")

NGINX = """
daemon off;
master_process off;
pid {folder}/nginx.pid;
error_log {folder}/error.log;
events {{ }}
http {{
    access_log off;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    include {folder}/shipped.conf;
}}
"""
APACHE = """
ServerRoot {folder}
DefaultRuntimeDir {folder}
TypesConfig /dev/null
PidFile {folder}/apache.pid
ErrorLog {folder}/error.log
ServerName localhost
Listen 127.0.0.1:{port}
{modules}
Include {folder}/shipped.conf
"""
LOADED = ("mpm_event", "authz_core", "alias", "dir", "headers", "mime", "rewrite", "setenvif")


def program(name: str) -> str:
    """The path of a program of the system; the test is skipped where there is none, and fails in CI."""
    found = shutil.which(name, path=os.pathsep.join((os.environ.get("PATH", ""), *SYSTEM_FOLDERS)))
    if found is None:
        complaint = f"{name} is not here: what we ship for it is not tested"
        if os.environ.get("CI") == "true":
            pytest.fail(complaint)
        pytest.skip(complaint)
    return found


def filled(text: str, placeholders: Mapping[str, str]) -> str:
    """A shipped file with a reader's own values in it; each of its placeholders must be there."""
    for old, new in placeholders.items():
        assert old in text, f"{old} is not in the file"
        text = text.replace(old, new)
    return text


@contextmanager
def nginx(folder: Path, shipped: str, port: int) -> Iterator[None]:
    """Runs nginx while inside."""
    (folder / "shipped.conf").write_text(shipped)
    (folder / "main.conf").write_text(NGINX.format(folder=folder))
    command = [program("nginx"), "-p", str(folder), "-e", f"{folder}/error.log", "-c", f"{folder}/main.conf"]
    with running(command, port, folder / "error.log"):
        yield


@contextmanager
def apache(folder: Path, shipped: str, port: int) -> Iterator[None]:
    """Runs Apache while inside."""
    modules = "\n".join(f"LoadModule {name}_module {MODULES}/mod_{name}.so" for name in LOADED)
    (folder / "shipped.conf").write_text(shipped)
    (folder / "main.conf").write_text(APACHE.format(folder=folder, port=port, modules=modules))
    with running(
        [program("apache2"), "-X", "-d", str(folder), "-f", f"{folder}/main.conf"], port, folder / "error.log"
    ):
        yield


@contextmanager
def running(command: list[str], port: int, log: Path) -> Iterator[None]:
    """A process while inside, from when it answers."""
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        try:
            wait_for(process, port, log)
            yield
        finally:
            process.terminate()


def wait_for(process: subprocess.Popen[bytes], port: int, log: Path) -> None:
    """Until it answers; what it has complained of, where it ends or never does."""
    deadline = time.monotonic() + PATIENCE
    while process.poll() is None and time.monotonic() < deadline:
        with suppress(OSError), closing(HTTPConnection("127.0.0.1", port, timeout=1)) as connection:
            connection.request("HEAD", "/")
            connection.getresponse()
            return
    pytest.fail(f"{process.args!r} does not answer: {log.read_text() if log.exists() else 'it wrote no log'}")


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return int(listener.getsockname()[1])
