"""What can be read of a machine. Knows nothing about how it is started or removed."""

import os

from virtualbox import _hypervisor, _settings, _snapshot
from virtualbox._enums import SessionState
from virtualbox._errors import VBoxErrorInvalidVmState
from virtualbox._interface import Interface
from virtualbox._session import OFF, lock_holder


class MachineFacts(Interface):
    """One machine, as it is. Its settings can be changed where a session holds it."""

    name = _settings.Setting("name", str)
    memory_size = _settings.Setting("memory", int)
    cpu_count = _settings.Setting("vcpu", int)
    description = _settings.Setting("description", str)

    def __init__(self, domain, session=None):
        self._domain = domain
        self._session = session
        self._pending = {}

    def __str__(self):
        return self.name

    def __setattr__(self, name, value):
        # A misspelt setting shall not pass for one that was set.
        if not name.startswith("_") and not hasattr(type(self), name):
            raise AttributeError(f"IMachine.{name} is not offered by the lab's virtualbox module")
        super().__setattr__(name, value)

    @property
    def id_p(self):
        """The machine's UUID."""
        return self._domain.UUIDString()

    @property
    def state(self):
        """What it is doing, a MachineState."""
        return _hypervisor.state_of(self._domain)

    @property
    def session_state(self):
        """`locked` where it runs or where a session of this program holds it."""
        held = self.state not in OFF or lock_holder(self.id_p) is not None
        return SessionState.locked if held else SessionState.unlocked

    @property
    def accessible(self):
        """Whether it can be used, which holds for all machines of the lab."""
        return True

    @property
    def os_type_id(self):
        """VirtualBox's name of the system, which is the same for all machines of the lab."""
        return "Linux_64"

    @property
    def settings_file_path(self):
        """The file that libvirt keeps its definition in."""
        return os.path.expanduser(f"~/.config/libvirt/qemu/{self._domain.name()}.xml")

    @property
    def current_snapshot(self):
        """The snapshot that the machine goes on from, or None."""
        return _snapshot.current(self._domain)

    @property
    def snapshot_count(self):
        """How many snapshots it has."""
        return len(_snapshot.every(self._domain))

    def find_snapshot(self, name_or_id):
        """The snapshot of that name or UUID, the first one for an empty name."""
        found = _snapshot.every(self._domain)
        return found[0] if not name_or_id and found else _snapshot.find(self._domain, name_or_id)

    def _require_lock(self):
        if self._session is None:
            raise VBoxErrorInvalidVmState(
                f"The machine is not mutable (state is {self.state}): lock it and use session.machine"
            )

    def _require_off(self):
        if self.state not in OFF:
            raise VBoxErrorInvalidVmState(f"The machine is not mutable (state is {self.state})")
