#!/usr/bin/env bash
# Prints the licences of all that is linked into the program on any of the systems that
# it is released for: of Go, of each module, and of what a module has taken from others.
# Fails where one of them has none. What is linked is asked of Go, not written down.
set -euo pipefail
cd "$(dirname "$0")/.."

# linked lists the packages of other modules: module, version, folder of the module,
# folder of the package.
linked() {
	for system in linux darwin windows; do
		for machine in amd64 arm64; do
			CGO_ENABLED=0 GOOS=$system GOARCH=$machine go list -deps -f '{{with .Module}}{{if .Version}}{{.Path}} {{.Version}} {{.Dir}} {{$.Dir}}{{end}}{{end}}' .
		done
	done | LC_ALL=C sort -u
}

# texts lists the files of a folder that say what is granted, and under what terms.
texts() {
	find "$1" -maxdepth 1 -type f \( -iname 'licen[cs]e*' -o -iname 'copying*' -o -iname 'notice*' -o -iname 'patents*' \) ! -name '*.go' | LC_ALL=C sort
}

# section prints what is of one part: its name, then the texts of a folder.
section() {
	printf '\n%s\n%s\n' "$(printf '=%.0s' $(seq 80))" "$1"
	local found
	found=$(texts "$2")
	if ! grep -qiE '/(licen[cs]e|copying)[^/]*$' <<<"$found"; then
		echo "packaging/licences.sh: $1 has no licence in $2" >&2
		exit 1
	fi
	while read -r file; do
		printf '\n-- %s\n\n' "$(basename "$file")"
		tr -d '\r' <"$file"
	done <<<"$found"
}

echo "What the program photofinish is made of beside its own sources, whose licence is in"
echo "LICENSE, and the terms of each part. Some parts are in the program on some systems only."

section "Go $(go env GOVERSION | tr -d go): standard library and runtime" "$(go env GOROOT)"
all=$(linked)
cut -d ' ' -f 1-3 <<<"$all" | uniq | while read -r module version folder; do
	section "$module $version" "$folder"
	awk -v module="$module" '$1 == module && $4 != $3 { print $4 }' <<<"$all" | while read -r inner; do
		if [ -n "$(texts "$inner")" ]; then
			section "$module $version: ${inner#"$folder/"}" "$inner"
		fi
	done
done
