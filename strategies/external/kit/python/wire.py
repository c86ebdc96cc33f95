"""Requests and answers: httpx, and the little http() of photofinish.py."""
import asyncio
import json
import re
import sys
import threading
import urllib.parse

import loop
import place

DO = ("create", "update", "delete", "set-permissions", "fetch")
TEXT = 200  # characters of a body that is no JSON
_current = None


class Map:
    """How the file's words are those of the script."""

    def __init__(self, path=None, fields={}, id=int):
        self.path, self.fields, self.id = path, dict(fields), id
        self.back = {ours: theirs for theirs, ours in self.fields.items()}

    def ours(self, field):
        return self.fields.get(field, field)

    def their(self, field):
        return self.back.get(field, field)


MAP, ROUTE, ANSWER = Map(), None, None


def theirs(record):
    """A record in the words of the user's file."""
    if isinstance(record, list):
        return [theirs(r) for r in record]
    if not isinstance(record, dict):
        return record
    return {MAP.their(k): MAP.id(v) if k == "id" and v is not None else v for k, v in record.items()}


def ours(body):
    """A body in the words of the script."""
    if not isinstance(body, dict) or not MAP.fields:
        return body
    return {MAP.ours(k): v for k, v in body.items()}


class Request:
    """What route() and answer() are asked about."""

    def __init__(self, method, url, headers, content):
        parts = urllib.parse.urlsplit(url)
        if parts.hostname == "localhost":  # where the file itself is, as in a browser
            url = urllib.parse.urlunsplit(parts._replace(scheme="", netloc=""))
        self.method, self.url, self.path = method.upper(), url, parts.path
        self.query = dict(urllib.parse.parse_qsl(parts.query, keep_blank_values=True))
        self.headers = {k.lower(): v for k, v in headers.items()}
        self.json, self.text = read(content, self.headers.get("content-type", ""))
        self.do = self.id = self.set = None

    def __repr__(self):
        return f"{self.method} {self.url}"


class Response:
    """An answer: its status, and its body as JSON."""

    def __init__(self, body=None, status=200, headers=None):
        self.status, self.headers = status, headers or {"content-type": "application/json"}
        self.content = b"" if body is None and status in (204, 205, 304) else json.dumps(body).encode()

    @property
    def ok(self):
        return 200 <= self.status < 300

    @property
    def body(self):
        return self.json()

    @property
    def text(self):
        return self.content.decode()

    def json(self):
        return json.loads(self.content)


class HTTPError(ConnectionError):
    """No answer came: the connection failed, or it took too long."""


class Reply(asyncio.Future):
    """A request that is away. To cancel it is to abort the request."""

    n, trial = 0, None
    error = staticmethod(lambda: HTTPError("no answer"))

    def cancel(self, *args, **kwargs):
        gone = super().cancel(*args, **kwargs)
        if gone:
            self.abort()
        return gone

    def expire(self, error):
        """Gives up waiting for an answer."""
        if not self.done():
            self.abort()
            self.set_exception(error)

    def abort(self):
        if self.trial.requests.pop(self.n, None) is not None:
            self.trial.out.append({"abort": self.n})


def read(content, kind):
    """A body as JSON, or else as text; neither if there is none."""
    if not content:
        return None, None
    text = content.decode("utf-8", "replace") if isinstance(content, bytes) else str(content)
    kind, _, rest = kind.partition(";")
    if kind == "application/x-www-form-urlencoded":
        return together(urllib.parse.parse_qsl(text, keep_blank_values=True)), None
    if kind == "multipart/form-data":
        return together(parts(text, rest)), None
    try:
        return json.loads(text), None
    except ValueError:
        return None, text


def together(pairs):
    """The fields of a form; one that is there twice is a list."""
    form = {}
    for k, v in pairs:
        if k in form:
            form[k] = (form[k] if isinstance(form[k], list) else [form[k]]) + [v]
        else:
            form[k] = v
    return form


def parts(text, rest):
    """The fields of a form in parts. Of a file its name."""
    boundary = re.search(r'boundary="?([^";]+)', rest)
    for part in text.split("--" + boundary.group(1))[1:-1] if boundary else []:
        head, _, body = part.partition("\r\n\r\n")
        name, file = re.search(r'\bname="([^"]*)"', head), re.search(r'\bfilename="([^"]*)"', head)
        if name:
            yield name.group(1), file.group(1) if file else body[:-2]


