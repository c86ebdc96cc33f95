// Your own client in a lane of photofinish: a component of yours, driven as a
// person does, by typing and clicking, as in tests with Testing Library.
//
//     photofinish replay overlapping-updates --client save.tsx
//
// What is marked "Change" is an example: import your own code instead, as it is.
// For your editor: photofinish client types > photofinish.d.ts
import { cleanup, fireEvent, render, screen } from '@testing-library/react';
import { useState } from 'react';
import type { Client, Person, Start } from './photofinish';

// Change: import { PersonCard } from '../src/PersonCard'
function PersonCard({ person }: { person: Person }) {
  const [saving, setSaving] = useState(false), [error, setError] = useState('');
  async function save(form: FormData) {
    setSaving(true);
    const response = await fetch(`/people/${person.id}`, { method: 'PATCH', body: form });
    setError(response.ok ? '' : `Not saved: HTTP ${response.status}`);
    setSaving(false);
  }
  return (
    <form onSubmit={e => { e.preventDefault(); save(new FormData(e.currentTarget)); }}>
      <label>Name <input name="name" defaultValue={person.name} /></label>
      <button disabled={saving}>Save</button>
      {error && <p role="alert">{error}</p>}
    </form>
  );
}

// Called for each trial, in fresh modules, with a document (jsdom is to be installed).
// given: who is there at the start.
export default ({ given }: Start): Client => {
  if (!given) throw new Error('this client begins with somebody who exists');
  render(<PersonCard person={given} />);
  const name = () => screen.getByLabelText('Name') as HTMLInputElement;
  const button = () => screen.getByText('Save') as HTMLButtonElement;
  return {
    // What a user can do.
    update(set) {
      fireEvent.change(name(), { target: { value: set.name } });
      fireEvent.click(button());
    },
    disabled: () => button().disabled, // a click waits until it is not
    screen: () => ({ name: name().value }), // what the user sees; a role of alert is seen by itself
    dispose: cleanup,
  };
};
