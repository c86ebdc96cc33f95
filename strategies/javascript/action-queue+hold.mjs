// What has no id yet waits for the create; and
// one message at a time.
export default ({ given }) => {
  const p = { ...given }, waiting = [];
  let id = given?.id, gone = false;
  let open = false;
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
      const r = await post('POST', '', all);
      if (!r.id) return;
      id = r.id;
      for (const go of waiting.splice(0)) go();
      open = false;
    },
    update(set) {
      Object.assign(p, set);
      act(() =>
        post('PATCH', '/' + id, () => set));
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
      ...p, id, busy: held + waiting.length > 0,
    },
  };
};
