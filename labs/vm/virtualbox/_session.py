"""Sessions, which hold a machine, and their console, as VirtualBox's ISession and IConsole.

A lock holds within one program; a machine that runs counts as locked for every program.
"""

from virtualbox import _hypervisor
from virtualbox._enums import MachineState, SessionState, SessionType
from virtualbox._errors import (
    OleErrorUnexpected,
    VBoxErrorInvalidObjectState,
    VBoxErrorInvalidSessionState,
    VBoxErrorInvalidVmState,
)
from virtualbox._interface import Interface
from virtualbox._progress import IProgress

# The states in which no process runs the machine.
OFF = (MachineState.powered_off, MachineState.saved, MachineState.aborted)

_holders = {}


class ISession(Interface):
    """Holds at most one machine, which is changed and controlled through it. Leaving its context lets go."""

    def __init__(self):
        self._machine = None
        self._type = SessionType.null
        # The start that this session asked for: once that machine is off again, the hold ends by itself.
        self._launch = None

    def __enter__(self):
        return self

    def __exit__(self, *_error):
        self.unlock_machine()

    @property
    def state(self):
        """Whether it holds a machine, a SessionState."""
        self._end_with_machine()
        return SessionState.unlocked if self._machine is None else SessionState.locked

    @property
    def type_p(self):
        """How it holds its machine, a SessionType."""
        return self._type

    @property
    def machine(self):
        """The machine that it holds; this one can be changed."""
        if self._machine is None:
            raise OleErrorUnexpected("The session is not locked")
        return self._machine

    @property
    def console(self):
        """What controls the running machine."""
        return IConsole(self.machine)

    def unlock_machine(self):
        """Lets go of the machine. Changes that were not saved are forgotten; a running machine goes on."""
        machine = self.machine
        if _holders.get(machine.id_p) is self:
            del _holders[machine.id_p]
        self._machine = self._launch = None
        self._type = SessionType.null

    def _end_with_machine(self):
        if self._launch is not None and self._launch.completed and self._machine.state in OFF:
            self.unlock_machine()


class IConsole(Interface):
    """Controls a machine that runs."""

    def __init__(self, machine):
        self._machine = machine

    @property
    def machine(self):
        """The machine that it controls."""
        return self._machine

    @property
    def state(self):
        """What the machine is doing, a MachineState."""
        return self._machine.state

    def power_down(self):
        """Cuts the power. Returns an IProgress."""
        domain = self._require(MachineState.running, MachineState.paused)
        return IProgress("Powering down", lambda: _call(domain.destroy))

    def pause(self):
        """Holds the machine; its memory stays."""
        _call(self._require(MachineState.running).suspend)

    def resume(self):
        """Lets a held machine go on."""
        _call(self._require(MachineState.paused).resume)

    def reset(self):
        """Presses the reset button: the machine starts anew without warning."""
        domain = self._require(MachineState.running)
        _call(lambda: domain.reset())

    def power_button(self):
        """Presses the power button: the system in the machine is asked to power off."""
        _call(self._require(MachineState.running).shutdown)

    def power_up(self):
        """Starts the machine that the session holds. Returns an IProgress."""
        domain = self._require(*OFF)
        return IProgress("Powering up", lambda: _call(domain.create))

    def _require(self, *states):
        if self.state in states:
            return self._machine._domain
        raise VBoxErrorInvalidVmState(
            f"Invalid machine state: {self.state} (expected {' or '.join(str(one) for one in states)})"
        )


def lock(session, machine, kind):
    """Makes the session hold the machine, in the way that the SessionType `kind` names."""
    if session.state is SessionState.locked:
        raise VBoxErrorInvalidSessionState("The session is already locked")
    if kind is not SessionType.shared and lock_holder(machine.id_p) is not None:
        raise VBoxErrorInvalidObjectState(f"The machine '{machine.name}' is already locked for a session")
    _holders.setdefault(machine.id_p, session)
    session._machine = machine
    session._type = kind


def lock_holder(id_p):
    """The session of this program that holds the machine of that UUID, or None."""
    holder = _holders.get(id_p)
    return holder if holder is not None and holder.state is SessionState.locked else None


def _call(call):
    with _hypervisor.vbox_errors():
        call()
