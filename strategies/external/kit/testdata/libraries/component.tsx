// A component, driven as a person would: by typing and clicking. The button is
// disabled while a save is under way, and a failure is an alert.
import { useState } from 'react';
import { createRoot } from 'react-dom/client';
import { QueryClient, QueryClientProvider, useMutation } from '@tanstack/react-query';

type Person = { id?: number; name?: string };
const queryClient = new QueryClient();
const save = async (id: number, body: Person) => {
  const r = await fetch(`/people/${id}`, { method: 'PATCH', body: JSON.stringify(body) });
  if (!r.ok) throw new Error(`HTTP ${r.status}`);
  return r.json();
};

function Card({ given }: { given: Person }) {
  const [name, setName] = useState(given.name ?? '');
  const { mutate, isPending, error } = useMutation({ mutationFn: (body: Person) => save(given.id!, body) });
  return (
    <form onSubmit={e => { e.preventDefault(); mutate({ name }); }}>
      <input value={name} onChange={e => setName(e.target.value)} />
      <button disabled={isPending}>Save</button>
      {error && <p role="alert">{error.message}</p>}
    </form>
  );
}

export default ({ given }: { given: Person }) => {
  createRoot(document.getElementById('root')!).render(
    <QueryClientProvider client={queryClient}><Card given={given} /></QueryClientProvider>);
  const $ = <T extends Element>(what: string) => document.querySelector<T>(what)!;
  const type = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value')!.set!;
  return {
    update({ name }: Person) {
      type.call($('input'), name);
      $('input').dispatchEvent(new Event('input', { bubbles: true }));
      $<HTMLButtonElement>('button').click();
    },
    disabled: () => $<HTMLButtonElement>('button').disabled,
    screen: () => ({ name: $<HTMLInputElement>('input').value }),
  };
};
