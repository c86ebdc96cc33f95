# Two rules of the catalogue, as rules.mjs beside this has them. RULE says which;
# with ECHO, a save takes over the record in its answer.
import os
from photofinish import HTTPError, http, spawn

RULE, ECHO = os.environ["RULE"], os.environ.get("ECHO")
METHOD = {"create": "POST", "update": "PATCH", "set-permissions": "PATCH", "delete": "DELETE", "fetch": "GET"}


class Client:
    def __init__(self, given):
        self.shown = dict(given or {})
        self.id, self.gone = self.shown.pop("id", None), False
        self.waiting, self.on = [], False

    def create(self, set):
        self.gone = False
        self.act("create", set)

    def update(self, set):
        self.act("update", set)

    def set_permissions(self, to):
        self.act("set-permissions", {"permissions": to})

    def delete(self):
        self.gone = True
        self.act("delete", {})

    def fetch(self):
        self.act("fetch", {})

    def act(self, do, set):
        self.shown.update(set)
        if self.on:
            self.waiting.append((do, set))
        else:
            self.start(do, set)

    def start(self, do, set):
        if do != "create" and not self.id:
            return
        self.on = RULE == "mutation-scope"
        if do == "create" and not self.on:
            set = {f: v for f, v in self.shown.items() if f != "permissions"}
        url = "/people" if do == "create" else f"/people/{self.id}"
        if do == "delete":
            self.id = None
        spawn(self.answered(do, http(METHOD[do], url, set if METHOD[do][0] == "P" else None)))

    async def answered(self, do, request):
        try:
            answer = await request
            if answer.ok:
                self.take(do, answer.json())
        except HTTPError:
            pass
        self.on = False
        while not self.on and self.waiting:
            self.start(*self.waiting.pop(0))

    def take(self, do, record):
        if do == "create":
            self.id = record["id"]
        if do == "fetch" or ECHO and do != "delete":
            self.shown.update({f: v for f, v in record.items() if f != "id"})

    def screen(self):
        return None if self.gone else {**self.shown, "id": self.id, "busy": bool(self.waiting)}
