"""Lays layers and images out as Docker's overlay2 store and as an additional store of Podman.

The files of the layers lie once, in Podman's form and in this image, where all sandboxes share them; Docker's store
holds links to them and is small, since each sandbox gets a copy of it on its own volume.
"""

import base64
import hashlib
import json
import os
from datetime import datetime, timezone
from pathlib import Path

from layer import LEARNER_ID

NOW = datetime.now(timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")


def short(layer):
    """The short name of a layer: overlay mounts name many layers in one page of memory."""
    return base64.b32encode(bytes.fromhex(layer.chain)).decode()[:26]


def write(path, content):
    """Writes a file with the folders above it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content if isinstance(content, bytes) else content.encode())


def compact(value):
    """JSON without spaces: what is hashed must be what is written."""
    return json.dumps(value, separators=(",", ":"))


def digest(content):
    """SHA-256 of a text, as Docker writes it."""
    return f"sha256:{hashlib.sha256(content.encode()).hexdigest()}"


def own(folder):
    """Gives a folder and all in it to the learner."""
    for parent, folders, files in os.walk(folder):
        for name in (".", *folders, *files):
            os.chown(os.path.join(parent, name), LEARNER_ID, LEARNER_ID, follow_symlinks=False)


class Stores:
    """Both stores. `add_layer` comes before the images that use the layer; `finish` writes the lists."""

    def __init__(self, docker, podman):
        self.docker, self.podman = Path(docker), Path(podman)
        self.layers, self.images, self.names = [], [], {}

    def place(self, key):
        """Where the files of a layer shall lie."""
        return self.podman / "layers" / key

    def add_layer(self, layer):
        """Takes a layer whose files lie at their place."""
        below = layer.lineage()[1:]
        lower = ":".join(f"l/{short(one)}" for one in below)
        record = self.docker / "image/overlay2/layerdb/sha256" / layer.chain
        write(record / "cache-id", layer.chain)
        write(record / "diff", f"sha256:{layer.diff_id}")
        write(record / "size", str(layer.size))
        write(record / "tar-split.json.gz", layer.tar_split())
        if layer.parent:
            write(record / "parent", f"sha256:{layer.parent.chain}")
        for store in (self.docker / "overlay2", self.podman / "overlay"):
            write(store / layer.chain / "link", short(layer))
            if lower:
                write(store / layer.chain / "lower", lower)
                (store / layer.chain / "work").mkdir()
            (store / "l").mkdir(exist_ok=True)
            (store / "l" / short(layer)).symlink_to(f"../{layer.chain}/diff")
        (self.docker / "overlay2" / layer.chain / "committed").touch()
        layer.place.rename(self.podman / "overlay" / layer.chain / "diff")
        (self.docker / "overlay2" / layer.chain / "diff").symlink_to(self.podman / "overlay" / layer.chain / "diff")
        write(self.podman / "overlay-layers" / f"{layer.chain}.tar-split.gz", layer.tar_split())
        entry = {"id": layer.chain, "created": NOW, "diff-digest": f"sha256:{layer.diff_id}", "diff-size": layer.size}
        self.layers.append({**entry, "parent": layer.parent.chain} if layer.parent else entry)

    def add_image(self, tags, layer, settings):
        """An image with its top layer and the `config` of its runtime settings, under every tag."""
        lineage = layer.lineage()[::-1]
        steps = [{"created": NOW, "created_by": f"Debian packages, layer {place.place.name}"} for place in lineage]
        command = settings.get("Cmd") or settings.get("Entrypoint")
        steps.append({"created": NOW, "created_by": f"CMD {json.dumps(command)}", "empty_layer": True})
        config = compact({
            "architecture": os.popen("dpkg --print-architecture").read().strip(),
            "config": settings,
            "created": NOW,
            "history": steps,
            "os": "linux",
            "rootfs": {"type": "layers", "diff_ids": [f"sha256:{one.diff_id}" for one in lineage]},
        })  # fmt: skip
        identity = digest(config)
        write(self.docker / "image/overlay2/imagedb/content/sha256" / identity[7:], config)
        for tag in tags:
            self.names.setdefault(tag.split(":")[0], {})[tag] = identity
        self._podman_image(tags, lineage, (identity, config))

    def finish(self):
        """Writes what lists the images and layers."""
        write(self.docker / "image/overlay2/repositories.json", compact({"Repositories": self.names}))
        write(self.podman / "overlay-layers/layers.json", compact(self.layers))
        write(self.podman / "overlay-images/images.json", compact(self.images))
        for kind in ("layers", "images"):
            (self.podman / f"overlay-{kind}" / f"{kind}.lock").touch()
        (self.podman / "layers").rmdir()
        for folder in (self.docker, self.podman / "overlay-layers", self.podman / "overlay-images"):
            own(folder)
        self.docker.chmod(0o711)

    def _podman_image(self, tags, lineage, identified):
        identity, config = identified
        kind = "application/vnd.docker.image.rootfs.diff.tar"
        layers = [{"mediaType": kind, "size": one.size, "digest": f"sha256:{one.diff_id}"} for one in lineage]
        manifest = compact({
            "schemaVersion": 2,
            "mediaType": "application/vnd.docker.distribution.manifest.v2+json",
            "config": {
                "mediaType": "application/vnd.docker.container.image.v1+json",
                "size": len(config),
                "digest": identity,
            },
            "layers": layers,
        })  # fmt: skip
        files = {identity: config, "manifest": manifest, f"manifest-{digest(manifest)}": manifest}
        folder = self.podman / "overlay-images" / identity[7:]
        for name, content in files.items():
            encoded = name if name == "manifest" else f"={base64.b64encode(name.encode()).decode()}"
            write(folder / encoded, content)
        self.images.append({
            "id": identity[7:],
            "digest": digest(manifest),
            "names": [f"docker.io/library/{tag}" for tag in tags],
            "layer": lineage[-1].chain,
            "metadata": "{}",
            "big-data-names": list(files),
            "big-data-sizes": {name: len(content) for name, content in files.items()},
            "big-data-digests": {name: digest(content) for name, content in files.items()},
            "created": NOW,
        })  # fmt: skip
