"""What a client's file may import: from photofinish import http, sleep, spawn

None of it is needed by code that uses asyncio and httpx: those are virtual as
they are.
"""
import asyncio
import json

from wire import HTTPError, Response, send as _send  # noqa: F401

registered = None  # what lane() was called with
trial = None  # () → the trial under way


def begin(current):
    """Of the kit: how to get at the trial."""
    global trial
    trial = current


def lane(client):
    """Says which class, or function, makes a client, where it is not called Client."""
    global registered
    registered = client
    return client


def http(method, url, body=None, headers=None):
    """Sends a request with a body of JSON. What it returns is awaited for an
    answer, which has status, ok, headers, text and json(); a HTTPError where
    none comes."""
    content = None if body is None else json.dumps(body).encode()
    return _send(method, url, {"content-type": "application/json", **(headers or {})}, content)


def sleep(seconds):
    """Is awaited for so long, in virtual time."""
    return asyncio.sleep(seconds)


def spawn(coroutine):
    """Lets a coroutine run beside the rest."""
    return asyncio.get_running_loop().create_task(coroutine)


def now():
    """Virtual seconds since the trial began."""
    trial().use("clock")
    return trial().now / 1000
