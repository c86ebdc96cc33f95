// A form whose fields are empty before anybody writes in them, and which saves all of them.
export default () => {
  let p = { name: '', title: '', liked: false, age: 0 };
  const save = async (method, path) => { const r = await fetch(path, { method, body: JSON.stringify(p) }); p.id = (await r.json()).id; };
  return {
    create(set) { Object.assign(p, set); return save('POST', '/people'); },
    update(set) { p = { ...p, ...set }; return save('PUT', '/people/' + p.id); },
    screen: () => p,
  };
};
