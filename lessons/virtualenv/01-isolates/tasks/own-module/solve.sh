ls box/lib/python3.11/site-packages
echo 'ship = "{{ship}}"' > box/lib/python3.11/site-packages/ours.py
box/bin/python -c 'import ours; print(ours.ship)'
