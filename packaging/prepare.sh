#!/usr/bin/env bash
# Makes in packaging/made what goes with the program into its archives and packages: the
# manual page, completions for shells, licences. They are the same for every system, and
# made by the program itself, which is built for this machine. -o FILE keeps it there.
set -euo pipefail
cd "$(dirname "$0")/.."

made=packaging/made
rm -rf "$made"
mkdir -p "$made/man" "$made/completions"
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
program=$scratch/photofinish
if [ "${1:-}" = -o ]; then
	program=$2
fi

GOOS= GOARCH= go build -o "$program" .
packaging/licences.sh >"$made/LICENCES.txt"
"$program" man >"$made/man/photofinish.1"
gzip -9n <"$made/man/photofinish.1" >"$made/photofinish.1.gz"
for shell in bash zsh fish powershell; do
	case $shell in # the name under which the shell looks for it, as far as it looks
	zsh) name=_photofinish ;;
	powershell) name=photofinish.ps1 ;;
	*) name=photofinish.$shell ;;
	esac
	"$program" completion "$shell" >"$made/completions/$name"
done
for file in "$made"/*.* "$made"/*/*; do
	test -s "$file" || { echo "packaging/prepare.sh: nothing was written to $file" >&2; exit 1; }
done