def send(method, url, headers, content):
    """Sends a request, and returns what will be its answer."""
    trial = _current()
    reply = Reply(loop=trial.loop)
    reply.trial = trial
    if trial.over:  # code that runs while its trial is taken down
        return reply
    request = Request(method, url, headers, content)
    told = asked("route", ROUTE, request)
    if told is False:
        trial.use("skipped")
        reply.set_result(made(trial, request, 200, {}))
        return reply
    trial.sent += 1
    n = reply.n = trial.sent
    reply.request = request
    trial.requests[n] = reply
    entry = {"n": n, "method": request.method, "url": request.url, "by": loop.click.get()}
    if request.text is not None:
        entry["text"] = request.text[:TEXT]
    elif content:
        entry["json"] = ours(request.json)
    tag = request.headers.get("x-photofinish-actions")
    if tag:
        try:
            entry["actions"] = [int(a) for a in tag.split(",")]
        except ValueError:
            trial.fail(f"X-Photofinish-Actions: {tag!r:.80} has no numbers of clicks, as 2,3{place.at()}")
    if told:
        entry.update(routed(trial, request, told))
    if trial.lines:
        where = place.line(sys._getframe(1))
        if where:
            entry["at"] = where
    trial.out.append({"request": entry})
    return reply


def asked(name, hook, *args):
    """What the file's hook says, if there is one."""
    if hook is None:
        return None
    try:
        return hook(*args)
    except Exception as error:
        _current().fail(f"{name}() threw: {place.told(error)}, at {args[0]}")


def routed(trial, request, told):
    """What route() says, in the words of the script."""
    if not isinstance(told, dict) or set(told) - {"do", "id", "set"}:
        trial.fail(f"route() returned {told!r:.80} for {request}: a dict of do, id and set; None: by convention; False: not about the record")
    said = {k: v for k, v in told.items() if v is not None}
    if "do" in said:
        request.do = said["do"] = str(said["do"]).replace("_", "-")
        if said["do"] not in DO:
            trial.fail(f"route() returned do: {said['do']!r} for {request}: one of {', '.join(DO)}")
    if "id" in said:
        request.id = said["id"]
    if "set" in said:
        request.set, said["set"] = said["set"], ours(said["set"])
    return said


def made(trial, request, status, record):
    """The answer that the client gets."""
    said = asked("answer", ANSWER, request, status, record if status < 400 and record != {} else None)
    if said is None:
        return Response(record, status)
    if hasattr(said, "status_code"):  # a Response of httpx
        own = Response(None, said.status_code, dict(said.headers))
        own.content = said.content
        said = own
    if not isinstance(said, Response):
        return Response(said, status)
    if (said.status >= 400) != (status >= 400):
        made_of, of = ("failure", "success") if said.status >= 400 else ("success", "failure")
        trial.fail(f"answer() made a {made_of} of a {of} ({status} → {said.status}). What fails is the scenario's to say: status: 500 at the step")
    return said


def answer(trial, body):
    """Gives an answer to who waits for it."""
    reply = trial.requests.pop(body["n"], None)
    if reply is None or reply.done():
        return
    status, record = body["status"], body.get("json")
    reply.request.do, reply.request.id = body.get("do", reply.request.do), body.get("id", reply.request.id)
    if status == 200 and reply.request.do == "create":
        status = 201
    if status == 0:
        reply.set_exception(reply.error())
    else:
        reply.set_result(made(trial, reply.request, status, theirs(record) if status < 400 else record))


def install(current):
    """Sends through the trial under way, and keeps the machine's network shut."""
    global _current
    _current = current
    real = ("socket.connect", "socket.getaddrinfo", "socket.gethostbyname", "socket.sendto", "subprocess.Popen",
            "os.system", "os.exec", "os.fork", "os.forkpty", "os.posix_spawn", "os.spawn")

    def shut(event, args):
        if event in real and current() is not None:
            current().real(event)
    sys.addaudithook(shut)
    threading.Thread.start = lambda self: current().real("threading.Thread")


def take(httpx):
    """Lets clients of httpx send in virtual time."""
    async def handle_async_request(self, request):
        content = await request.aread()
        reply = send(request.method, str(request.url), request.headers, content)
        reply.error = lambda: httpx.ReadError("no answer", request=request)
        patience, timer = request.extensions.get("timeout", {}).get("read"), None
        if patience is not None and not reply.done():
            timer = _current().loop.call_later(patience, reply.expire, httpx.ReadTimeout("no answer in time", request=request))
        try:
            got = await reply
        finally:
            if timer is not None:
                timer.cancel()
        return httpx.Response(got.status, headers=got.headers, content=got.content, request=request)

    async def nothing(self, *args):
        return self

    def handle_request(self, request):
        _current().fail(f"httpx.Client would stop everything until an answer comes{place.at()}: httpx.AsyncClient")

    transport = httpx.AsyncHTTPTransport
    transport.__init__ = httpx.HTTPTransport.__init__ = lambda self, *args, **kwargs: None
    transport.handle_async_request, transport.aclose, transport.__aenter__, transport.__aexit__ = handle_async_request, nothing, nothing, nothing
    httpx.HTTPTransport.handle_request = handle_request
    httpx.HTTPTransport.close = httpx.HTTPTransport.__enter__ = httpx.HTTPTransport.__exit__ = lambda self, *args: self

    elapsed = httpx.Response.elapsed

    def timed(self):
        _current().use("clock")
        return elapsed.fget(self)
    httpx.Response.elapsed = property(timed, elapsed.fset, doc=elapsed.__doc__)
