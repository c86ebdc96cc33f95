// One message at a time, made at the click:
// what has no id yet is dropped.
export default ({ given }) => {
  const p = { ...given };
  let id = given?.id, gone = false;
  let last = Promise.resolve(), held = 0;
  const send = (method, path, body) =>
    fetch('/people' + path, {
      method, body: JSON.stringify(body),
    }).then(
      r => r.ok ? r.json() : {}, () => ({}));
  const post = (method, path, body) => {
    held++;
    return last = last.then(() => {
      held--;
      return send(method, path, body?.());
    });
  };
  const all = () => {
    const { permissions, id: _, ...all } = p;
    return all;
  };
  return {
    async create(set) {
      Object.assign(p, set);
      gone = false;
      const r = await post('POST', '', all);
      id = r.id ?? id;
    },
    update(set) {
      Object.assign(p, set);
      if (!id) return;
      post('PATCH', '/' + id, () => set);
    },
    delete() {
      gone = true;
      if (id) post('DELETE', '/' + id);
      id = null;
    },
    async fetch() {
      if (!id) return;
      const r = await post('GET', '/' + id);
      Object.assign(p, r);
    },
    screen: () => gone ? null : {
      ...p, id, busy: held > 0,
    },
  };
};
