lab-vm-define rest
virsh start rest
virsh suspend rest
ps -C qemu-system-x86_64 -o pid,rss,comm
