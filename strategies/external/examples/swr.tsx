// Your own client in a lane of photofinish: SWR in a React component.
//
//     photofinish replay overlapping-updates --client save.tsx
//
// What is marked "Change" is an example: import your own code instead, as it is.
// For your editor: photofinish client types > photofinish.d.ts
import { useState } from 'react';
import { createRoot } from 'react-dom/client';
import useSWR, { SWRConfig } from 'swr';
import type { Client, Person, Start } from './photofinish';

// Change: the code that ships, here the guide's optimistic update.
async function send(method: string, url: string, body?: Person): Promise<Person> {
  const response = await fetch(url, { method, body: body && JSON.stringify(body) });
  if (!response.ok) throw new Error(`HTTP ${response.status}`);
  return response.json();
}

let save: (set: Person) => void; // what the button does

function Card({ url }: { url: string }) {
  const { data, mutate } = useSWR<Person>(url, (url: string) => send('GET', url), { revalidateOnMount: false });
  const [error, setError] = useState<Error>();
  save = set => {
    mutate(send('PATCH', url, set), { optimisticData: { ...data, ...set }, rollbackOnError: true }).catch(setError);
  };
  return (
    <form>
      {Object.entries(data ?? {}).map(([name, value]) => <output key={name} name={name}>{String(value)}</output>)}
      {error && <p role="alert">{error.message}</p>}
    </form>
  );
}

// Called for each trial, in fresh modules. given: who is there at the start.
export default ({ given }: Start): Client => {
  if (!given) throw new Error('this client begins with somebody who exists');
  const url = `/people/${given.id}`;
  createRoot(document.body).render(<SWRConfig value={{ fallback: { [url]: given } }}><Card url={url} /></SWRConfig>);
  return {
    update: set => save(set), // what a user can do
    screen: () => Object.fromEntries([...document.querySelectorAll('output')].map(o => [o.name, o.textContent])), // what they see
  };
};
