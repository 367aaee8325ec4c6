"""Makes wheels of Python packages that were unpacked from Debian's archive, so that pip can install them.

Usage: repack.py UNPACKED WHEELHOUSE [REQUIREMENT...], where UNPACKED holds usr/lib/python3/dist-packages of one Debian
package. The requirements are what the package needs: Debian takes them out of the metadata and names its own packages.
What a package links to, such as jQuery in usr/share, is copied into the wheel where UNPACKED holds it.
"""

import base64
import hashlib
import platform
import sys
import zipfile
from email.parser import HeaderParser
from pathlib import Path

# Wheels carry times; one fixed time makes the same wheel of the same package every time.
TIME = (1980, 1, 1, 0, 0, 0)
WHEEL = "Wheel-Version: 1.0\nGenerator: drydock\nRoot-Is-Purelib: {pure}\nTag: {tag}\n"


def record_line(name, content):
    """One line of RECORD: the file's name, its hash and its size."""
    digest = base64.urlsafe_b64encode(hashlib.sha256(content).digest()).rstrip(b"=").decode()
    return f"{name},sha256={digest},{len(content)}"


def metadata_of(folder, requirements):
    """The files of the dist-info folder; Debian ships old packages as egg-info, of which PKG-INFO is the same."""
    source = folder / ("PKG-INFO" if folder.suffix == ".egg-info" else "METADATA")
    headers, gap, text = source.read_bytes().partition(b"\n\n")
    lines = [headers, *(f"Requires-Dist: {one}".encode() for one in requirements)]
    keep = (folder / name for name in ("entry_points.txt", "top_level.txt"))
    return {"METADATA": b"\n".join(lines) + gap + text, **{one.name: one.read_bytes() for one in keep if one.is_file()}}


def tag_of(files):
    """Which interpreters and machines the wheel is for."""
    if not any(name.endswith(".so") for name in files):
        return "py3-none-any"
    version = f"cp{sys.version_info.major}{sys.version_info.minor}"
    return f"{version}-{version}-linux_{platform.machine()}"


def repack(packages, folder, requirements):
    """The name of the wheel of everything in `packages`, described by the metadata in `folder`, and its files."""
    metadata = metadata_of(folder, requirements)
    header = HeaderParser().parsestr(metadata["METADATA"].decode())
    stem = f"{header['Name'].replace('-', '_')}-{header['Version']}"
    files = {
        str(path.relative_to(packages)): path.read_bytes()
        for path in sorted(packages.rglob("*"))
        if path.is_file() and folder not in path.parents and "__pycache__" not in path.parts
    }
    tag = tag_of(files)
    files.update({f"{stem}.dist-info/{name}": content for name, content in metadata.items()})
    files[f"{stem}.dist-info/WHEEL"] = WHEEL.format(pure=str(tag == "py3-none-any").lower(), tag=tag).encode()
    record = f"{stem}.dist-info/RECORD"
    lines = [record_line(name, content) for name, content in files.items()] + [f"{record},,", ""]
    files[record] = "\n".join(lines).encode()
    return f"{stem}-{tag}.whl", files


def main():
    unpacked, wheelhouse, requirements = Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3:]
    packages = unpacked / "usr/lib/python3/dist-packages"
    found = [*packages.glob("*.dist-info"), *packages.glob("*.egg-info")]
    if len(found) != 1:
        sys.exit(f"{packages}: expected one dist-info or egg-info folder, found {len(found)}")
    name, files = repack(packages, found[0], requirements)
    with zipfile.ZipFile(wheelhouse / name, "w", zipfile.ZIP_DEFLATED) as wheel:
        for file, content in files.items():
            info = zipfile.ZipInfo(file, TIME)
            info.external_attr = 0o644 << 16
            wheel.writestr(info, content, zipfile.ZIP_DEFLATED)


main()
