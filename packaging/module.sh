#!/usr/bin/env bash
# Gives the module another path, one that `go install PATH@VERSION` can take:
#
#   packaging/module.sh example.org/somebody/photofinish
#
# The path is the first line of go.mod; what this changes beside it are imports, what the
# linker is told in .goreleaser.yaml, and what tests hold of all these.
set -euo pipefail
cd "$(dirname "$0")/.."

path=${1:?the path of the module}
old=$(go list -m)
packages=$(find . -mindepth 1 -maxdepth 1 -type d ! -name '.*' -printf '%f|')
go mod edit -module "$path"
find . -name '*.go' -print0 | xargs -0 sed -i -E "s#\"$old/(${packages%|})([/\"])#\"$path/\1\2#g; s#^const module = .*#const module = \"$path\"#"
sed -i "s# $old/cli\.# $path/cli.#" .goreleaser.yaml
go build ./...
