"""VBoxManage's command `snapshot`. It prints; it knows nothing about options of other commands."""

from virtualbox import _snapshot
from virtualbox._arguments import UsageError
from virtualbox._manage_machines import finish_aloud
from virtualbox._vbox import IVirtualBox

_WITH_NAME = ("take", "restore", "delete")
_WITHOUT = ("list", "restorecurrent")


def snapshot(words, options):
    """`snapshot VM take | list | restore | restorecurrent | delete`."""
    action = words[1] if len(words) > 1 else ""
    if action not in (*_WITH_NAME, *_WITHOUT) or len(words) != (3 if action in _WITH_NAME else 2):
        expected = "a machine, then take NAME, list, restore NAME, restorecurrent or delete NAME"
        raise UsageError(f"snapshot: expected {expected}, found '{' '.join(words)}'")
    machine = IVirtualBox().find_machine(words[0])
    if action == "list":
        _list(machine)
        return
    with machine.create_session() as session:
        if action == "take":
            _take(session.machine, words[2], options.get("description", ""))
        elif action == "delete":
            finish_aloud(session.machine.delete_snapshot(words[2]))
        else:
            _restore(session.machine, words[2] if action == "restore" else None)


def _list(machine):
    current = machine.current_snapshot
    found = _snapshot.every(machine._domain)
    if not found:
        print("This machine does not have any snapshots")
    for one in found:
        mark = " *" if current is not None and one.name == current.name else ""
        print(f"   Name: {one.name} (UUID: {one.id_p}){mark}")
        if one.description:
            print(f"   Description: {one.description}")


def _take(machine, name, description):
    progress, id_p = machine.take_snapshot(name, description, True)
    finish_aloud(progress)
    print(f"Snapshot taken. UUID: {id_p}")


def _restore(machine, name):
    wanted = machine.current_snapshot if name is None else machine.find_snapshot(name)
    progress = machine.restore_snapshot(wanted)
    print(f"Restoring snapshot '{wanted.name if wanted else ''}' ({wanted.id_p if wanted else ''})")
    finish_aloud(progress)
