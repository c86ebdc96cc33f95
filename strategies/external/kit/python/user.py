"""The user's file: found, executed anew for each trial, and asked.

A module is the user's if it is neither of Python itself nor installed. All of
those are executed again for each trial, so that what they keep at the top of a
module is no trial's business but its own.
"""
import asyncio
import hashlib
import importlib.machinery
import importlib.util
import inspect
import logging
import os
import sys

import photofinish
import wire
from place import files, told

_stdlib = os.path.dirname(os.__file__) + os.sep
_home = ""  # the folder of the file


def hide(own):
    """Leaves the names of the kit's modules to the user."""
    folder = os.path.dirname(os.path.abspath(own))
    sys.path[:] = [p for p in sys.path if p and os.path.abspath(p) != folder]
    sys.path.insert(0, _home)
    for name, module in list(sys.modules.items()):
        if name != "photofinish" and os.path.dirname(getattr(module, "__file__", None) or "") == folder:
            del sys.modules[name]


def _installed(path):
    parts = path.split(os.sep)
    return path.startswith(_stdlib) or "site-packages" in parts or "dist-packages" in parts


def takes(function):
    """The names of what it may be called with; * and ** are names too."""
    try:
        return list(inspect.signature(function).parameters)
    except (TypeError, ValueError):
        return []


class Once(importlib.machinery.SourceFileLoader):
    """Compiles a module once, and executes it as often as one likes."""

    code = None

    def get_code(self, name):
        if self.code is None:
            path = self.get_filename(name)
            files[path] = os.path.relpath(path, _home).replace(os.sep, "/")
            self.code = self.source_to_code(self.get_data(path), path)
        return self.code


class Finder:
    """Finds the user's modules before others do, and remembers which those are."""

    def __init__(self):
        self.specs = {}

    def find_spec(self, name, path=None, target=None):
        if name in self.specs:
            return self.specs[name]
        spec = importlib.machinery.PathFinder.find_spec(name, path, target)
        if spec is None:
            return None
        if name == "httpx":
            execute = spec.loader.exec_module

            def with_ours(module):
                execute(module)
                wire.take(module)
            spec.loader.exec_module = with_ours
            return spec
        if spec.origin and isinstance(spec.loader, importlib.machinery.SourceFileLoader) and not _installed(spec.origin):
            spec.loader = Once(name, spec.origin)
        elif spec.origin or all(_installed(p) for p in spec.submodule_search_locations or [_stdlib]):
            return spec
        self.specs[name] = spec
        return spec


class File:
    """The file that --client names."""

    def __init__(self, path):
        global _home
        self.path, self.name = path, os.path.basename(path)
        _home = os.path.dirname(path)
        self.module = os.path.splitext(self.name)[0].replace(".", "_")
        self.finder = Finder()
        self.finder.specs[self.module] = importlib.util.spec_from_file_location(self.module, path, loader=Once(self.module, path))
        self.given_by = None  # what lane() was called with
        self.environment = dict(os.environ)
        self.loggers = None
        sys.meta_path.insert(0, self.finder)

    def execute(self):
        """Executes it, and what it imports, from the first line on."""
        trial = photofinish.trial()
        for name in self.finder.specs:
            sys.modules.pop(name, None)
        self._clean()
        photofinish.registered = None
        try:
            self.top = importlib.import_module(self.module)
        except ModuleNotFoundError as error:
            where = told(error).rpartition(" (")
            trial.fail(f"cannot find {error.name!r}" + (f" ({where[2]}" if where[0] else "") + f": python -m pip install {(error.name or '').partition('.')[0]}, for {sys.executable}; of your own code: PYTHONPATH=its/folder, and --env PYTHONPATH")
        except SyntaxError as error:
            trial.fail(told(error))
        except Exception as error:
            trial.fail(f"it threw while it was imported: {told(error)}")
        trial.loop.rest()

    def _clean(self):
        """Undoes what a trial has changed beside the user's modules."""
        if dict(os.environ) != self.environment:
            os.environ.clear()
            os.environ.update(self.environment)
        root = logging.root
        if self.loggers is None:
            self.loggers = set(root.manager.loggerDict)
        root.handlers.clear()
        root.setLevel(logging.WARNING)
        if len(root.manager.loggerDict) != len(self.loggers):
            for name in list(root.manager.loggerDict):
                if name not in self.loggers and not self._of_library(name):
                    del root.manager.loggerDict[name]

    @staticmethod
    def _of_library(name):
        module = sys.modules.get(name.partition(".")[0])
        return module is not None and _installed(getattr(module, "__file__", None) or "")

    def client(self, offered):
        """Makes a client."""
        trial = photofinish.trial()
        make = photofinish.registered or getattr(self.top, "Client", None)
        if not callable(make):
            trial.fail("it has no Client: class Client: def __init__(self, given): …")
        wanted = {}
        for name, parameter in inspect.signature(make).parameters.items():
            if name in offered:
                wanted[name] = offered[name]
            elif parameter.default is parameter.empty and parameter.kind not in (parameter.VAR_POSITIONAL, parameter.VAR_KEYWORD):
                trial.fail(f"Client asks for {name!r}, and there are: {', '.join(offered)}")
        try:
            client = make(**wanted)
        except Exception as error:
            trial.fail(f"Client threw: {told(error)}")
        if inspect.iscoroutine(client) or asyncio.isfuture(client):
            getattr(client, "close", lambda: None)()
            trial.fail("Client returned a coroutine: it must be ready at once")
        return client

    def hook(self, name):
        """A function of the file's that may be there."""
        hook = getattr(self.top, name, None)
        return hook if callable(hook) else None

    def map(self):
        """How its words are those of the script: MAP."""
        said = getattr(self.top, "MAP", {})
        if not isinstance(said, dict) or set(said) - {"path", "fields", "id"}:
            photofinish.trial().fail(f"MAP is {said!r:.80}: it may have path, fields and id, as MAP = {{'path': '/people', 'fields': {{'full_name': 'name'}}, 'id': str}}")
        return wire.Map(said.get("path"), said.get("fields") or {}, said.get("id") or int)

    def libraries(self):
        """The libraries that the user's modules import, with versions."""
        import ast
        names = set()
        for path in files:
            with open(path, "rb") as f:
                tree = ast.parse(f.read())
            for node in ast.walk(tree):
                if isinstance(node, ast.Import):
                    names.update(alias.name for alias in node.names)
                elif isinstance(node, ast.ImportFrom) and not node.level:
                    names.add(node.module or "")
        found = []
        for name in sorted({name.partition(".")[0] for name in names}):
            file = getattr(sys.modules.get(name), "__file__", None) or ""
            if file and _installed(file) and ("site-packages" in file or "dist-packages" in file):
                from importlib import metadata  # takes as long as a tenth of all
                try:
                    found.append(f"{name} {metadata.version(name)}")
                except metadata.PackageNotFoundError:
                    found.append(name)
        return found

    def hash(self):
        """A hash of all the user's modules."""
        whole = hashlib.sha256()
        for path, name in sorted(files.items(), key=lambda item: item[1]):
            with open(path, "rb") as f:
                data = f.read()
            whole.update(f"{name}\0{len(data)}\0".encode() + data)
        return "sha256:" + whole.hexdigest()
