python3 -m venv app
python3 -m venv tools
app/bin/python -m http.server {{shop_port}} > app.log 2>&1 &
sleep 3
tools/bin/python -m http.server {{shop_port}} 2> taken.txt
tail -n 1 taken.txt
