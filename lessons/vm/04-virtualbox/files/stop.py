"""Pulls the plug of the machine "quay"."""
import virtualbox

vbox = virtualbox.VirtualBox()
vm = vbox.find_machine("Quay")
session = virtualbox.Session()
session.console.power_down().wait_for_completion(-1)
print("quay is off")
