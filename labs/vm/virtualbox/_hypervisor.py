"""What is asked of libvirt beyond single calls: the connection, a machine's state and its definition.

Errors of libvirt leave this module as VirtualBox's. Knows nothing about sessions.
"""

import contextlib
import subprocess
import threading
import xml.etree.ElementTree as ElementTree

import libvirt

from virtualbox._enums import MachineState
from virtualbox._errors import (
    OleErrorInvalidarg,
    VBoxErrorFileError,
    VBoxErrorInvalidVmState,
    VBoxErrorNotSupported,
    VBoxErrorObjectNotFound,
    VBoxErrorVmError,
)

URI = "qemu:///session"

# libvirt's own words on stderr would only repeat the exception.
libvirt.registerErrorHandler(lambda _context, _error: None, None)

_ERRORS = {
    libvirt.VIR_ERR_NO_DOMAIN: VBoxErrorObjectNotFound,
    libvirt.VIR_ERR_NO_DOMAIN_SNAPSHOT: VBoxErrorObjectNotFound,
    libvirt.VIR_ERR_OPERATION_INVALID: VBoxErrorInvalidVmState,
    libvirt.VIR_ERR_OPERATION_UNSUPPORTED: VBoxErrorNotSupported,
    libvirt.VIR_ERR_INVALID_ARG: OleErrorInvalidarg,
    libvirt.VIR_ERR_XML_ERROR: OleErrorInvalidarg,
    libvirt.VIR_ERR_SYSTEM_ERROR: VBoxErrorFileError,
}
_STATES = {
    libvirt.VIR_DOMAIN_RUNNING: MachineState.running,
    libvirt.VIR_DOMAIN_BLOCKED: MachineState.running,
    libvirt.VIR_DOMAIN_PAUSED: MachineState.paused,
    libvirt.VIR_DOMAIN_PMSUSPENDED: MachineState.paused,
    libvirt.VIR_DOMAIN_SHUTDOWN: MachineState.stopping,
    libvirt.VIR_DOMAIN_CRASHED: MachineState.aborted,
}
_PAUSED = {
    libvirt.VIR_DOMAIN_PAUSED_STARTING_UP: MachineState.starting,
    libvirt.VIR_DOMAIN_PAUSED_SAVE: MachineState.saving,
    libvirt.VIR_DOMAIN_PAUSED_SNAPSHOT: MachineState.online_snapshotting,
    libvirt.VIR_DOMAIN_PAUSED_SHUTTING_DOWN: MachineState.stopping,
}
_ABORTED = (libvirt.VIR_DOMAIN_SHUTOFF_CRASHED, libvirt.VIR_DOMAIN_SHUTOFF_FAILED)

_lock = threading.Lock()
_open = None


@contextlib.contextmanager
def vbox_errors():
    """Errors of libvirt within become VirtualBox's."""
    try:
        yield
    except libvirt.libvirtError as error:
        kind = _ERRORS.get(error.get_error_code(), VBoxErrorVmError)
        raise kind(error.get_error_message() or str(error)) from error


def connection():
    """The connection to the learner's libvirt, opened at the first call and again where it broke."""
    global _open
    with _lock, vbox_errors():
        if _open is None or not _open.isAlive():
            _open = libvirt.open(URI)
        return _open


def find(name_or_id):
    """The machine of that name or UUID, as libvirt's domain. Raises VBoxErrorObjectNotFound."""
    for look_up in (connection().lookupByUUIDString, connection().lookupByName):
        with contextlib.suppress(libvirt.libvirtError):
            return look_up(name_or_id.strip("{}"))
    raise VBoxErrorObjectNotFound(f"Could not find a registered machine named '{name_or_id}'")


def every():
    """All machines, in the order of their names."""
    with vbox_errors():
        return sorted(connection().listAllDomains(), key=lambda domain: domain.name())


def state_of(domain):
    """What the machine is doing."""
    with vbox_errors():
        state, reason = domain.state()
        if state == libvirt.VIR_DOMAIN_PAUSED:
            return _PAUSED.get(reason, MachineState.paused)
        if state != libvirt.VIR_DOMAIN_SHUTOFF:
            return _STATES.get(state, MachineState.null)
        if domain.hasManagedSaveImage():
            return MachineState.saved
        return MachineState.aborted if reason in _ABORTED else MachineState.powered_off


def definition(domain):
    """The machine's definition as it will be at its next start."""
    with vbox_errors():
        return ElementTree.fromstring(domain.XMLDesc(libvirt.VIR_DOMAIN_XML_INACTIVE))


def redefine(domain, values):
    """Changes parts of a machine's definition: a dict from element to text; memory is in MiB."""
    root = definition(domain)
    for tag, text in values.items():
        element = root.find(tag)
        if element is None:
            element = ElementTree.SubElement(root, tag)
        element.text = str(text)
        if tag in ("memory", "currentMemory"):
            element.set("unit", "MiB")
    with vbox_errors():
        connection().defineXML(ElementTree.tostring(root, encoding="unicode"))


def disks(domain):
    """The paths of the machine's disk images."""
    sources = definition(domain).iterfind("devices/disk/source")
    return [source.get("file") for source in sources if source.get("file")]


def create(name):
    """Defines a machine that boots the lab's small Linux; its own command does so. Raises OleErrorInvalidarg."""
    command = ["lab-vm-define", name]
    result = subprocess.run(command, capture_output=True, text=True, check=False)
    if result.returncode != 0:
        raise OleErrorInvalidarg(result.stderr.strip().removeprefix("lab-vm-define: "))
    return find(name)
