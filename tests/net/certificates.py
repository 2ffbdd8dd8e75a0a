"""Made-up certificates, by the openssl command."""

from __future__ import annotations

import ssl
import subprocess
from pathlib import Path

CONFIG = """
[ca]
default_ca = ours
[ours]
database = {folder}/index.txt
new_certs_dir = {folder}
serial = {folder}/serial
certificate = {folder}/ca.pem
private_key = {folder}/ca.key
default_md = sha256
policy = any
copy_extensions = copy
unique_subject = no
[any]
commonName = supplied
"""

KEY = ("-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes")


class Authority:
    """Signs certificates; `bundle` is what one must trust to believe them."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.bundle = folder / "ca.pem"
        (folder / "index.txt").touch()
        (folder / "serial").write_text("01")
        (folder / "ca.cnf").write_text(CONFIG.format(folder=folder))
        openssl(
            "req", "-x509", *KEY, "-keyout", folder / "ca.key", "-out", self.bundle, "-subj", "/CN=Made-up authority"
        )

    def server(self, name: str, *, signed_by_itself: bool = False, until: str = "20491231235959Z") -> ssl.SSLContext:
        """What a server needs that shows a certificate for `name` (`DNS:localhost`, `IP:127.0.0.1`)."""
        stem = self._folder / name.replace(":", "-").replace("*", "any").replace(",", "-")
        key, request, shown = stem.with_suffix(".key"), stem.with_suffix(".csr"), stem.with_suffix(".pem")
        asked = ("-keyout", key, "-subj", "/CN=server", "-addext", f"subjectAltName={name}")
        if signed_by_itself:
            openssl("req", "-x509", *KEY, *asked, "-out", shown)
        else:
            openssl("req", "-new", *KEY, *asked, "-out", request)
            openssl("ca", "-batch", "-notext", "-config", self._folder / "ca.cnf", "-in", request, "-out", shown,
                    "-startdate", "20200101000000Z", "-enddate", until)  # fmt: skip
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(shown, key)
        return context


def openssl(*arguments: str | Path) -> None:
    subprocess.run(["openssl", *map(str, arguments)], check=True, capture_output=True)
