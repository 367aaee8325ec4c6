"""Makes wheels of Python packages that were unpacked from Debian's archive, so that pip can install them.

Usage: repack.py UNPACKED WHEELHOUSE, where UNPACKED holds usr/lib/python3/dist-packages of one Debian package.
It knows nothing about versions or dependencies: those are in the metadata that Debian ships along.
"""

import base64
import hashlib
import sys
import zipfile
from email.parser import HeaderParser
from pathlib import Path

# Wheels carry times; one fixed time makes the same wheel of the same package every time.
TIME = (1980, 1, 1, 0, 0, 0)
WHEEL = "Wheel-Version: 1.0\nGenerator: drydock\nRoot-Is-Purelib: true\nTag: py3-none-any\n"


def record_line(name, content):
    """One line of RECORD: the file's name, its hash and its size."""
    digest = base64.urlsafe_b64encode(hashlib.sha256(content).digest()).rstrip(b"=").decode()
    return f"{name},sha256={digest},{len(content)}"


def metadata_of(folder):
    """The files of the dist-info folder; Debian ships old packages as egg-info, of which PKG-INFO is the same."""
    if folder.suffix == ".egg-info":
        return {"METADATA": (folder / "PKG-INFO").read_bytes()}
    keep = ("METADATA", "entry_points.txt", "top_level.txt")
    return {name: (folder / name).read_bytes() for name in keep if (folder / name).is_file()}


def repack(packages, folder, wheelhouse):
    """Writes the wheel of everything in `packages`, described by the metadata in `folder`."""
    metadata = metadata_of(folder)
    header = HeaderParser().parsestr(metadata["METADATA"].decode())
    stem = f"{header['Name'].replace('-', '_')}-{header['Version']}"
    files = {
        str(path.relative_to(packages)): path.read_bytes()
        for path in sorted(packages.rglob("*"))
        if path.is_file() and folder not in path.parents and "__pycache__" not in path.parts
    }
    files.update({f"{stem}.dist-info/{name}": content for name, content in metadata.items()})
    files[f"{stem}.dist-info/WHEEL"] = WHEEL.encode()
    record = f"{stem}.dist-info/RECORD"
    lines = [record_line(name, content) for name, content in files.items()] + [f"{record},,", ""]
    files[record] = "\n".join(lines).encode()
    with zipfile.ZipFile(wheelhouse / f"{stem}-py3-none-any.whl", "w", zipfile.ZIP_DEFLATED) as wheel:
        for name, content in files.items():
            info = zipfile.ZipInfo(name, TIME)
            info.external_attr = 0o644 << 16
            wheel.writestr(info, content, zipfile.ZIP_DEFLATED)


def main():
    unpacked, wheelhouse = Path(sys.argv[1]), Path(sys.argv[2])
    packages = unpacked / "usr/lib/python3/dist-packages"
    found = [*packages.glob("*.dist-info"), *packages.glob("*.egg-info")]
    if len(found) != 1:
        sys.exit(f"{packages}: expected one dist-info or egg-info folder, found {len(found)}")
    repack(packages, found[0], wheelhouse)


main()
