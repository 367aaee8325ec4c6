"""The command VBoxManage, as far as the lab offers it: reads the arguments and tells errors.

Works on the module `virtualbox` alone, so that a command and a script do the same. What the commands do is in
`_manage_machines` and `_manage_snapshots`.
"""

import sys

from virtualbox import _manage_machines as machines
from virtualbox import _manage_snapshots as snapshots
from virtualbox._arguments import UsageError, parse
from virtualbox._errors import VBoxError
from virtualbox._vbox import VERSION

NOTE = "Drydock: this is not VirtualBox. The lab's VBoxManage starts machines with QEMU and libvirt."
USAGE = """Usage:
  VBoxManage --version
  VBoxManage list vms | runningvms
  VBoxManage showvminfo VM [--machinereadable]
  VBoxManage createvm --name NAME --register
  VBoxManage modifyvm VM [--name NAME] [--memory MB] [--cpus N] [--description TEXT]
  VBoxManage startvm VM [--type headless]
  VBoxManage controlvm VM pause | resume | reset | poweroff | acpipowerbutton | savestate
  VBoxManage discardstate VM
  VBoxManage snapshot VM take NAME [--description TEXT]
  VBoxManage snapshot VM list | restore NAME | restorecurrent | delete NAME
  VBoxManage unregistervm VM [--delete]
VM is a machine's name or UUID. To see a machine's console: virsh console VM"""

# For each command: the options with a value, the options without, the number of words, and what does it.
COMMANDS = {
    "list": ((), ("long",), 1, machines.list_machines),
    "showvminfo": ((), ("machinereadable",), 1, machines.show),
    "createvm": (("name", "ostype"), ("register",), 0, machines.create),
    "modifyvm": (("name", "memory", "cpus", "description"), (), 1, machines.modify),
    "startvm": (("type",), (), 1, machines.start),
    "controlvm": ((), (), 2, machines.control),
    "discardstate": ((), (), 1, machines.discard_state),
    "snapshot": (("description",), ("live", "machinereadable"), None, snapshots.snapshot),
    "unregistervm": ((), ("delete",), 1, machines.unregister),
}


def main(argv):
    """Runs one command. Returns the exit code: 0, 1 where it failed, 2 where the arguments are wrong."""
    if not argv or argv[0] in ("help", "--help", "-h"):
        print(f"{NOTE}\n\n{USAGE}")
        return 0
    if argv[0] in ("--version", "-v", "-V"):
        print(f"{VERSION}r0")
        print(NOTE, file=sys.stderr)
        return 0
    try:
        if argv[0] not in COMMANDS:
            raise UsageError(f"Invalid command '{argv[0]}'")
        with_value, without, words, command = COMMANDS[argv[0]]
        command(*parse(argv[1:], with_value, without, words))
    except UsageError as error:
        print(f"{USAGE}\n\nVBoxManage: error: {error}", file=sys.stderr)
        return 2
    except VBoxError as error:
        details = f"Details: code {error.name} (0x{error.value:x}), component Drydock"
        print(f"VBoxManage: error: {error.msg}\nVBoxManage: error: {details}", file=sys.stderr)
        return 1
    return 0
