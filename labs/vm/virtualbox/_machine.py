"""A machine, as VirtualBox's IMachine: it is locked, started, kept in snapshots and removed here."""

import os
import re

import libvirt

from virtualbox import _hypervisor, _settings, _snapshot
from virtualbox._enums import CleanupMode, LockType, MachineState, SessionState, SessionType
from virtualbox._errors import (
    OleErrorInvalidarg,
    VBoxErrorInvalidObjectState,
    VBoxErrorInvalidVmState,
    VBoxErrorNotSupported,
)
from virtualbox._machine_facts import MachineFacts
from virtualbox._medium import IMedium
from virtualbox._progress import IProgress
from virtualbox._session import OFF, ISession, lock

_RUN_TYPES = ("headless", "gui", "sdl", "emergencystop", "")


class IMachine(MachineFacts):
    """One machine. The one that a session holds (`session.machine`) can be changed, all others be read."""

    def lock_machine(self, session, lock_type):
        """Gives the machine to the session, until `session.unlock_machine()`."""
        running = self.state not in OFF
        if running and LockType(lock_type) is not LockType.shared:
            raise VBoxErrorInvalidObjectState(f"The machine '{self.name}' is already locked for a session")
        kind = SessionType.shared if running else SessionType.write_lock
        lock(session, IMachine(self._domain, session), kind)

    def create_session(self, lock_type=LockType.shared, session=None):
        """Locks the machine and returns the session that holds it."""
        session = ISession() if session is None else session
        self.lock_machine(session, lock_type)
        return session

    def launch_vm_process(self, session=None, type_p="gui", environment=None):
        """Starts the machine, without a window whatever the type. Without a session it waits until it runs."""
        if type_p not in _RUN_TYPES:
            raise OleErrorInvalidarg(f"Invalid frontend name: '{type_p}'")
        if self.state not in OFF:
            raise VBoxErrorInvalidObjectState(
                f"The machine '{self.name}' is already locked by a session (or being locked or unlocked)"
            )
        own = ISession() if session is None else session
        lock(own, IMachine(self._domain, own), SessionType.remote)
        progress = own._launch = IProgress(f"Powering up virtual machine {self.name}", self._start)
        if session is None:
            progress.wait_for_completion(-1)
            own.unlock_machine()
        return progress

    def save_settings(self):
        """Makes the changes last."""
        self._require_lock()
        self._require_off()
        _settings.save(self._domain, self._pending)
        self._pending.clear()

    def discard_settings(self):
        """Forgets the changes since the last `save_settings`."""
        self._require_lock()
        self._pending.clear()

    def take_snapshot(self, name, description="", pause=True):
        """Keeps what the machine is at present. Returns the progress and the snapshot's UUID."""
        self._require_lock()
        if not re.fullmatch(r"[^\s/-][^\n/]*", name):
            raise OleErrorInvalidarg(f"expected a name without a slash for the snapshot, found '{name}'")
        taken = []

        def take():
            taken.append(_snapshot.take(self._domain, name, description))

        progress = IProgress("Taking a snapshot", take)
        progress.wait_for_completion(-1)
        return progress, taken[0].id_p if taken else ""

    def restore_snapshot(self, snapshot=None):
        """Takes the machine back to the snapshot, or to the current one. The machine must be off."""
        self._require_lock()
        self._require_off()
        wanted = self.current_snapshot if snapshot is None else snapshot
        if wanted is None:
            raise VBoxErrorInvalidVmState("Machine has no snapshots")
        return IProgress("Restoring a snapshot", lambda: _snapshot.restore(self._domain, wanted))

    def delete_snapshot(self, id_p):
        """Forgets the snapshot."""
        self._require_lock()
        wanted = _snapshot.find(self._domain, id_p)
        return IProgress("Deleting a snapshot", lambda: _snapshot.delete(wanted))

    def save_state(self):
        """Writes the machine's memory to the disk and ends it. Its next start goes on from there."""
        self._require_lock()
        if self.state not in (MachineState.running, MachineState.paused):
            raise VBoxErrorInvalidVmState(f"Cannot save the execution state (state is {self.state})")
        return IProgress("Saving the execution state", self._save_state)

    def discard_saved_state(self, remove_file=True):
        """Forgets the saved memory, as if the power had been cut."""
        self._require_lock()
        if not remove_file:
            raise VBoxErrorNotSupported("the lab cannot keep the file of a state that is discarded")
        if self.state is not MachineState.saved:
            raise VBoxErrorInvalidVmState(f"Cannot discard the machine state (state is {self.state})")
        with _hypervisor.vbox_errors():
            self._domain.managedSaveRemove()

    def unregister(self, cleanup_mode):
        """Forgets the machine, with its snapshots. Returns its disks where the mode asks for them."""
        if self.session_state is SessionState.locked:
            raise VBoxErrorInvalidObjectState(
                f"Cannot unregister the machine '{self.name}' while it is locked"
            )
        paths = _hypervisor.disks(self._domain)
        with _hypervisor.vbox_errors():
            flags = libvirt.VIR_DOMAIN_UNDEFINE_MANAGED_SAVE | libvirt.VIR_DOMAIN_UNDEFINE_SNAPSHOTS_METADATA
            self._domain.undefineFlags(flags)
        keep = CleanupMode(cleanup_mode) <= CleanupMode.detach_all_return_none
        return [] if keep else [IMedium(path) for path in paths]

    def delete_config(self, media):
        """Deletes the disks that `unregister` returned."""
        return IProgress("Deleting files", lambda: [_delete(one.location) for one in media])

    def remove(self, delete=True):
        """Stops the machine where it runs, forgets it and, if asked to, deletes its disks."""
        if self.state not in OFF:
            session = self.create_session()
            session.console.power_down().wait_for_completion(-1)
            session.unlock_machine()
        media = self.unregister(CleanupMode.detach_all_return_hard_disks_only)
        if not delete:
            return media
        self.delete_config(media).wait_for_completion(-1)
        return []

    def _start(self):
        with _hypervisor.vbox_errors():
            self._domain.create()

    def _save_state(self):
        with _hypervisor.vbox_errors():
            self._domain.managedSave()


def _delete(path):
    """A disk is deleted, and the console's log beside it. What is gone already is fine."""
    for file in (path, f"{os.path.splitext(path)[0]}.log"):
        if os.path.exists(file):
            os.remove(file)
