"""Clocks and random numbers of a trial.

What reads one is noted, since a proof has to name it: but not what asyncio,
httpx and logging read for themselves.
"""
import datetime
import os
import random
import sys
import time
import uuid

import loop
import place

EPOCH = 1704067200  # s: 2024-01-01, UTC, when a trial begins
_current = None
_bytes = random.Random(0)  # what os.urandom gives


def begin(trial):
    """Starts the random numbers anew, from the trial's seed."""
    drawn.begin(trial.seed)
    _bytes.seed(trial.seed ^ 0x5EED)
    uuid._last_timestamp = None


def _wall(asking):
    trial = _current()
    if trial is None:
        return float(EPOCH)
    if place.asks(asking):
        trial.use("clock")
    return EPOCH + (trial.now + trial.skew) / 1000


def _up(asking):
    trial = _current()
    if trial is None:
        return loop.EPOCH
    if place.asks(asking):
        trial.use("clock")
    return loop.EPOCH + trial.now / 1000


def _clock(read):
    return (lambda: read(sys._getframe(1))), (lambda: round(read(sys._getframe(1)) * 1e9))


class _Kind(type):
    """Of what stands for a type in C: instances of that are its own."""

    def __instancecheck__(cls, x):
        return isinstance(x, _REAL[cls]) if cls in _REAL else type.__instancecheck__(cls, x)

    def __subclasscheck__(cls, x):
        return issubclass(x, _REAL[cls]) if cls in _REAL else type.__subclasscheck__(cls, x)


class Moment(datetime.datetime, metaclass=_Kind):
    @classmethod
    def now(cls, tz=None):
        return cls.fromtimestamp(_wall(sys._getframe(1)), tz)

    @classmethod
    def utcnow(cls):
        return cls.fromtimestamp(_wall(sys._getframe(1)), datetime.timezone.utc).replace(tzinfo=None)

    @classmethod
    def today(cls):
        return cls.fromtimestamp(_wall(sys._getframe(1)))


class Day(datetime.date, metaclass=_Kind):
    @classmethod
    def today(cls):
        return cls.fromtimestamp(_wall(sys._getframe(1)))


_REAL = {Moment: datetime.datetime, Day: datetime.date}
for _kind, _real in _REAL.items():
    _kind.__name__ = _kind.__qualname__ = _real.__name__
    _kind.__module__ = "datetime"


def _draw():
    if _current and _current():
        _current().use("random")


class Drawn(random.Random):
    """The generator behind random.random and its like, which notes each draw."""

    def random(self):
        _draw()
        return super().random()

    def getrandbits(self, k):
        _draw()
        return super().getrandbits(k)

    def begin(self, seed):
        super().seed(seed)
        self.gauss_next = None


drawn = Drawn(0)


def _urandom(n):
    if place.asks(sys._getframe(1)):
        _draw()
    return _bytes.getrandbits(8 * n).to_bytes(n, "little") if n else b""


def install(current):
    """Puts all this where programs look for it."""
    global _current
    _current = current
    time.time, time.time_ns = _clock(_wall)
    for name in ("monotonic", "perf_counter", "process_time", "thread_time"):
        seconds, nanoseconds = _clock(_up)
        setattr(time, name, seconds)
        setattr(time, name + "_ns", nanoseconds)
    for name in ("localtime", "gmtime", "ctime"):
        def broken(seconds=None, of=getattr(time, name)):
            return of(_wall(sys._getframe(1)) if seconds is None else seconds)
        setattr(time, name, broken)
    for name, of, at in (("asctime", time.asctime, 0), ("strftime", time.strftime, 1)):
        def worded(*args, of=of, at=at):
            return of(*args) if len(args) > at else of(*args, time.gmtime(_wall(sys._getframe(1))))
        setattr(time, name, worded)

    def sleep(seconds):
        trial = current()
        trial.fail(f"time.sleep({seconds}) would stop everything, in real time{place.at()}: await asyncio.sleep({seconds})")
    time.sleep = sleep
    datetime.datetime = Moment
    datetime.date = Day

    seed = random.Random.seed

    def seeded(self, a=None, version=2):  # without a seed it would ask the machine
        seed(self, int.from_bytes(_urandom(16), "little") if a is None else a, version)
    random.Random.seed = seeded
    for name in random.__all__:
        if getattr(getattr(random, name), "__self__", None) is random._inst:
            setattr(random, name, getattr(drawn, name))
    random._inst = drawn
    os.urandom = random._urandom = _urandom
    if hasattr(os, "getrandom"):
        os.getrandom = lambda size, flags=0: _urandom(size)
    uuid._node = 0x5EED5EED5EED  # else it looks for the machine's own
    uuid._generate_time_safe = uuid._UuidCreate = None
