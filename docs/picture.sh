#!/usr/bin/env bash
# Makes docs/playground.svg, or the file that is named, from what the program
# shows in a real terminal.
# Needs tmux. The picture is the same every time: the scenario pins its
# latencies, and odds and orders do not depend on the machine.
set -euo pipefail
cd "$(dirname "$0")/.."

picture=${1:-docs/playground.svg}
scratch=$(mktemp -d)
tmux=(tmux -L "photofinish-picture-$$" -f /dev/null)
trap '"${tmux[@]}" kill-server 2>/dev/null || true; rm -rf "$scratch"' EXIT

go build -o "$scratch/photofinish" .
"${tmux[@]}" new-session -d -x 120 -y 40 "env -u NO_COLOR -u TMUX TERM=xterm-256color COLORTERM=truecolor XDG_STATE_HOME=$scratch $scratch/photofinish create-then-two-updates"

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

see "naive"
press Space && see "paused"
press Home && see "  0 ms"
press 3
for _ in 1 2; do press S-Right; done
for _ in 1 2 3 4 5 6 7; do press Right; done
see " 270 ms"
press g G && see "◂u2▸"
see "2 of 7 orders"
"${tmux[@]}" capture-pane -e -p | go run ./docs/picture 120 40 "The playground: six clients, the same three clicks" >"$scratch/playground.svg"
mv "$scratch/playground.svg" "$picture"
echo "$picture: $(wc -c <"$picture") bytes"
