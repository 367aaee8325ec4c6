python3 keeper.py
sed -i 's/replicas: 3/replicas: 2/' fleet.yaml
cat >> keeper.py <<'END'
for extra in found[wanted:]:
    extra.remove(force=True)
    print("removed", extra.name)
END
python3 keeper.py
