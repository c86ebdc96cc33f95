// What most people write: a save each, at once.
export default ({ given }) => {
  const p = { id: null, ...given };
  const call = async (method, url, body) => (await fetch(url, { method, body: body && JSON.stringify(body) })).json();
  return {
    async create(set) { Object.assign(p, set); p.id = (await call('POST', '/people', set)).id; },
    async update(set) { Object.assign(p, set); if (p.id) await call('PATCH', `/people/${p.id}`, set); },
    screen: () => p,
  };
};
