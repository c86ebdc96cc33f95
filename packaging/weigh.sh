#!/usr/bin/env bash
# Says what each part of the program weighs: functions and data by module, in KiB, the
# heaviest first, then what of the file is none of them. Builds it once with symbols, which a
# release has not. The table of lines and types (.gopclntab, .rodata) is Go's own, and as
# large as the functions are.
set -euo pipefail
cd "$(dirname "$0")/.."

scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
export CGO_ENABLED=0
go build -trimpath -o "$scratch/photofinish" .
go build -trimpath -ldflags '-s -w' -o "$scratch/stripped" .

go tool nm -size "$scratch/photofinish" | awk '
	$3 ~ /^[bB]$/ || $4 ~ /^(crypto.internal.fips140.drbg.memory|github.com.mattn.go-runewidth.strictWidthLUT)$/ { next } # takes memory, not room in the file
	{
		name = $4
		sub(/^(type:\.(eq|hash)\.|go:itab\.\*?)/, "", name)
		sub(/[[(].*/, "", name)
		n = split(name, at, "/")
		sub(/\..*/, "", at[n])
		if (name ~ /^(go|type|runtime):/) part = "what Go notes of functions and types"
		else if (at[1] ~ /\./ && n > 1) part = at[1] "/" at[2] (n > 2 ? "/" at[3] : "")
		else if (at[1] == "photofinish") part = at[1] (n > 1 ? "/" at[2] : "")
		else part = "standard library: " at[1]
		sum[part] += $2
		all += $2
	}
	END { for (part in sum) printf "%7.0f  %s\n", sum[part] / 1024, part; printf "%7.0f  all of these\n", all / 1024 }' | sort -rn | head -30
printf '%7.0f  the file, stripped (with symbols %.0f)\n' "$(($(wc -c <"$scratch/stripped") / 1024))" "$(($(wc -c <"$scratch/photofinish") / 1024))"
