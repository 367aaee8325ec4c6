docker run --detach --name lighthouse redis:7
cat > who.py <<'END'
import docker
for container in docker.from_env().containers.list():
    print(container.name)
END
python3 who.py
