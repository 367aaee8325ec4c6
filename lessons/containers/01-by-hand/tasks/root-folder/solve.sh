mkdir root
docker create --name crate busybox
docker export crate | tar -C root -xf -
