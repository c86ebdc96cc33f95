// The same, by Testing Library and user-event, as in the tests of an application.
import { useState } from 'react';
import { render, screen, cleanup } from '@testing-library/react';
import userEvent from '@testing-library/user-event';

function Card({ id, initial }: { id: number; initial: string }) {
  const [name, setName] = useState(initial);
  const save = () => fetch(`/people/${id}`, { method: 'PATCH', body: JSON.stringify({ name }) });
  return <><label>Name <input value={name} onChange={e => setName(e.target.value)} /></label><button onClick={save}>Save</button></>;
}

export default ({ given }) => {
  render(<Card id={given.id} initial={given.name} />);
  const input = () => screen.getByLabelText('Name') as HTMLInputElement;
  return {
    async update({ name }) {
      const user = userEvent.setup();
      await user.clear(input());
      await user.type(input(), name);
      await user.click(screen.getByText('Save'));
    },
    screen: () => ({ name: input().value }),
    dispose: cleanup,
  };
};
