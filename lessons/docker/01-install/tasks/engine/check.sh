#!/bin/bash
# Passes when ~/containerd.txt holds the version of containerd.
no() {
  printf '%s\n' "$*"
  exit 1
}

cd || exit 2
[ -e containerd.txt ] || no 'There is no file ~/containerd.txt yet.'
found=$(tr -d '[:space:]' < containerd.txt)
[ -n "$found" ] || no 'Your containerd.txt is empty.'
true=$(docker version --format '{{range .Server.Components}}{{if eq .Name "containerd"}}{{.Version}}{{end}}{{end}}')
client=$(docker version --format '{{.Client.Version}}')
case $found in
  "$true" | "v$true" | "Version:$true") echo 'The engine is a team of programs, and containerd one of them.' ;;
  "$client") no "Your containerd.txt says $found. That is the version of docker itself; containerd has one of its own." ;;
  *) no "Your containerd.txt says \"${found:0:60}\". It is not the version that the engine tells for containerd." ;;
esac
