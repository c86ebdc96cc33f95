# Your own client in a lane of photofinish: asyncio and httpx.
#
#     photofinish replay overlapping-updates --client save.py
#
# What is marked "Change" is an example: import your own code instead, as it is.
import httpx

# Change: the code that ships.
api = httpx.AsyncClient(base_url="http://localhost")


async def send(method, url, body=None):
    response = await api.request(method, url, json=body)
    response.raise_for_status()
    return response.json()


class Client:
    # Made for each trial, in fresh modules. given: who is there at the start, or None.
    def __init__(self, given):
        self.person, self.error = given, None

    # What a user can do, and what then happens. Leave out what yours cannot.
    async def create(self, set):
        self.person = set
        try:
            self.person["id"] = (await send("POST", "/people", set))["id"]
        except httpx.HTTPError as error:
            self.error = error

    async def update(self, set):
        self.person = {**self.person, **set}
        try:
            await send("PATCH", f"/people/{self.person.get('id')}", set)
        except httpx.HTTPError as error:
            self.error = error

    # What the user sees when all is at rest; None: nobody.
    def screen(self):
        return self.person and {**self.person, "error": self.error}
