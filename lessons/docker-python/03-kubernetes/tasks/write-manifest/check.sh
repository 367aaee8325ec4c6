#!/bin/bash
# Passes when ~/site.yaml is a Deployment of three nginx named site.
cd || exit 2
[ -e site.yaml ] || { echo 'There is no file ~/site.yaml yet.'; exit 1; }
python3 -B - << 'END'
import sys
import yaml

def no(words):
    print(words)
    sys.exit(1)

text = open("site.yaml").read()
if not text.strip():
    no("Your site.yaml is empty: kubectl printed nothing into it. Read its message in the terminal.")
try:
    found = yaml.safe_load(text)
except yaml.YAMLError as error:
    no(f"site.yaml is not YAML: {str(error).splitlines()[0][:150]}")
if not isinstance(found, dict):
    no(f"site.yaml holds no manifest, but: {text.strip()[:80]}. Did -o yaml stand in the command?")
if found.get("kind") != "Deployment":
    no(f"site.yaml describes a {found.get('kind')}. It should be a Deployment.")
try:
    name = found["metadata"]["name"]
    replicas = found["spec"].get("replicas", 1)
    image = found["spec"]["template"]["spec"]["containers"][0]["image"]
except (KeyError, TypeError, IndexError) as error:
    no(f"The Deployment is not whole: {error} is missing.")
if name != "site":
    no(f"The Deployment is named {name}. It should be site.")
if "nginx" not in str(image):
    no(f"Its containers have the image {image}. It should be nginx.")
if replicas != 3:
    no(f"It wants {replicas} of them. It should be 3: --replicas")
print("A manifest: it says what should be, and no word of how.")
END
