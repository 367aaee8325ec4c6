"""VBoxManage's commands for machines. They print; the arguments are read elsewhere."""

import sys

from virtualbox import _hypervisor
from virtualbox._arguments import UsageError, whole_number
from virtualbox._enums import CleanupMode, LockType, MachineState
from virtualbox._errors import VBoxErrorVmError
from virtualbox._machine import IMachine
from virtualbox._session import ISession
from virtualbox._vbox import IVirtualBox

_STEPS = "".join(f"{percent}%..." for percent in range(0, 100, 10)) + "100%"
# Written as one word in --machinereadable.
_STATE_WORDS = {MachineState.powered_off: "powered off"}


def list_machines(words, _options):
    """`list vms` and `list runningvms`."""
    if words[0] not in ("vms", "runningvms"):
        raise UsageError(f"list: expected vms or runningvms, found '{words[0]}'")
    for machine in IVirtualBox().machines:
        online = MachineState.first_online <= machine.state <= MachineState.last_online
        if words[0] == "vms" or online:
            print(f'"{machine.name}" {{{machine.id_p}}}')


def show(words, options):
    """`showvminfo`."""
    machine = IVirtualBox().find_machine(words[0])
    print("\n".join(_readable(machine) if "machinereadable" in options else _for_people(machine)))


def create(_words, options):
    """`createvm`. The lab has no unregistered machines."""
    if "name" not in options or "register" not in options:
        raise UsageError("createvm: expected --name NAME and --register, which the lab needs both")
    machine = IMachine(_hypervisor.create(options["name"]))
    print(f"Virtual machine '{machine.name}' is created and registered.")
    print(f"UUID: {machine.id_p}\nSettings file: '{machine.settings_file_path}'")


def modify(words, options):
    """`modifyvm`."""
    with IVirtualBox().find_machine(words[0]).create_session() as session:
        machine = session.machine
        if "name" in options:
            machine.name = options["name"]
        if "memory" in options:
            machine.memory_size = whole_number(options["memory"], "memory")
        if "cpus" in options:
            machine.cpu_count = whole_number(options["cpus"], "cpus")
        if "description" in options:
            machine.description = options["description"]
        machine.save_settings()


def start(words, options):
    """`startvm`."""
    machine = IVirtualBox().find_machine(words[0])
    kind = options.get("type", "headless")
    if kind not in ("headless", "gui", "sdl", "separate"):
        raise UsageError(f"startvm: expected --type headless, found '{kind}'")
    if kind != "headless":
        print("Drydock: the lab has no screen; the machine starts headless.", file=sys.stderr)
    print(f'Waiting for VM "{machine.name}" to power on...')
    session = ISession()
    _finish(machine.launch_vm_process(session, "headless", []))
    session.unlock_machine()
    print(f'VM "{machine.name}" has been successfully started.')


def control(words, _options):
    """`controlvm`."""
    commands = {
        "pause": lambda session: session.console.pause(),
        "resume": lambda session: session.console.resume(),
        "reset": lambda session: session.console.reset(),
        "acpipowerbutton": lambda session: session.console.power_button(),
        "poweroff": lambda session: finish_aloud(session.console.power_down()),
        "savestate": lambda session: finish_aloud(session.machine.save_state()),
    }
    if words[1] not in commands:
        raise UsageError(f"controlvm: expected one of {', '.join(commands)}, found '{words[1]}'")
    session = ISession()
    IVirtualBox().find_machine(words[0]).lock_machine(session, LockType.shared)
    with session:
        commands[words[1]](session)


def discard_state(words, _options):
    """`discardstate`."""
    with IVirtualBox().find_machine(words[0]).create_session() as session:
        session.machine.discard_saved_state(True)


def unregister(words, options):
    """`unregistervm`."""
    machine = IVirtualBox().find_machine(words[0])
    delete = "delete" in options
    media = machine.unregister(CleanupMode.full if delete else CleanupMode.detach_all_return_none)
    if delete:
        finish_aloud(machine.delete_config(media))


def finish_aloud(progress):
    """Waits for the work and shows VirtualBox's progress; raises its error."""
    _finish(progress)
    print(_STEPS, file=sys.stderr)


def _finish(progress):
    progress.wait_for_completion(-1)
    if progress.result_code != 0:
        raise VBoxErrorVmError(progress.error_info.text)


def _readable(machine):
    state = str(machine.state).lower()
    snapshot = machine.current_snapshot
    lines = [
        f'name="{machine.name}"',
        f'ostype="{machine.os_type_id}"',
        f'UUID="{machine.id_p}"',
        f'CfgFile="{machine.settings_file_path}"',
        f"memory={machine.memory_size}",
        f"cpus={machine.cpu_count}",
        f'VMState="{state}"',
    ]
    return lines if snapshot is None else [*lines, f'CurrentSnapshotName="{snapshot.name}"']


def _for_people(machine):
    state = _STATE_WORDS.get(machine.state, str(machine.state).lower())
    facts = {
        "Name:": machine.name,
        "Guest OS:": f"{machine.os_type_id} (a machine of Drydock's lab: QEMU and libvirt)",
        "UUID:": machine.id_p,
        "Config file:": machine.settings_file_path,
        "Memory size:": f"{machine.memory_size}MB",
        "Number of CPUs:": machine.cpu_count,
        "State:": state,
        "Snapshots:": machine.snapshot_count,
    }
    return [f"{key:<29}{value}" for key, value in facts.items()]
