docker inspect worker > /dev/null || ./make-mess.sh
sed -i 's/list(/list(all=True, /; s/"stopped"/"exited"/' janitor.py
python3 janitor.py
