lab-vm-define tiny
