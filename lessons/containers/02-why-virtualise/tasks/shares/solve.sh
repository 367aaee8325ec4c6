sed -i 's/"report": 0/"report": 10/' share.py
python3 share.py > shares.txt
cat shares.txt
