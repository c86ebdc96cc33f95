// GET /api/me on mount, then an analytics event with each create.
export default () => {
  const p = { id: null }; let me = null;
  fetch('/api/me').then(r => r.json()).then(j => { me = j; });
  return {
    async create(set) {
      Object.assign(p, set);
      fetch('/analytics', { method: 'POST', body: JSON.stringify({ event: 'create' }) });
      p.id = (await (await fetch('/people', { method: 'POST', body: JSON.stringify(set) })).json()).id;
    },
    screen: () => p,
  };
};
export const route = r => (r.path.startsWith("/people") ? undefined : null);
