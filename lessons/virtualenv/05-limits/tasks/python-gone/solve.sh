mkdir -p standin/bin
ln -s /usr/bin/python3 standin/bin/python3
standin/bin/python3 -m venv ship
ship/bin/pip install spellout==1.2.0
rm standin/bin/python3
ship/bin/spellout tern
python3 -m venv --clear ship
ship/bin/pip install spellout==1.2.0
ship/bin/spellout tern
