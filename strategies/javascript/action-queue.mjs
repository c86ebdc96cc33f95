// What has no id yet waits for the create.
export default ({ given }) => {
  const p = { ...given }, waiting = [];
  let id = given?.id, gone = false;
  let open = false;
  const post = (method, path, body) =>
    fetch('/people' + path, {
      method, body: JSON.stringify(body),
    }).then(
      r => r.ok ? r.json() : {}, () => ({}));
  const act = go => {
    if (id) go();
    else if (open) waiting.push(go);
  };
  const del = () => {
    post('DELETE', '/' + id);
    id = null;
  };
  return {
    async create(set) {
      Object.assign(p, set);
      gone = false;
      open = true;
      const { permissions, id: _, ...all } = p;
      const r = await post('POST', '', all);
      if (!r.id) return;
      id = r.id;
      // all of it leaves at once
      for (const go of waiting.splice(0)) go();
      open = false;
    },
    update(set) {
      Object.assign(p, set);
      act(() => post('PATCH', '/' + id, set));
    },
    delete() {
      gone = true;
      if (open) waiting.push(del);
      else if (id) del();
    },
    fetch() {
      act(async () => Object.assign(
        p, await post('GET', '/' + id)));
    },
    screen: () => gone ? null : {
      ...p, id, busy: waiting.length > 0,
    },
  };
};
