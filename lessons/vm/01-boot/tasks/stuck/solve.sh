virsh define stuck.xml
virsh start stuck
ls /usr/share/lab-vm
sed -i 's/initramfs.img/initrd.img/' stuck.xml
virsh define stuck.xml
virsh start stuck
