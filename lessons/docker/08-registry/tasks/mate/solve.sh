podman run --rm localhost:5000/tide-table:1.0 > ~/mate.txt
cat ~/mate.txt
