// An answer is taken, but not over an edit that
// it cannot know of.
export default ({ given }) => {
  const p = { ...given };
  let id = given?.id, gone = false;
  let edits = []; // { set, done }
  const post = (method, path, body) =>
    fetch('/people' + path, {
      method, body: JSON.stringify(body),
    }).then(
      r => r.ok ? r.json() : {}, () => ({}));
  const edit = async (set, sent) => {
    const e = { set, done: false };
    edits.push(e);
    await sent;
    e.done = true;
  };
  return {
    async create(set) {
      Object.assign(p, set);
      if (gone) edits = []; // of another life
      gone = false;
      const { permissions, id: _, ...all } = p;
      const r = await post('POST', '', all);
      id = r.id ?? id;
    },
    update(set) {
      Object.assign(p, set);
      if (!id) return;
      edit(set, post('PATCH', '/' + id, set));
    },
    delete() {
      gone = true;
      if (id) edit(p, post('DELETE', '/' + id));
      id = null;
    },
    async fetch() {
      if (!id) return;
      const known = edits.filter(e => e.done);
      const r = await post('GET', '/' + id);
      for (const e of edits) {
        if (known.includes(e)) continue;
        for (const f in e.set) delete r[f];
      }
      Object.assign(p, r);
    },
    screen: () => gone ? null : { ...p, id },
  };
};
