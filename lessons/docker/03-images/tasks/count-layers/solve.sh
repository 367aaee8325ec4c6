docker image inspect --format '{{len .RootFS.Layers}}' board:1.0 > ~/layers.txt
