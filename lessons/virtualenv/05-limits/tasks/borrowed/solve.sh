python3 -m venv app
readlink -f app/bin/python > borrowed.txt
app/bin/python -c 'import json; print(json.__file__)' >> borrowed.txt
