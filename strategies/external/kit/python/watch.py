"""A thread that ends a program that does not end, or whose parent is gone."""
import json
import os
import sys
import threading
import time

import place

FIRST, TURN = 29.5, 4.5  # s that the first turn, and any other, may take: photofinish waits a little longer
EVERY = 0.25  # s
QUIET = 2  # s without a turn, and it sleeps until there is one
MEMORY = 512 << 20  # bytes


class STATE:
    began = None  # when this turn began, in real time; None between turns
    patience = FIRST  # s that this turn may take
    turn = TURN  # s that a later one may
    trial = None
    asleep = None  # what wakes the thread, while it sleeps


def turn(trial, began):
    """Begins to watch a turn."""
    STATE.began, STATE.trial = began, trial
    if STATE.asleep:
        STATE.asleep.set()


def memory(stirred):
    return f"it ran out of memory ({MEMORY >> 20} MiB) after {stirred}"


def begin(answers):
    """Begins to watch the thread that calls this."""
    sleep, monotonic, parent, main = time.sleep, time.monotonic, os.getppid(), threading.get_ident()
    used = limit()

    def end(sentence):
        answers.write(json.dumps({"failed": sentence}).encode() + b"\n")
        answers.flush()
        os._exit(3)

    def watch():
        quiet = 0
        while True:
            sleep(EVERY)
            if os.getppid() != parent:
                os._exit(1)
            began = STATE.began
            if began is None:
                quiet += EVERY
                if quiet >= QUIET:
                    asleep = STATE.asleep = threading.Event()
                    if STATE.began is None:
                        asleep.wait()  # whoever waits for a line sees by itself that its parent is gone
                    STATE.asleep, quiet = None, 0
                continue
            quiet = 0
            stirred = STATE.trial.stirred if STATE.trial else "the start"
            if used() > MEMORY:
                end(memory(stirred))
            if monotonic() - began > STATE.patience:
                where = place.line(sys._current_frames().get(main))
                if STATE.began == began:
                    end(f"after {stirred} it did not come to rest in {STATE.patience + 0.5:.0f} s: an endless loop?" + (f" ({where})" if where else ""))

    threading.Thread(target=watch, name="photofinish", daemon=True).start()


def limit():
    """Limits the memory where the system can, and returns how to ask for what is used."""
    try:
        import resource
    except ImportError:  # Windows has none
        return lambda: 0
    if sys.platform.startswith("linux"):
        hard = resource.getrlimit(resource.RLIMIT_DATA)[1]
        resource.setrlimit(resource.RLIMIT_DATA, (MEMORY if hard < 0 else min(MEMORY, hard), hard))
        return lambda: 0
    return lambda: resource.getrusage(resource.RUSAGE_SELF).ru_maxrss  # bytes on macOS
