kubectl create deployment site --image=nginx --replicas=3 --dry-run=client -o yaml > site.yaml
