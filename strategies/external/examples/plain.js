// Your own client in a lane of photofinish: plain fetch.
//
//     photofinish replay overlapping-updates --client save.js
//
// What is marked "Change" is an example: import your own code instead, as it is.

// Change: the code that ships.
async function send(method, url, body) {
  const response = await fetch(url, { method, body: body && JSON.stringify(body) });
  if (!response.ok) throw new Error(`HTTP ${response.status}`);
  return response.json();
}

// Called for each trial, in fresh modules. given: who is there at the start, or null.
export default ({ given }) => {
  let person = given, error = null;
  const failed = e => { error = e; };
  return {
    // What a user can do, and what then happens. Leave out what yours cannot.
    create(set) {
      person = set;
      send('POST', '/people', set).then(saved => { person = { ...person, id: saved.id }; }, failed);
    },
    update(set) {
      person = { ...person, ...set };
      send('PATCH', `/people/${person.id}`, set).catch(failed);
    },
    delete() {
      send('DELETE', `/people/${person.id}`).catch(failed);
      person = null;
    },
    // What the user sees when all is at rest; null: nobody.
    screen: () => person && { ...person, error },
  };
};
