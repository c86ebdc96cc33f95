// Your own client in a lane of photofinish: a server that speaks JSON:API.
//
//     photofinish replay overlapping-updates --client save.js
//
// What is marked "Change" is an example: import your own code instead, as it is.

// Change: the code that ships.
async function send(method, url, data) {
  const headers = { 'Content-Type': 'application/vnd.api+json' };
  const response = await fetch(url, { method, headers, body: JSON.stringify({ data }) });
  const said = await response.json();
  if (!response.ok) throw new Error(said.errors[0].title);
  return said.data;
}

// What a request does to the record: undefined is by convention, null is not about it.
export const route = ({ method, json }) => json && { do: method === 'POST' ? 'create' : 'update', id: json.data.id, set: json.data.attributes };
// How the server answers. record: what it has then, for a success.
export const answer = (request, status, record) => status < 400
  ? { data: { type: 'people', id: String(record.id), attributes: { ...record, id: undefined } } }
  : { errors: [{ status: String(status), title: `HTTP ${status}` }] };

// Called for each trial, in fresh modules. given: who is there at the start, or null.
export default ({ given }) => {
  let person = given, error = null;
  const failed = e => { error = e; };
  return {
    // What a user can do, and what then happens. Leave out what yours cannot.
    create(set) {
      person = set;
      send('POST', '/people', { type: 'people', attributes: set }).then(saved => { person = { ...person, id: saved.id }; }, failed);
    },
    update(set) {
      person = { ...person, ...set };
      send('PATCH', `/people/${person.id}`, { type: 'people', id: String(person.id), attributes: set }).catch(failed);
    },
    // What the user sees when all is at rest; null: nobody.
    screen: () => person && { ...person, error },
  };
};
