"""The entrance, as VirtualBox's IVirtualBox: which machines there are."""

from virtualbox import _hypervisor
from virtualbox._errors import OleErrorInvalidarg
from virtualbox._interface import Interface
from virtualbox._machine import IMachine

# VirtualBox's interface that is offered, and who offers it: a version such as distributions write it.
VERSION = "6.1.50_Drydock"


class IVirtualBox(Interface):
    """All machines of the learner. Makes no call before it is asked."""

    @property
    def version(self):
        """The version of the interface, and that it is the lab's."""
        return VERSION

    @property
    def version_normalized(self):
        """The version without further words."""
        return VERSION.split("_", maxsplit=1)[0]

    @property
    def api_version(self):
        """The version as programs compare it."""
        return "_".join(VERSION.split(".")[:2])

    @property
    def machines(self):
        """Every machine, an IMachine each."""
        return [IMachine(domain) for domain in _hypervisor.every()]

    def find_machine(self, name_or_id):
        """The machine of that name or UUID. Raises VBoxErrorObjectNotFound."""
        if not isinstance(name_or_id, str):
            raise TypeError(f"expected a machine's name or UUID, found {name_or_id!r}")
        if not name_or_id:
            raise OleErrorInvalidarg("expected a machine's name or UUID, found nothing")
        return IMachine(_hypervisor.find(name_or_id))
