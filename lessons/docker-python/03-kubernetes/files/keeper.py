"""Compares what fleet.yaml wants with what runs, and does what is missing. A controller in small."""
import docker
import yaml

client = docker.from_env()
spec = yaml.safe_load(open("fleet.yaml"))["spec"]
wanted = spec["replicas"]
image = spec["template"]["spec"]["containers"][0]["image"]

found = client.containers.list(filters={"label": "app=fleet"})
print(f"wanted {wanted}, found {len(found)}")

for _ in range(wanted - len(found)):
    new = client.containers.run(image, detach=True, labels={"app": "fleet"})
    print("started", new.name)
