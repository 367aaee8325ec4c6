VBoxManage createvm --name quay --register
VBoxManage startvm quay --type headless
python3 stop.py
sed -i 's/Quay/quay/' stop.py
python3 stop.py
sed -i 's/virtualbox.Session()/vm.create_session()/' stop.py
python3 stop.py
