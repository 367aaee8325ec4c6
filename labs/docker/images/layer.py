"""One layer of an image: which files it holds, its tar, and its place on disk. Knows nothing about stores and images."""

import base64
import gzip
import hashlib
import json
import os
import stat
import struct
import tarfile
from dataclasses import dataclass
from pathlib import Path

# Left out of every layer: what only the build needed, and documentation.
SKIPPED = (
    "usr/sbin/policy-rc.d", "usr/share/doc", "usr/share/man", "usr/share/info", "usr/share/locale",
    "usr/share/lintian", "var/cache/apt", "var/cache/debconf", "var/lib/apt/lists", "var/log/apt", "var/log/dpkg.log",
    "var/log/alternatives.log", "var/log/bootstrap.log", "etc/resolv.conf", "etc/hosts",
)  # fmt: skip

# The learner's user namespace: its root is the learner, the other ids follow from the learner's sub-ids.
LEARNER_ID = 1000
SUB_IDS = 100000


def outside(number):
    """The id outside of the learner's user namespace of an id inside."""
    return LEARNER_ID if number == 0 else SUB_IDS + number - 1


@dataclass(frozen=True)
class Entry:
    """One file, folder or link, as it is in the root file system that it comes from."""

    name: str
    status: os.stat_result
    target: str

    def same_as(self, other):
        """Whether a copy of the same file was left as it was."""
        keys = ("st_mode", "st_uid", "st_gid", "st_size")
        return self.target == other.target and all(
            getattr(self.status, key) == getattr(other.status, key) for key in keys
        ) and (stat.S_ISDIR(self.status.st_mode) or int(self.status.st_mtime) == int(other.status.st_mtime))


def scan(root):
    """All entries below a root file system by name, parents before children. Devices and sockets are left out."""
    entries = {}
    for folder, folders, files in os.walk(root):
        for name in sorted(folders + files):
            path = os.path.join(folder, name)
            relative = os.path.relpath(path, root)
            status = os.lstat(path)
            kind = stat.S_IFMT(status.st_mode)
            if kind not in (stat.S_IFREG, stat.S_IFDIR, stat.S_IFLNK) or relative in SKIPPED:
                if name in folders:
                    folders.remove(name)
                continue
            entries[relative] = Entry(relative, status, os.readlink(path) if kind == stat.S_IFLNK else "")
        folders.sort()
    return dict(sorted(entries.items()))


def changed(entries, base):
    """The entries that the base does not have in the same form, with the folders above them."""
    names = {name for name, entry in entries.items() if name not in base or not entry.same_as(base[name])}
    for name in list(names):
        names.update(str(parent) for parent in Path(name).parents if str(parent) != ".")
    return [entry for name, entry in entries.items() if name in names]


def crc64_table():
    """Eight bytes at a time: CRC-64 as ISO 3309 has it, as tar-split uses it."""
    rows = [[0] * 65536 for _ in range(4)]
    for value in range(65536):
        crc = value
        for _ in range(16):
            crc = (crc >> 1) ^ (0xD800000000000000 if crc & 1 else 0)
        rows[0][value] = crc
    for row, above in zip(rows[1:], rows):
        row[:] = [(crc >> 16) ^ rows[0][crc & 0xFFFF] for crc in above]
    return rows


TABLE = crc64_table()


def crc64(content):
    """The checksum of a file's content, as eight bytes."""
    first, second, third, fourth = TABLE
    crc = 0xFFFFFFFFFFFFFFFF
    whole = len(content) & ~7
    for (word,) in struct.iter_unpack("<Q", memoryview(content)[:whole]):
        crc ^= word
        crc = (
            fourth[crc & 0xFFFF] ^ third[(crc >> 16) & 0xFFFF] ^ second[(crc >> 32) & 0xFFFF] ^ first[crc >> 48]
        )
    for byte in content[whole:]:
        crc ^= byte
        for _ in range(8):
            crc = (crc >> 1) ^ (0xD800000000000000 if crc & 1 else 0)
    return struct.pack(">Q", crc ^ 0xFFFFFFFFFFFFFFFF)


def header(entry):
    """The raw tar header of an entry, and the name that it carries."""
    info = tarfile.TarInfo(entry.name)
    mode = entry.status.st_mode
    info.mode = stat.S_IMODE(mode)
    info.uid, info.gid = entry.status.st_uid, entry.status.st_gid
    info.mtime = int(entry.status.st_mtime)
    if stat.S_ISDIR(mode):
        info.type = tarfile.DIRTYPE
    elif stat.S_ISLNK(mode):
        info.type, info.linkname = tarfile.SYMTYPE, entry.target
    else:
        info.size = entry.status.st_size
    name = entry.name + "/" if stat.S_ISDIR(mode) else entry.name
    return info.tobuf(format=tarfile.PAX_FORMAT, encoding="utf-8", errors="surrogateescape"), name


class Layer:
    """A layer that was placed on disk. `diff_id`: SHA-256 of its tar; `chain`: of it and of all below; `size`: bytes."""

    def __init__(self, root, entries, place, parent=None):
        self.parent = parent
        self.place = place
        self.size = 0
        self._split = []
        self._digest = hashlib.sha256()
        for entry in entries:
            raw, name = header(entry)
            self._segment(raw)
            self._file(name, self._content(root, entry))
        self._segment(bytes(1024))
        self.diff_id = self._digest.hexdigest()
        below = f"sha256:{parent.chain} sha256:{self.diff_id}".encode() if parent else b""
        self.chain = hashlib.sha256(below).hexdigest() if parent else self.diff_id
        place.mkdir(parents=True)
        os.chown(place, LEARNER_ID, LEARNER_ID)
        for entry in entries:
            self._put(Path(root), entry)

    def lineage(self):
        """This layer and those below it, the base last."""
        return [self, *(self.parent.lineage() if self.parent else [])]

    def tar_split(self):
        """What is needed, besides the files, to make the tar again: gzipped JSON lines."""
        lines = (json.dumps({**one, "position": at}) + "\n" for at, one in enumerate(self._split))
        return gzip.compress("".join(lines).encode(), mtime=0)

    def _content(self, root, entry):
        if not stat.S_ISREG(entry.status.st_mode):
            return b""
        return (Path(root) / entry.name).read_bytes()

    def _segment(self, raw):
        self._digest.update(raw)
        self._split.append({"type": 2, "payload": base64.b64encode(raw).decode()})

    def _file(self, name, content):
        self.size += len(content)
        one = {"type": 1, "name": name, "payload": None}
        if content:
            one["size"] = len(content)
            one["payload"] = base64.b64encode(crc64(content)).decode()
            self._digest.update(content)
        self._split.append(one)
        if len(content) % 512:
            self._segment(bytes(512 - len(content) % 512))

    def _put(self, root, entry):
        path = self.place / entry.name
        status = entry.status
        if stat.S_ISDIR(status.st_mode):
            path.mkdir(parents=True)
        else:
            os.rename(root / entry.name, path)
        os.chown(path, outside(status.st_uid), outside(status.st_gid), follow_symlinks=False)
        if not stat.S_ISLNK(status.st_mode):
            os.chmod(path, stat.S_IMODE(status.st_mode))
