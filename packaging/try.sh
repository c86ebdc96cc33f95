#!/usr/bin/env bash
# Tries what a release has for this machine, with no Go, no library and no file around it:
# in an empty root where whoever runs this may have one, else in an empty folder.
#
#   packaging/try.sh             a program built as always, and what goes with it
#   packaging/try.sh snapshot    archive, checksums, list of parts and packages, by goreleaser
#
# A snapshot is of the last commit, in a copy of the repository that knows nothing else.
set -euo pipefail
cd "$(dirname "$0")/.."

goreleaser=github.com/goreleaser/goreleaser/v2@v2.15.1
scratch=$(mktemp -d)
trap 'chmod -R u+w "$scratch" && rm -rf "$scratch"' EXIT
root=$scratch/root
mkdir -p "$root/home"

if [ "${1:-}" = snapshot ]; then
	go run "$goreleaser" check --quiet
	git clone --quiet --depth 1 "file://$PWD" "$scratch/copy"
	sed -E "s/^( *goos:).*/\1 [$(go env GOOS)]/; s/^( *goarch:).*/\1 [$(go env GOARCH)]/" .goreleaser.yaml >"$scratch/here.yaml"
	cd "$scratch/copy"
	go run "$goreleaser" release --snapshot --clean --skip=homebrew,scoop,winget --config "$scratch/here.yaml"
	cd packaging/dist
	sha256sum --check --quiet SHA256SUMS
	grep -q '"bomFormat": "CycloneDX"' ./*.cdx.json
	ls -l ./*.*
	tar -xzf photofinish_*.tar.gz --strip-components 1 -C "$root"
	../image.sh
	cd "$scratch/copy"
	version=" ($(git rev-parse HEAD | cut -c 1-12), "
else
	CGO_ENABLED=0 packaging/prepare.sh -o "$root/photofinish"
	cp -r packaging/made/* "$root"
	version=" ("
fi
for file in photofinish LICENCES.txt man/photofinish.1 completions/photofinish.bash; do
	test -s "$root/$file" || { echo "packaging/try.sh: there is no $file" >&2; exit 1; }
done

# run runs the program where there is nothing but what was unpacked.
run() {
	if [ "$(id -u)" = 0 ] && chroot "$root" /photofinish --version >/dev/null 2>&1; then
		env -i HOME=/home XDG_STATE_HOME=/home/state "$(command -v chroot)" "$root" /photofinish "$@"
	else
		(cd "$root/home" && env -i HOME="$root/home" XDG_STATE_HOME="$root/home/state" "$root/photofinish" "$@")
	fi </dev/null
}

# says runs the program, and holds what it prints to a text.
says() {
	local text=$1 said
	shift
	said=$(run "$@") || { echo "packaging/try.sh: photofinish $* fails: $said" >&2; exit 1; }
	grep -qF -- "$text" <<<"$said" || { echo "packaging/try.sh: photofinish $* does not say $text: $said" >&2; exit 1; }
}
find "$root" -type f ! -path "$root/home/state/*" | sort >"$scratch/before"
says "$version" --version
says overlapping-updates list
says "newer edit u2 was overwritten" replay overlapping-updates --strategy naive
says race-free explore overlapping-updates --strategy save-queue
says "expectations hold" check
says "save-queue" report overlapping-updates --trials 100
says "step 1 of" learn lost-click --plain
says in-turn exercise
says "Your own client" client new swr
find "$root" -type f ! -path "$root/home/state/*" | sort | diff "$scratch/before" - >&2 || { echo "packaging/try.sh: it writes outside of its state folder" >&2; exit 1; }
echo "$(run --version): runs with nothing around it"
