virsh destroy tiny
virsh start tiny --console
echo hello > /root/note
echo hello > /data/note
poweroff
virsh start tiny --console
ls /root /data
poweroff
echo /data/note > survivor.txt
