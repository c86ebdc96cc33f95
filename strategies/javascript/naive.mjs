// What has no id yet is dropped.
export default ({ given }) => {
  const p = { ...given };
  let id = given?.id, gone = false;
  const post = (method, path, body) =>
    fetch('/people' + path, {
      method, body: JSON.stringify(body),
    }).then(
      r => r.ok ? r.json() : {}, () => ({}));
  return {
    async create(set) {
      Object.assign(p, set);
      gone = false;
      const { permissions, id: _, ...all } = p;
      const r = await post('POST', '', all);
      id = r.id ?? id;
    },
    update(set) {
      Object.assign(p, set);
      if (id) post('PATCH', '/' + id, set);
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
    screen: () => gone ? null : { ...p, id },
  };
};
