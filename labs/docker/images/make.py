"""Makes the images that learners find, from root file systems. Usage: make.py FOLDER, as root.

FOLDER holds one root file system per layer: `base`, the ones that were installed on top of a copy of it, and those that
stand alone. The images have the names of Docker Hub's, and a label that says what they are.
"""

import sys
from pathlib import Path

from layer import Layer, changed, scan
from store import Stores

DOCKER = "/var/lib/docker"
PODMAN = "/usr/share/lab-docker"

NOTE = "An equivalent of Docker Hub's image of this name, made from Debian 12 packages for this lab."
PIP_NOTE = " Its pip takes packages from the wheels in /opt/wheelhouse, not from PyPI."
PATH = "PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"


def label(more=""):
    """What `docker image inspect` tells about an image."""
    return {"org.opencontainers.image.description": NOTE + more}


# Tags, the layer on top, and the settings that `docker run` uses.
IMAGES = [
    (["debian:bookworm-slim", "debian:bookworm", "debian:12-slim", "debian:latest"], "base", {"Cmd": ["bash"]}),
    (
        ["python:3.11-slim", "python:3.11", "python:3.11-slim-bookworm", "python:3-slim", "python:latest"],
        "python",
        {"Cmd": ["python3"], "Env": [PATH, "LANG=C.UTF-8", "PYTHON_VERSION=3.11.2"], "Labels": label(PIP_NOTE)},
    ),
    (
        ["redis:7", "redis:latest"],
        "redis",
        {
            "Cmd": ["redis-server"],
            "User": "redis",
            "WorkingDir": "/data",
            "Volumes": {"/data": {}},
            "ExposedPorts": {"6379/tcp": {}},
        },
    ),
    (
        ["nginx:latest", "nginx:1.22"],
        "nginx",
        {"Cmd": ["nginx", "-g", "daemon off;"], "ExposedPorts": {"80/tcp": {}}, "StopSignal": "SIGQUIT"},
    ),
    (
        ["registry:2", "registry:latest"],
        "registry",
        {
            "Entrypoint": ["/entrypoint.sh"],
            "Cmd": ["/etc/docker/registry/config.yml"],
            "Volumes": {"/var/lib/registry": {}},
            "ExposedPorts": {"5000/tcp": {}},
        },
    ),
    (["busybox:latest", "busybox:1.35", "alpine:latest"], "busybox", {"Cmd": ["sh"]}),
    (["hello-world:latest"], "hello", {"Cmd": ["cat", "/hello.txt"]}),
]

# Which layer lies below another one; `base` and `busybox` lie on nothing.
BELOW = {"python": "base", "redis": "base", "nginx": "base", "registry": "base", "hello": "busybox"}


def main():
    work = Path(sys.argv[1])
    stores = Stores(DOCKER, PODMAN)
    # Read before any of them is moved to its place.
    scans = {name: scan(work / name) for name in ("base", "busybox", *BELOW)}
    layers = {}
    for name, entries in scans.items():
        below = BELOW.get(name)
        mine = changed(entries, scans[below]) if below else list(entries.values())
        layers[name] = Layer(work / name, mine, stores.place(name), layers.get(below))
        stores.add_layer(layers[name])
        print(f"{name}: {layers[name].size // 1024} KiB", flush=True)
    for tags, name, settings in IMAGES:
        stores.add_image(tags, layers[name], {"Env": [PATH], "Labels": label(), **settings})
    stores.finish()


main()
