#!/bin/bash
# Leaves three containers behind: two that have ended, and one at work.
docker run --name crate-1 --label lesson=mess busybox true
docker run --name crate-2 --label lesson=mess busybox true
docker run --detach --name worker --label lesson=mess busybox sleep 3600
