// Waits twice for as long before it saves.
const pause = ms => new Promise(ok => setTimeout(ok, ms));
export default ({ given }) => {
  let p = { ...given };
  return { async update(set) { p = { ...p, ...set }; await pause(200); await pause(200); await fetch('/people/1', { method: 'PATCH', body: JSON.stringify(set) }); }, screen: () => p };
};
