"""The protocol, turn by turn, and what one trial is."""
import contextvars
import gc
import io
import json
import os
import sys
import time

import loop
import photofinish
import place
import user
import virtual
import watch
import wire

PROTOCOL = 1
LONGEST = 1 << 20  # bytes of a line
LINES, WIDTH = 50, 300  # of what it prints in a trial
FEW = 10  # errors of a turn that nobody caught
KEYS = {
    "hello": {"protocol"},
    "start": {"seed", "given", "fields", "client", "clock", "lines"},
    "act": {"n", "do", "set"},
    "answer": {"n", "status", "json", "do", "id"},
    "wake": None,
    "online": None,
}
METHODS = {"create": "create", "update": "update", "delete": "delete", "set-permissions": "set_permissions", "fetch": "fetch"}
LETTERS = {"create": "c", "update": "u", "delete": "d", "set-permissions": "p", "fetch": "f"}

monotonic = time.monotonic  # of the real world


class Failed(BaseException):
    """The kit cannot go on. Its text is one sentence for the user."""


class Trial:
    """All that begins anew with a trial, and what it says in this turn."""

    def __init__(self, start):
        self.seed = start.get("seed", 0)
        self.fields = start.get("fields", [])
        self.skew = start.get("clock", 0)
        self.lines = start.get("lines", False)
        self.now = 0.0  # ms since the trial began
        self.out, self.log, self.used, self.uncaught = [], [], [], []  # of this turn
        self.known = set()  # what it has used in any turn
        self.logged = 0
        self.failed = None
        self.requests, self.sent = {}, 0
        self.blocked = []  # clicks on what was disabled
        self.client, self.error = None, None
        self.stirred = "the start"  # what the turn is about
        self.loop = loop.Loop(self)
        self.context = contextvars.copy_context()
        self.over = False

    def use(self, what):
        """Notes that it depends on what a proof has to name."""
        if what not in self.known:
            self.known.add(what)
            self.used.append(what)

    def say(self, text):
        """Puts lines aside that it printed."""
        for line in str(text).splitlines():
            if line.strip() and self.logged < LINES and not self.over:
                self.logged += 1
                self.log.append(line[:WIDTH])

    def fail(self, sentence):
        """Ends the trial, whoever catches what this raises."""
        self.failed = self.failed or sentence
        raise Failed(sentence)

    def real(self, what):
        """Ends the trial because of what would not wait in virtual time."""
        self.fail(f"it waits for something real ({what}) after {self.stirred}{place.at()}. Put it behind a function that the file replaces")

    def threw(self, what, error):
        """Notes an exception that nobody caught."""
        if isinstance(error, Failed):
            return
        if isinstance(error, MemoryError):
            self.failed = self.failed or watch.memory(self.stirred)
            return
        if len(self.uncaught) < FEW:
            says, at = place.parts(error)
            self.uncaught.append({"what": f"{what} threw", "says": says[:WIDTH], "at": at})

    def tell(self, text):
        """Of the file: tells the user something, in whatever click's context this is."""
        n = loop.click.get()
        self.out.append({"tell": str(text), "by": n} if n else {"tell": str(text)})

    def refuse(self, reason=""):
        """Of the file: says no to the click in whose context this is."""
        n = loop.click.get()
        if not n:
            self.fail(f"refuse() outside of a click{place.at()}")
        self.out.append({"refuse": n, "reason": str(reason)})

    def end(self):
        """Drops what still waits, in the order in which it began to."""
        if self.client is not None and callable(getattr(self.client, "dispose", None)):
            self.run(0, "dispose()", self.client.dispose)
            try:
                self.loop.rest()
            except Failed:  # it is over all the same
                pass
        self.over = True
        self.loop.drop()

    def run(self, n, what, function, *args):
        """Calls the user's function as the click n, and follows what it returns."""
        def inside():
            loop.click.set(n)
            begun = function(*args)
            if hasattr(begun, "__await__") and not isinstance(begun, loop.Future):
                begun = self.loop.create_task(loop.awaited(begun))
            if isinstance(begun, loop.Future):
                begun.add_done_callback(lambda task: task.cancelled() or not task.exception() or self.threw(what, task.exception()))
        try:
            self.context.copy().run(inside)
        except (Exception, Failed) as error:
            self.threw(what, error)


