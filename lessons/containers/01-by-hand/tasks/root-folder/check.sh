#!/bin/bash
# Passes when ~/root holds the files of the image busybox.
cd || exit 2
if [ ! -d root ]; then echo 'There is no folder ~/root yet.'; exit 1; fi
if [ ! -e root/bin/sh ]; then echo 'The folder ~/root is there, but it has no bin/sh. Unpack the export into it, with tar -C root -xf -'; exit 1; fi
echo 'A whole little system, and so far only a folder.'
