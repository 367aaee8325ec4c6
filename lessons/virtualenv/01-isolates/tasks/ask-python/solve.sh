python3 -m venv box
python3 -c 'import sys; print(sys.prefix)' > system.txt
box/bin/python -c 'import sys; print(sys.prefix)' > box.txt
