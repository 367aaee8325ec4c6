VBoxManage createvm --name harbour --register
cat > start.py <<'END'
import virtualbox

vbox = virtualbox.VirtualBox()
vm = vbox.find_machine('harbour')
session = virtualbox.Session()
vm.launch_vm_process(session, "headless", [])
END
python3 start.py
VBoxManage list runningvms
