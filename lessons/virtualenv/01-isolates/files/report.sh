# The computer's clock starts this every morning. Nobody is logged in at that hour.
python3 "$HOME/report.py"
