// TanStack Query without a component.
import { QueryClient, MutationObserver } from '@tanstack/query-core';

const client = new QueryClient();

export default ({ given }) => {
  client.setQueryData(['person'], given);
  const save = new MutationObserver(client, {
    mutationFn: async (set: object) => {
      const r = await fetch(`/people/${given.id}`, { method: 'PATCH', body: JSON.stringify(set) });
      if (!r.ok) throw new Error(`HTTP ${r.status}`);
    },
    onMutate: set => { client.setQueryData(['person'], (old: object) => ({ ...old, ...set })); },
  });
  return { update: set => { save.mutate(set).catch(() => {}); }, screen: () => client.getQueryData(['person']) };
};
