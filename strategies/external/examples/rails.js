// Your own client in a lane of photofinish: a server in Rails, whose parameters
// are wrapped.
//
//     photofinish replay overlapping-updates --client save.js
//
// What is marked "Change" is an example: import your own code instead, as it is.

// Change: the code that ships.
async function send(method, url, person) {
  const headers = { 'Content-Type': 'application/json', Accept: 'application/json' };
  const response = await fetch(url, { method, headers, body: JSON.stringify({ person }) });
  if (!response.ok) throw new Error(`HTTP ${response.status}`);
  return response.json();
}

// What a request does to the record: undefined is by convention, null is not about it.
export const route = ({ method, path, json }) => json?.person && { do: method === 'POST' ? 'create' : 'update', id: path.match(/\d+/)?.[0], set: json.person };
// Change, if your server answers otherwise than with the record:
// export const answer = (request, status, record) => status < 400 ? { person: record } : { errors: ['no'] };

// Called for each trial, in fresh modules. given: who is there at the start, or null.
export default ({ given }) => {
  let person = given, error = null;
  const failed = e => { error = e; };
  return {
    // What a user can do, and what then happens. Leave out what yours cannot.
    create(set) {
      person = set;
      send('POST', '/people.json', set).then(saved => { person = { ...person, id: saved.id }; }, failed);
    },
    update(set) {
      person = { ...person, ...set };
      send('PATCH', `/people/${person.id}.json`, set).catch(failed);
    },
    // What the user sees when all is at rest; null: nobody.
    screen: () => person && { ...person, error },
  };
};
