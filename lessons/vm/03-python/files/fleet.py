"""Starts every machine that is shut off. It stops at the first one."""
import libvirt

conn = libvirt.open("qemu:///session")
for machine in conn.listAllDomains():
    machine.create()
    print("started", machine.name())
