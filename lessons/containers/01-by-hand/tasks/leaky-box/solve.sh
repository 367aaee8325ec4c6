sed -i 's/--mount/--mount --pid --fork/' leaky.sh
bash leaky.sh
