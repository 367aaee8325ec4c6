python3 -c 'import docker; docker.from_env().containers.run("nginx", name="shop", detach=True, ports={"80/tcp": {{shop_port}}})'
