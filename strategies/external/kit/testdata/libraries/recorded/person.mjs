// A person, and what each of a user's actions does to them: at once on the screen,
// and in its own turn on the wire. Only who is there then has anything to send;
// only a create and a fetch have an answer that is read. An action is done with
// what takes over its answer.
export const start = ({ given }, inTurn) => {
  const person = given ? { ...given } : { id: null };
  const call = async (method, url, body) => {
    const response = await fetch(url, { method, body: body && JSON.stringify(body) });
    if (!response.ok) throw new Error(response.status);
    return response.json();
  };
  const save = {
    create: async set => { const { id } = await call('POST', '/people', set); return () => { person.id = id; }; },
    update: async set => { await call('PATCH', `/people/${person.id}`, set); },
    setPermissions: async permissions => { await call('PATCH', `/people/${person.id}`, { permissions }); },
    delete: async () => { const { id } = person; person.id = null; await call('DELETE', `/people/${id}`); },
    fetch: async () => { const record = await call('GET', `/people/${person.id}`); return () => { Object.assign(person, record); }; },
  };
  const show = {
    create: set => { Object.assign(person, set); },
    update: set => { Object.assign(person, set); },
    setPermissions: permissions => { Object.assign(person, { permissions }); },
    delete: () => {}, // a recording has the person as they were last
    fetch: () => {},
  };
  const does = action => what => {
    show[action](what);
    inTurn(async () => action === 'create' || person.id ? save[action](what) : undefined);
  };
  return { ...Object.fromEntries(Object.keys(save).map(action => [action, does(action)])), screen: () => person };
};
