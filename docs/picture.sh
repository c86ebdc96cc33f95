#!/usr/bin/env bash
# Makes the pictures of the documentation, in docs or in the folder that is named,
# from what the program shows in a real terminal: opening.svg, which moves, and
# playground.svg.
# Needs tmux. What they show is the same every time: the scenario pins its latencies,
# and odds and orders do not depend on the machine; only at which ms the opening was
# looked at differs.
set -euo pipefail
cd "$(dirname "$0")/.."

pictures=${1:-docs}
scratch=$(mktemp -d)
tmux=(tmux -L "photofinish-picture-$$" -f /dev/null)
trap '"${tmux[@]}" kill-server 2>/dev/null || true; rm -rf "$scratch"' EXIT

go build -o "$scratch/photofinish" .
go build -o "$scratch/picture" ./docs/picture

# start opens a window of so many columns and rows, in which the program runs.
start() {
	"${tmux[@]}" new-session -d -x "$1" -y "$2" "env -u NO_COLOR -u TMUX TERM=xterm-256color COLORTERM=truecolor XDG_STATE_HOME=$scratch $scratch/photofinish ${3-}"
}

# draw writes a picture whole or not at all.
draw() {
	"$scratch/picture" "${@:2}" >"$scratch/$1"
	mv "$scratch/$1" "$pictures/$1"
	echo "$pictures/$1: $(wc -c <"$pictures/$1") bytes"
}

# see waits until the screen shows a text.
see() {
	for _ in $(seq 200); do
		if "${tmux[@]}" capture-pane -p | grep -qF -- "$1"; then return; fi
		sleep 0.05
	done
	echo "the screen never showed: $1" >&2
	exit 1
}
press() { "${tmux[@]}" send-keys "$@"; }

# The opening, as somebody sees it who starts the program and presses nothing. The
# last screen stays.
film() {
	local shown="" now="" since=0 at=0
	until [[ $shown == *settled*"of 7 orders"* ]]; do
		if ((SECONDS > opened + 60)); then
			echo "the opening never settled" >&2
			exit 1
		fi
		now=$("${tmux[@]}" capture-pane -e -p)
		if [[ $now != "$shown" ]]; then
			at=$(date +%s%3N)
			if [[ $shown == *" ms"* ]]; then printf '\f%d\n%s\n' $((at - since)) "$shown"; fi
			shown=$now since=$at
		fi
		sleep 0.06
	done
	printf '\f5000\n%s\n' "$shown"
}

start 100 26
opened=$SECONDS
film >"$scratch/film"
draw opening.svg 100 26 "The opening: three clicks, and the client that loses two of them" <"$scratch/film"
"${tmux[@]}" kill-server
tmux=(tmux -L "photofinish-picture-$$-second" -f /dev/null) # the first may still be about to end

start 120 40 create-then-two-updates
see "naive"
press Space && see "paused"
press Home && see "  0 ms"
press 3
for _ in 1 2; do press S-Right; done
for _ in 1 2 3 4 5 6 7; do press Right; done
see " 270 ms"
press g G && see "◂u2▸"
see "2 of 7 orders"
"${tmux[@]}" capture-pane -e -p | draw playground.svg 120 40 "The playground: six clients, the same three clicks"
