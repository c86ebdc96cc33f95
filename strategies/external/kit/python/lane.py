"""python3 lane.py FILE [SECONDS]: a client in Python as a lane of photofinish.

Reads one line of JSON, lets the client run in virtual time until it is at rest,
writes one line, and so on: docs/PROTOCOL.md has the lines. A turn may take so
many seconds of real time. The files beside this one are

    turns.py        what the lines mean, and what a trial is
    loop.py         asyncio in virtual time
    virtual.py      clocks and random numbers
    wire.py         requests and answers; httpx
    user.py         the user's file, executed anew for each trial
    watch.py        ends what does not end, and what is left alone
    photofinish.py  what the user's file may import

Only this file is read by a Python that is too old for the others, so it is
written for all of them.
"""
import json
import os
import sys

OLDEST = (3, 9)


def main():
    file = os.path.abspath(sys.argv[1])
    wrong = None
    if sys.version_info < OLDEST:
        wrong = "Python %d.%d or later is needed to run %s, and this is %s (%s). Install it, or say where: PHOTOFINISH_PYTHON=/path/to/python3" % (
            OLDEST + (os.path.basename(file), sys.version.split()[0], sys.executable))
    elif sys.flags.hash_randomization:
        wrong = "the order of sets differs from one process to the next: start Python with PYTHONHASHSEED=0"
    if wrong:
        sys.stdin.readline()
        sys.stdout.write(json.dumps({"failed": wrong}) + "\n")
        return
    sys.dont_write_bytecode = False  # the kit lies in a folder of its own
    import turns
    sys.dont_write_bytecode = True
    turns.take(file, *map(float, sys.argv[2:]))


if __name__ == "__main__":
    main()
