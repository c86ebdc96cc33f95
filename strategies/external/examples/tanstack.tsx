// Your own client in a lane of photofinish: TanStack Query in a React component.
//
//     photofinish replay overlapping-updates --client save.tsx
//
// What is marked "Change" is an example: import your own code instead, as it is.
// For your editor: photofinish client types > photofinish.d.ts
import { useState } from 'react';
import { createRoot } from 'react-dom/client';
import { QueryClient, QueryClientProvider, useMutation, useQuery } from '@tanstack/react-query';
import type { Client, Person, Start } from './photofinish';

// Change: the code that ships, here the guide's optimistic update.
const queryClient = new QueryClient();

async function send(method: string, url: string, body?: Person): Promise<Person> {
  const response = await fetch(url, { method, body: body && JSON.stringify(body) });
  if (!response.ok) throw new Error(`HTTP ${response.status}`);
  return response.json();
}

let save: (set: Person) => void; // what the button does

function Card({ url }: { url: string }) {
  const { data } = useQuery({ queryKey: [url], queryFn: () => send('GET', url), staleTime: 60_000 });
  const [error, setError] = useState<Error>(); // of any of them: isError is that of the last alone
  const mutation = useMutation({
    mutationFn: (set: Person) => send('PATCH', url, set),
    onMutate: async set => {
      await queryClient.cancelQueries({ queryKey: [url] });
      const before = queryClient.getQueryData([url]);
      queryClient.setQueryData([url], (now: Person) => ({ ...now, ...set }));
      return { before };
    },
    onError: (error, set, context) => {
      setError(error);
      queryClient.setQueryData([url], context?.before);
    },
    onSettled: () => queryClient.invalidateQueries({ queryKey: [url] }),
  });
  save = mutation.mutate;
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
  queryClient.setQueryData([url], given);
  createRoot(document.body).render(<QueryClientProvider client={queryClient}><Card url={url} /></QueryClientProvider>);
  return {
    update: set => save(set), // what a user can do
    screen: () => Object.fromEntries([...document.querySelectorAll('output')].map(o => [o.name, o.textContent])), // what they see
  };
};
