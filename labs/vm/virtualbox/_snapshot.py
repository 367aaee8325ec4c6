"""A machine's snapshot, as VirtualBox's ISnapshot, of libvirt's snapshots. Knows nothing about sessions."""

import uuid
import xml.etree.ElementTree as ElementTree

import libvirt

from virtualbox import _hypervisor
from virtualbox._errors import VBoxErrorObjectNotFound
from virtualbox._interface import Interface


class ISnapshot(Interface):
    """What a machine was at some time: its disk, and its memory if it ran."""

    def __init__(self, domain, snapshot):
        self._domain = domain
        self._snapshot = snapshot
        with _hypervisor.vbox_errors():
            self._xml = ElementTree.fromstring(snapshot.getXMLDesc())

    @property
    def name(self):
        """The name it was given."""
        return self._snapshot.getName()

    @property
    def id_p(self):
        """A UUID: libvirt has none, so it is made of the machine's UUID, the name and the time."""
        return str(uuid.uuid5(uuid.UUID(self._domain.UUIDString()), f"{self.name} {self.time_stamp}"))

    @property
    def description(self):
        """The words it was given."""
        return self._xml.findtext("description", "")

    @property
    def time_stamp(self):
        """When it was taken, in milliseconds since 1970."""
        return int(self._xml.findtext("creationTime", "0")) * 1000

    @property
    def online(self):
        """Whether the machine ran, so that its memory is kept as well."""
        return self._xml.findtext("state") in ("running", "paused")

    @property
    def parent(self):
        """The snapshot before it, or None."""
        try:
            return ISnapshot(self._domain, self._snapshot.getParent())
        except libvirt.libvirtError:
            return None

    @property
    def children(self):
        """The snapshots that were taken after it."""
        with _hypervisor.vbox_errors():
            return [ISnapshot(self._domain, one) for one in self._snapshot.listAllChildren()]

    @property
    def children_count(self):
        """How many were taken directly after it."""
        return len(self.children)


def take(domain, name, description):
    """Takes a snapshot, with the memory where the machine runs."""
    root = ElementTree.Element("domainsnapshot")
    ElementTree.SubElement(root, "name").text = name
    ElementTree.SubElement(root, "description").text = description
    with _hypervisor.vbox_errors():
        return ISnapshot(domain, domain.snapshotCreateXML(ElementTree.tostring(root, encoding="unicode")))


def every(domain):
    """All snapshots, the oldest first."""
    with _hypervisor.vbox_errors():
        found = [ISnapshot(domain, one) for one in domain.listAllSnapshots()]
    return sorted(found, key=lambda snapshot: snapshot.time_stamp)


def current(domain):
    """The snapshot that the machine's disk follows, or None."""
    with _hypervisor.vbox_errors():
        return ISnapshot(domain, domain.snapshotCurrent()) if domain.hasCurrentSnapshot() else None


def find(domain, name_or_id):
    """The snapshot of that name or UUID. Raises VBoxErrorObjectNotFound."""
    for snapshot in every(domain):
        if name_or_id.strip("{}") in (snapshot.name, snapshot.id_p):
            return snapshot
    raise VBoxErrorObjectNotFound(f"Could not find a snapshot named '{name_or_id}'")


def restore(domain, snapshot):
    """Takes the machine, which is off, back to the snapshot.

    Where it ran then, it is left saved, as with VirtualBox: its next start goes on from there.
    """
    with _hypervisor.vbox_errors():
        if domain.hasManagedSaveImage():
            domain.managedSaveRemove()
        if not snapshot.online:
            domain.revertToSnapshot(snapshot._snapshot)
            return
        domain.revertToSnapshot(snapshot._snapshot, libvirt.VIR_DOMAIN_SNAPSHOT_REVERT_PAUSED)
        domain.managedSave(libvirt.VIR_DOMAIN_SAVE_RUNNING)


def delete(snapshot):
    """Forgets the snapshot; what was taken after it stays."""
    with _hypervisor.vbox_errors():
        snapshot._snapshot.delete()
