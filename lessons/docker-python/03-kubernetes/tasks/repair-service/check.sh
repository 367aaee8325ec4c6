#!/bin/bash
# Passes when the Service of ~/shop finds the pods of the Deployment, and their port.
cd ~/shop || { echo 'The folder ~/shop is gone. Reset the lab to get it back.'; exit 1; }
python3 -B - << 'END'
import sys
import yaml

def no(words):
    print(words)
    sys.exit(1)

def read(name):
    try:
        return yaml.safe_load(open(name))["spec"]
    except OSError:
        no(f"~/shop/{name} is gone. Reset the lab to get it back.")
    except (yaml.YAMLError, KeyError, TypeError) as error:
        no(f"{name} is not a whole manifest any more: {str(error).splitlines()[0][:150]}")

deployment, service = read("deployment.yaml"), read("service.yaml")
try:
    labels = deployment["template"]["metadata"]["labels"]
    container = deployment["template"]["spec"]["containers"][0]["ports"][0]
    selector, port = service["selector"], service["ports"][0]
    target = port.get("targetPort", port["port"])
    same = deployment["selector"]["matchLabels"].items() <= labels.items()
    chosen = selector.items() <= labels.items() and len(selector) > 0
except (KeyError, TypeError, IndexError, AttributeError) as error:
    no(f"Something is missing in one of the two files: {error}")
if labels != {"app": "shop"} or container["containerPort"] != 80 or not same:
    no("deployment.yaml has changed. It is right as it was: app: shop, port 80. Repair service.yaml.")
if not chosen:
    no(f"The service looks for pods with {selector}; the pods have {labels}.")
if target not in (80, container.get("name")):
    no(f"It finds the pods, and knocks at port {target}. They listen on {container['containerPort']}.")
print("The service finds its pods, and the right port of them.")
END
