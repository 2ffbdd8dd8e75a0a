"""Which file system a folder lies on: SQLite's WAL needs shared memory, which no network file system has."""

from __future__ import annotations

import re
from pathlib import Path

MOUNTS = Path("/proc/mounts")

NETWORK = re.compile(
    r"nfs\d?|cifs|smb\d?|smbfs|9p|afs|coda|ncpfs|ceph|lustre|gpfs|glusterfs|beegfs|orangefs|pvfs2|ocfs2|gfs2|davfs"
    r"|fuse\.(?:sshfs|glusterfs|ceph|s3fs|gcsfuse|rclone|davfs2?|smbnetfs|nfs|juicefs|goofys|blobfuse2?)"
)
"""File systems that several machines share."""


def network_filesystem(folder: Path, mounts: str) -> str | None:
    """The type of the network file system that `folder` lies on, or None; `mounts` is what /proc/mounts says."""
    path = folder.resolve()
    kinds = {}
    for line in mounts.splitlines():
        _, point, kind, *_ = line.split(" ")
        if path.is_relative_to(_unescaped(point)):
            kinds[len(point)] = kind
    kind = kinds[max(kinds)] if kinds else ""
    return kind if NETWORK.fullmatch(kind) else None


def _unescaped(point: str) -> str:
    return re.sub(r"\\([0-7]{3})", lambda match: chr(int(match[1], 8)), point)


def mounts() -> str:
    """What is mounted where; nothing where the system does not say."""
    return MOUNTS.read_text(encoding="utf-8", errors="surrogateescape") if MOUNTS.exists() else ""
