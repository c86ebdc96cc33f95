// Reads anew a second after each answer, for ever, and waits five seconds for it.
export default ({ given }) => {
  let p = { ...given };
  const read = async () => { p = await (await fetch('/people/1', { signal: AbortSignal.timeout(5000) })).json(); setTimeout(read, 1000); };
  setTimeout(read, 1000);
  return { update(set) { p = { ...p, ...set }; return fetch('/people/1', { method: 'PATCH', body: JSON.stringify(set) }); }, screen: () => p };
};
