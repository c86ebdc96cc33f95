"""asyncio's event loop in virtual time.

It is at rest when nothing is ready and no timer of up to 16 ms is left. A
longer timer is told to photofinish, which says when it fires.
"""
import asyncio
import collections
import contextvars
import heapq
import sys

import place

INSTANT = 16  # ms: a timer of so much fires in the turn in which it is set
MOST = 10_000  # tasks in a turn
NEVER = 1e12  # ms
EPOCH = 100_000.0  # s that the machine has been up when a trial begins

Future = asyncio.Future
click = contextvars.ContextVar("photofinish.click", default=0)  # what all this comes from


async def awaited(x):
    return await x


class Timer(asyncio.TimerHandle):
    __slots__ = ("number", "entry")


class Loop(asyncio.AbstractEventLoop):
    def __init__(self, trial):
        self.trial = trial
        self.ready = collections.deque()
        self.instant, self.count, self.reached = [], 0, 0.0  # a heap of (due in this turn, order, timer)
        self.timers, self.set = {}, 0  # by number: those that photofinish fires
        self.tasks = {}  # not done, in the order in which they began
        self.factory = self.handler = None

    def enter(self):
        asyncio._set_running_loop(self)

    # What runs.

    def call_soon(self, callback, *args, context=None):
        handle = asyncio.Handle(callback, args, self, context)
        self.ready.append(handle)
        return handle

    call_soon_threadsafe = call_soon

    def call_later(self, delay, callback, *args, context=None):
        return self._after(delay * 1000, callback, args, context)

    def call_at(self, when, callback, *args, context=None):
        return self._after((when - self._seconds()) * 1000, callback, args, context)

    def _after(self, ms, callback, args, context):
        ms = max(0.0, round(ms, 6))
        timer = Timer(self._seconds() + ms / 1000, callback, args, self, context)
        timer.number = 0
        if ms <= INSTANT:
            if ms:
                self.trial.use("instant")
            self.count += 1
            heapq.heappush(self.instant, (self.reached + ms, self.count, timer))
        elif ms < NEVER:
            self.set += 1
            timer.number, timer.entry = self.set, {"timer": self.set, "after": ms, "by": click.get()}
            self.timers[self.set] = timer
            self.trial.out.append(timer.entry)
        return timer

    def _timer_handle_cancelled(self, timer):
        if self.timers.pop(timer.number, None) is None:
            return
        out = self.trial.out
        for i, entry in enumerate(out):
            if entry is timer.entry:  # nobody has heard of it yet
                del out[i]
                return
        out.append({"clear": timer.number})

    def wake(self, number):
        timer = self.timers.pop(number, None)
        if timer is not None:
            self.ready.append(timer)

    def rest(self):
        """Runs what is ready until nothing is."""
        self.reached = 0.0
        for _ in range(MOST):
            if self.trial.failed or not self._step():
                return
        last = place.watched(self._step, 100)
        self.trial.fail(f"more than {MOST:,} immediate tasks after {self.trial.stirred}" + (f", the last from {last}" if last else ""))

    def _step(self):
        if self.ready:
            handle = self.ready.popleft()
        elif self.instant:
            self.reached, _, handle = heapq.heappop(self.instant)
        else:
            return False
        if not handle.cancelled():
            handle._run()
        return True

    def drop(self):
        """Closes what a trial leaves: nobody hears of it."""
        self.ready.clear()
        self.instant.clear()
        self.timers.clear()
        for task in list(self.tasks):
            task._log_destroy_pending = False
            try:
                task.get_coro().close()
            except BaseException:  # it awaits while it is closed
                pass

    # What asyncio asks a loop for.

    def _seconds(self):
        return EPOCH + self.trial.now / 1000

    def time(self):
        if place.asks(sys._getframe(1)):
            self.trial.use("clock")
        return self._seconds()

    def create_future(self):
        return Future(loop=self)

    def create_task(self, coro, **how):
        if self.factory is not None:
            return self.factory(self, coro, **how)
        name = how.pop("name", None)
        task = asyncio.Task(coro, loop=self, name=name, **how)
        if not task.done():
            self.tasks[task] = None
            task.add_done_callback(self._done)
        return task

    def _done(self, task):
        self.tasks.pop(task, None)

    def set_task_factory(self, factory):
        self.factory = factory

    def get_task_factory(self):
        return self.factory

    def set_exception_handler(self, handler):
        self.handler = handler

    def get_exception_handler(self):
        return self.handler

    def default_exception_handler(self, context):
        error = context.get("exception")
        if error is not None:
            self.trial.threw("a task", error)
        elif not self.trial.over:
            self.trial.say(context.get("message", ""))

    def call_exception_handler(self, context):
        if self.handler is None or self.trial.over:
            self.default_exception_handler(context)
            return
        try:
            self.handler(self, context)
        except Exception as error:
            self.trial.threw("the exception handler", error)

    def is_running(self):
        return True

    def is_closed(self):
        return False

    def get_debug(self):
        return False

    def set_debug(self, enabled):
        pass

    async def shutdown_asyncgens(self):
        pass

    async def shutdown_default_executor(self, timeout=None):
        pass


def _real(name):
    def method(self, *args, **kwargs):
        self.trial.real(name)
    return method


for _name in """run_in_executor getaddrinfo getnameinfo create_connection create_server create_unix_connection create_unix_server
        create_datagram_endpoint sendfile start_tls connect_read_pipe connect_write_pipe subprocess_shell subprocess_exec
        add_reader add_writer sock_recv sock_recv_into sock_sendall sock_connect sock_accept add_signal_handler""".split():
    setattr(Loop, _name, _real(_name))


def _own(*args, **kwargs):
    running = asyncio.get_running_loop()
    running.trial.fail(f"a loop of its own (asyncio.run) would wait in real time{place.at()}: make the method async")


for _name in ("run_forever", "run_until_complete", "stop", "close"):
    setattr(Loop, _name, _own)
asyncio.run = asyncio.runners.run = _own
asyncio.BaseEventLoop.run_forever = asyncio.BaseEventLoop.run_until_complete = _own
