#!/usr/bin/env bash
# Makes in packaging/dist/image the folder that packaging/Dockerfile is built from, of the
# archives for Linux that goreleaser has left in packaging/dist. Builds nothing itself:
# it prints the command, which needs an engine for containers.
set -euo pipefail
cd "$(dirname "$0")/dist"

rm -rf image
mkdir -p -m 755 image
mkdir -m 700 image/state
for machine in amd64 arm64; do
	for archive in photofinish_*_linux_"$machine".tar.gz; do
		if [ -e "$archive" ]; then
			mkdir -p "image/linux/$machine"
			tar -xzf "$archive" --strip-components 1 -C "image/linux/$machine"
			mv "image/linux/$machine/LICENSE" "image/linux/$machine/LICENCES.txt" image/
		fi
	done
done
test -d image/linux || { echo "packaging/image.sh: packaging/dist has no archive for Linux: goreleaser release --snapshot --clean makes them" >&2; exit 1; }
cp ../Dockerfile image/
echo "docker buildx build --tag photofinish packaging/dist/image"
