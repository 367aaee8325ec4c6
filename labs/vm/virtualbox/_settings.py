"""The settings of a machine that can be read and, under a lock, changed. They last once they are saved."""

import re

from virtualbox import _hypervisor
from virtualbox._errors import OleErrorInvalidarg

# What VirtualBox and the lab can have in common, in MB and in processors.
_LIMITS = {"memory": (4, 2048), "vcpu": (1, 8)}


class Setting:
    """A property of a machine that is kept in one element of libvirt's definition."""

    def __init__(self, tag, kind):
        self._tag = tag
        self._kind = kind

    def __set_name__(self, owner, name):
        self._name = name

    def __get__(self, machine, owner=None):
        if machine is None:
            return self
        if self._tag in machine._pending:
            return machine._pending[self._tag]
        text = _hypervisor.definition(machine._domain).findtext(self._tag, "")
        if self._kind is str:
            return text
        # libvirt always tells the memory in KiB.
        return int(text) // 1024 if self._tag == "memory" else int(text)

    def __set__(self, machine, value):
        machine._require_lock()
        machine._require_off()
        if not isinstance(value, self._kind) or isinstance(value, bool):
            raise TypeError(f"{self._name}: expected {self._kind.__name__}, found {value!r}")
        least, most = _LIMITS.get(self._tag, (None, None))
        if least is not None and not least <= value <= most:
            raise OleErrorInvalidarg(f"{self._name}: expected {least} to {most}, found {value}")
        if self._tag == "name" and not re.fullmatch(r"[A-Za-z0-9_.][A-Za-z0-9_.-]*", value):
            expected = "letters, digits, dots, hyphens and underscores"
            raise OleErrorInvalidarg(f"name: expected {expected}, found '{value}'")
        machine._pending[self._tag] = value


def save(domain, pending):
    """Writes the changed settings into the machine's definition."""
    values = {tag: value for tag, value in pending.items() if tag != "name"}
    if "memory" in values:
        values["currentMemory"] = values["memory"]
    if values:
        _hypervisor.redefine(domain, values)
    if "name" in pending and pending["name"] != domain.name():
        with _hypervisor.vbox_errors():
            domain.rename(pending["name"])
