// The rules of the catalogue once more, as black boxes over fetch: what they post
// is a request like anybody's. RULE says which. With TAG, requests say what they
// carry; with ECHO, a save takes over the record in its answer.
const { RULE, TAG, ECHO } = process.env;

export default ({ given, tell, refuse }) => {
  const fields = {}, stands = []; // per field, what was seen of it, the last one on top; and the actions that stand
  let id = null, deleted = false;
  if (given) for (const f in given) if (f === 'id') id = given.id; else fields[f] = [{ value: given[f] }];
  const shown = () => Object.fromEntries(Object.entries(fields).filter(([, s]) => s.length).map(([f, s]) => [f, s.at(-1).value]));
  const see = (f, value, n) => { (fields[f] ??= []).push({ value, n }); };

  const apply = a => {
    for (const f in a.set) see(f, a.set[f], a.n);
    if (a.do === 'create') deleted = false;
    if (a.do === 'delete') deleted = true;
    stands.push(a);
  };
  const undo = a => {
    stands.splice(stands.indexOf(a), 1);
    for (const f in a.set) fields[f] = fields[f].filter(x => x.n !== a.n);
    deleted = stands.findLast(b => b.do === 'create' || b.do === 'delete')?.do === 'delete';
  };
  const take = r => {
    if (!r.ok) return;
    if (r.do === 'create') id = r.json.id;
    if (r.do === 'fetch' || ECHO && r.do !== 'delete') for (const f in r.json) if (f !== 'id' && f in r.json) see(f, r.json[f]);
  };

  const request = (...actions) => {
    const r = { do: actions[0].do, id, actions };
    if (r.do === 'delete') id = null;
    return r;
  };
  const body = r => {
    if (r.do === 'create' && !r.own) { const { permissions, ...all } = shown(); return all; }
    return Object.assign({}, ...r.actions.map(a => a.set));
  };
  const METHOD = { create: 'POST', update: 'PATCH', 'set-permissions': 'PATCH', delete: 'DELETE', fetch: 'GET' };
  const send = r => {
    const url = r.do === 'create' ? '/people' : '/people/' + r.id, how = { method: METHOD[r.do], headers: {} };
    if (TAG) how.headers['X-Photofinish-Actions'] = r.actions.map(a => a.n).join();
    if (how.method === 'POST' || how.method === 'PATCH') how.body = JSON.stringify(body(r));
    fetch(url, how).then(
      async answer => { r.status = answer.status; r.ok = answer.ok; r.json = await answer.json(); },
      () => { r.status = 0; r.ok = false; },
    ).then(() => rule.reply(r));
  };
  let release = send;
  const post = (...actions) => release(request(...actions));
  const postOwn = (...actions) => release({ ...request(...actions), own: true });
  const told = r => tell(`not saved: ${r.status}, ${r.actions.map(a => a.n)}`);
  const postable = a => a.do === 'create' || id;

  const naive = { act(a) { if (postable(a)) post(a); }, reply: take };
  const waiting = [];
  const joins = (a, last) => last?.do === 'update' && a.do === 'update';
  const inOne = () => { let n = 1; while (n < waiting.length && joins(waiting[n], waiting[n - 1])) n++; return waiting.splice(0, n); };
  let open = false, on = false, newest;

  const actionQueue = {
    act(a) {
      if (a.do === 'create') { open = true; post(a); } else if (id && !(open && a.do === 'delete')) post(a);
      else if (open) waiting.push(a);
    },
    reply(r) { take(r); if (r.do === 'create' && r.ok) { for (const a of waiting.splice(0)) post(a); open = false; } },
  };
  const early = merge => ({
    act(a) {
      if (a.do === 'create') { waiting.length = 0; open = true; post(a); } else if (a.do === 'update' && open && !id) waiting.push(a);
      else naive.act(a);
    },
    reply(r) {
      take(r);
      if (r.do !== 'create' || !r.ok) return;
      const all = waiting.splice(0);
      open = false;
      if (merge && all.length) post(...all); else for (const a of all) post(a);
    },
  });
  const start = (...all) => { if (postable(all[0])) { on = true; postOwn(...all); } };
  const ball = {
    act(a) { if (on) waiting.push(a); else start(a); },
    reply(r) { take(r); on = false; while (!on && waiting.length) start(waiting.shift()); },
  };
  const reject = () => { for (const a of waiting.splice(0)) { undo(a); refuse.call(null, 'an error came before', a.n); } };
  const gather = (ms, anew) => {
    let timer = null;
    const leave = () => { timer = null; if (id) post(...waiting.splice(0)); waiting.length = 0; };
    return {
      act(a) {
        if (a.do !== 'update') return naive.act(a);
        if (anew) clearTimeout(timer);
        if (anew || !waiting.length) timer = setTimeout(leave, ms);
        waiting.push(a);
      },
      reply: take,
    };
  };

  const rules = {
    naive: () => naive,
    'action-queue': () => actionQueue,
    'update-queue': () => early(false),
    'merged-updates': () => early(true),
    'merging-queue': () => ({
      act: actionQueue.act,
      reply(r) { take(r); if (r.do === 'create' && r.ok) { while (waiting.length) post(...inOne()); open = false; } },
    }),
    polling: () => {
      let asking = 0;
      const ask = a => { if (on) { asking++; setTimeout(() => { asking--; ask(a); }, 50); } else if (postable(a)) { on = true; post(a); } };
      return { act: ask, busy: () => asking > 0, reply(r) { take(r); if (!r.ok) told(r); on = false; } };
    },
    'disabled-buttons': () => {
      let created = false, enabled = false;
      return {
        no: a => { if (id) created = enabled = true; return a.do === 'create' ? created : !enabled; },
        act(a) { created = true; naive.act(a); },
        reply(r) { take(r); if (r.do === 'create' && r.ok) enabled = true; },
      };
    },
    'queue-ball': () => ball,
    'mutation-scope': () => ball,
    'promise-chain': () => ({ act: ball.act, reply(r) { if (r.ok) ball.reply(r); } }),
    refuse: () => ({
      no: a => a.do !== 'fetch' && (on || !postable(a)),
      act(a) { if (a.do === 'fetch') return naive.act(a); on = true; post(a); },
      reply(r) { take(r); if (!r.ok) told(r); if (r.do !== 'fetch') on = false; },
    }),
    'block-ui': () => ({
      blocks: () => on,
      act(a) { on = !!postable(a); naive.act(a); },
      reply(r) { take(r); if (!r.ok) told(r); on = false; },
    }),
    switch: () => ({ act(a) { newest = a; if (postable(a)) postOwn(a); }, reply(r) { if (r.actions[0] === newest) take(r); } }),
    exhaust: () => ({ act(a) { if (!on) start(a); }, reply(r) { take(r); on = false; } }),
    conflate: () => ({
      act: ball.act,
      reply(r) { take(r); on = false; while (!on && waiting.length) start(...inOne()); },
    }),
    debounce: () => gather(300, true),
    batch: () => gather(100, false),
    'ignore-stale': () => ({ act(a) { newest = a; naive.act(a); }, reply(r) { if (r.do === 'create' || r.actions[0] === newest) take(r); } }),
  };
  const [name, layer] = RULE === 'hold-per-person' ? ['naive', 'hold'] : RULE.split('+');
  const rule = { ...rules[name]() };
  if (layer) {
    const held = [], inner = rule.reply;
    let away = false;
    release = r => { if (away) held.push(r); else { away = true; send(r); } };
    rule.reply = r => { inner(r); away = false; if (held.length) release(held.shift()); };
    const waits = rule.busy;
    rule.busy = () => held.length > 0 || waits?.();
  }

  const click = what => (set, { n }) => {
    const a = { n, do: what, set: what === 'set-permissions' ? { permissions: set } : set ?? {} };
    if (rule.no?.(a)) {
      if (a.do === 'create') for (const f in a.set) see(f, a.set[f]); // it stands in the form
      return refuse('no');
    }
    apply(a);
    rule.act(a);
  };
  return {
    create: click('create'), update: click('update'), delete: click('delete'), setPermissions: click('set-permissions'), fetch: click('fetch'),
    disabled: () => !!rule.blocks?.(),
    screen: () => ({ ...(deleted ? { deleted } : shown()), id, busy: waiting.length > 0 || !!rule.busy?.() }),
  };
};
