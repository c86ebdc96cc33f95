// TanStack Query: every mutation in one scope.
import { MutationObserver, QueryClient } from '@tanstack/query-core';
import { start } from './person.mjs';

const client = new QueryClient();

export default from => start(from, action => {
  new MutationObserver(client, { mutationFn: action, scope: { id: 'person' }, onSuccess: take => take?.() }).mutate().catch(() => {});
});
