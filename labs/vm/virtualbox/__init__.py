"""VirtualBox's Python interface, as pyvbox gives it, on QEMU and libvirt: a part of Drydock's lab "vm".

This is not VirtualBox and not pyvbox. VirtualBox needs a module in the host's kernel, which no sandbox may load;
this module answers the same calls and starts real machines with QEMU instead. What is written for it runs
unchanged with pyvbox where VirtualBox is installed. Calls that it does not have are refused with words.

    import virtualbox
    vbox = virtualbox.VirtualBox()
    machine = vbox.find_machine("tiny")
    session = virtualbox.Session()
    progress = machine.launch_vm_process(session, "headless", [])
    progress.wait_for_completion(-1)
"""

from virtualbox import library

__version__ = library.VERSION

VirtualBox = library.IVirtualBox
Session = library.ISession
