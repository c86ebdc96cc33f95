"""Where the user's code is: in a call, in an error, in the last of many steps."""
import sys
import traceback

THEIR_OWN = {"asyncio", "httpx", "httpcore", "anyio", "sniffio", "http", "logging"}  # what these ask clocks and luck for, they ask for themselves
files = {}  # the user's sources: path → as it is called in messages


def asks(frame):
    """Whether it is for the program that this frame asks for the time or luck."""
    return frame.f_globals.get("__name__", "").partition(".")[0] not in THEIR_OWN


def line(frame):
    """Where the user's code is in these calls: save.py:17, or nothing."""
    while frame is not None:
        name = files.get(frame.f_code.co_filename)
        if name:
            return f"{name}:{frame.f_lineno}"
        frame = frame.f_back
    return ""


def at():
    """The place that calls this, as sentences have it."""
    where = line(sys._getframe(1))
    return f" ({where})" if where else ""


def told(error):
    """An exception in a sentence."""
    text, where = parts(error)
    return f"{text} ({where})" if where else text


def parts(error):
    """What an exception says, and the place where it was raised, or ''."""
    if isinstance(error, SyntaxError) and error.filename in files:
        return error.msg, f"{files[error.filename]}:{error.lineno}"
    text = "".join(traceback.format_exception_only(type(error), error)).strip().splitlines()[-1]
    lines = [(frame, number) for frame, number in traceback.walk_tb(error.__traceback__) if frame.f_code.co_filename in files]
    return text, f"{files[lines[-1][0].f_code.co_filename]}:{lines[-1][1]}" if lines else ""


def watched(step, times):
    """Takes steps, and says where the user's code was last."""
    last = ""

    def look(frame, event, arg):
        nonlocal last
        last = line(frame) or last
    sys.setprofile(look)
    try:
        for _ in range(times):
            step()
    finally:
        sys.setprofile(None)
    return last