def current():
    """The trial that is under way."""
    return Turns.trial


class Turns:
    """One process: the file, and the trial that it is in."""

    trial = None

    def __init__(self, file):
        self.file = user.File(file)

    def turn(self, message):
        kind = next((k for k in KEYS if k in message), None)
        body = message.get(kind)
        unknown = set(message) - {"t", kind} or (KEYS.get(kind) is not None and set(body) - KEYS[kind])
        if kind is None or unknown:
            return {"failed": f"the kit does not know {', '.join(sorted(unknown or message))} in {json.dumps(message)[:200]}"}
        if kind == "hello":
            return self.hello(body)
        if kind == "start":
            return self.start(body)
        trial = Turns.trial
        if trial is None or trial.failed:
            return {"failed": trial.failed if trial else "nothing has been started"}
        trial.out, trial.log, trial.used, trial.uncaught = [], [], [], []
        trial.now = message.get("t", 0)
        if kind == "act":
            trial.stirred = f"the click {LETTERS[body['do']]}{body['n']}"
            self.act(trial, body)
        elif kind == "answer":
            trial.stirred = f"the answer to request {body['n']}"
            wire.answer(trial, body)
        elif kind == "online":
            trial.stirred = "it was back online" if body else "it went offline"  # which Python has no event for
        else:
            trial.stirred = f"timer {body}"
            trial.loop.wake(body)
        return self.rest(trial)

    def hello(self, body):
        if body["protocol"] != PROTOCOL:
            return {"failed": f"this kit speaks protocol {PROTOCOL}, and was asked for {body['protocol']}"}
        self.begin(Trial({}))
        self.file.execute()
        self.file.map()
        hello = {"protocol": PROTOCOL, "runs": "python " + sys.version.split()[0], "of": self.file.libraries(), "bundle": self.file.hash()}
        Turns.trial.end()
        Turns.trial = None
        gc.collect()
        gc.freeze()  # what lives as long as the process is not looked through again
        return {"hello": hello}

    def begin(self, trial):
        if Turns.trial is not None:
            Turns.trial.end()
        Turns.trial = trial
        virtual.begin(trial)
        trial.loop.enter()

    def start(self, body):
        trial = Trial(body)
        self.begin(trial)
        self.file.execute()
        wire.MAP, wire.ROUTE, wire.ANSWER = self.file.map(), self.file.hook("route"), self.file.hook("answer")
        given = wire.theirs(body.get("given"))
        offered = {"given": given, "fields": [wire.MAP.their(f) for f in trial.fields], "client": body.get("client", 1), "tell": trial.tell, "refuse": trial.refuse}
        trial.client = trial.context.run(self.file.client, offered)
        can = [do for do, method in METHODS.items() if callable(getattr(trial.client, method, None))]
        if "update" in can and "set-permissions" not in can:
            can.append("set-permissions")
        answer = self.rest(trial)
        if "failed" not in answer:
            answer["does"] = can
            if wire.MAP.path:
                answer["path"] = wire.MAP.path
        return answer

    def act(self, trial, body):
        if self.disabled(trial, body):
            trial.out.append({"block": body["n"]})
            trial.blocked.append(body)
        else:
            self.press(trial, body)

    def disabled(self, trial, body):
        asked = getattr(trial.client, "disabled", None)
        if asked is None:
            return False
        try:
            return bool(asked(METHODS[body["do"]]))
        except Exception as error:
            trial.fail(f"disabled() threw: {place.told(error)}, at {trial.stirred}")

    def press(self, trial, body):
        given, name = wire.theirs(body.get("set") or {}), METHODS[body["do"]]
        function, args = getattr(trial.client, name, None), [given]
        if name == "set_permissions" and function:
            args = [given.get(wire.MAP.their("permissions"))]
        elif name == "set_permissions":
            function = getattr(trial.client, "update", None)
        if function is None:
            trial.fail(f"it has no {name}(), and {LETTERS[body['do']]}{body['n']} needs it")
        if name in ("delete", "fetch") and not user.takes(function):
            args = []
        trial.run(body["n"], f"{name}() at {LETTERS[body['do']]}{body['n']}", function, *args)

    def rest(self, trial):
        """Lets it come to rest, and says what has happened."""
        trial.loop.rest()
        while not trial.failed:
            body = next((b for b in trial.blocked if not self.disabled(trial, b)), None)
            if body is None:
                break
            trial.blocked.remove(body)
            trial.out.append({"unblock": body["n"]})
            self.press(trial, body)
            trial.loop.rest()
        if trial.failed:
            raise Failed(trial.failed)
        answer = {"out": trial.out, "screen": None}
        screen = self.screen(trial)
        if screen is not None:
            error = screen.pop("error", None) or None
            if error is not None:
                answer["error"] = str(error) or type(error).__name__
                if error is not trial.error and (isinstance(error, BaseException) or error != trial.error):
                    trial.out.append({"tell": answer["error"]})
            trial.error = error
            if screen.pop("busy", False):
                answer["busy"] = True
            if not screen.pop("deleted", False):
                answer["screen"] = {wire.MAP.ours(f): v for f, v in screen.items() if f == "id" or wire.MAP.ours(f) in trial.fields}
        if trial.used:
            answer["used"] = trial.used
        if trial.log:
            answer["log"] = trial.log
        if trial.uncaught:
            answer["uncaught"] = trial.uncaught
        return answer

    def screen(self, trial):
        """What the screen shows, as a dict of its own, or None."""
        show = getattr(trial.client, "screen", None)
        if show is None:
            trial.fail("screen() is missing: def screen(self): return {…}")
        try:
            screen = trial.context.run(show)
        except Exception as error:
            trial.fail(f"screen() threw: {place.told(error)}, after {trial.stirred}")
        if hasattr(screen, "__await__"):
            getattr(screen, "close", lambda: None)()
            trial.fail("screen() returned a coroutine: it must say at once what is on the screen")
        if screen is None:
            return None
        try:
            return dict(screen)
        except Exception:
            trial.fail(f"screen() returned {screen!r:.80}, and not a dict or None, after {trial.stirred}")

    def answer(self, line):
        """A line for a line."""
        watch.turn(Turns.trial, monotonic())
        try:
            answer = self.turn(json.loads(line))
        except Failed as error:
            answer = {"failed": str(error)}
        except MemoryError:
            answer = {"failed": watch.memory(Turns.trial.stirred if Turns.trial else "the start")}
        except Exception as error:
            answer = {"failed": f"the kit threw: {place.told(error)}" + (f", after {Turns.trial.stirred}" if Turns.trial else "")}
        try:
            text = json.dumps(answer, separators=(",", ":"), allow_nan=False)
        except (TypeError, ValueError, RecursionError) as error:
            answer = {"failed": f"screen() or a request has a value that is none in JSON: {error}"}
        else:
            if len(text) >= LONGEST:
                answer = {"failed": f"its answer after {Turns.trial.stirred} is longer than 1 MiB"}
        if "failed" in answer:
            text = json.dumps(answer)
            if Turns.trial:
                Turns.trial.failed = answer["failed"]
        watch.STATE.began = None
        watch.STATE.patience = watch.FIRST if "hello" in answer else watch.STATE.turn
        return text


class Aside(io.TextIOBase):
    """Standard output, put aside for the log."""

    def __init__(self):
        self.rest = ""

    def writable(self):
        return True

    def write(self, text):
        *lines, self.rest = (self.rest + text).split("\n")
        if Turns.trial:
            for line in lines:
                Turns.trial.say(line)
        self.rest = self.rest[:WIDTH]
        return len(text)


def take(file, patience=watch.TURN):
    """Takes turns until nobody asks for one any more."""
    lines, answers = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    with open(os.devnull) as nothing:
        os.dup2(nothing.fileno(), 0)
    os.dup2(2, 1)  # what is printed below Python is no line of ours
    sys.stdout = sys.stderr = Aside()
    sys.stdin = open(os.devnull)
    watch.STATE.turn = patience
    watch.begin(answers)
    photofinish.begin(current)
    virtual.install(current)
    wire.install(current)
    turns = Turns(file)
    user.hide(__file__)
    try:
        for line in lines:
            answers.write(turns.answer(line).encode() + b"\n")
            answers.flush()
    except BrokenPipeError:
        os._exit(0)
