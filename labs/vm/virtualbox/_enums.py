"""VirtualBox 6.1's enumerations, with its numbers and its names. Knows nothing about machines."""

import enum


class _Named(enum.IntEnum):
    """Members have pyvbox's names; as text they read as VirtualBox writes them, such as "PoweredOff"."""

    def __str__(self):
        return self.name.title().replace("_", "")


class MachineState(_Named):
    """What a machine is doing. All from `running` to `online_snapshotting` have a process behind them."""

    null = 0
    powered_off = 1
    saved = 2
    teleported = 3
    aborted = 4
    running = 5
    paused = 6
    stuck = 7
    teleporting = 8
    live_snapshotting = 9
    starting = 10
    stopping = 11
    saving = 12
    restoring = 13
    online_snapshotting = 18
    restoring_snapshot = 19
    deleting_snapshot = 20
    setting_up = 21
    snapshotting = 22
    first_online = 5
    last_online = 18


class SessionState(_Named):
    """Whether a session holds a machine."""

    null = 0
    unlocked = 1
    locked = 2
    spawning = 3
    unlocking = 4


class SessionType(_Named):
    """How a session holds its machine."""

    null = 0
    write_lock = 1
    remote = 2
    shared = 3


class LockType(_Named):
    """How a machine is to be locked: `write` for one session alone, `shared` beside the one that runs it."""

    null = 0
    shared = 1
    write = 2
    vm = 3


class CleanupMode(_Named):
    """What `unregister` returns to be deleted."""

    unregister_only = 1
    detach_all_return_none = 2
    detach_all_return_hard_disks_only = 3
    full = 4
