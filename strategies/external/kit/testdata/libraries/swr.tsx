// SWR, as its guide shows a mutation: optimistic, rolled back, read again.
import { createRoot } from 'react-dom/client';
import useSWR from 'swr';

let api: { update(set: object): Promise<unknown> };
const json = async (method: string, url: string, body?: object) => {
  const r = await fetch(url, { method, body: body && JSON.stringify(body) });
  if (!r.ok) throw new Error(`HTTP ${r.status}`);
  return r.json();
};

function Card({ given }) {
  const key = `/people/${given.id}`;
  const { data, mutate } = useSWR(key, () => json('GET', key), { fallbackData: given, revalidateOnMount: false });
  api = {
    update: set => mutate(async () => { await json('PATCH', key, set); return { ...data, ...set }; },
      { optimisticData: { ...data, ...set }, rollbackOnError: true }),
  };
  return <output>{data.name}</output>;
}

export default ({ given }) => {
  createRoot(document.getElementById('root')!).render(<Card given={given} />);
  return { update: set => api.update(set), screen: () => ({ name: document.querySelector('output')?.textContent }) };
};
