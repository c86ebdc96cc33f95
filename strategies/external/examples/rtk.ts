// Your own client in a lane of photofinish: RTK Query.
//
//     photofinish replay overlapping-updates --client save.ts
//
// What is marked "Change" is an example: import your own code instead, as it is.
// For your editor: photofinish client types > photofinish.d.ts
import { configureStore } from '@reduxjs/toolkit';
import { createApi, fetchBaseQuery } from '@reduxjs/toolkit/query';
import type { Client, Person, Start } from './photofinish';

// Change: the code that ships, here the guide's optimistic update.
const api = createApi({
  baseQuery: fetchBaseQuery({ baseUrl: '/people' }),
  endpoints: build => ({
    getPerson: build.query<Person, number>({ query: id => `/${id}` }),
    updatePerson: build.mutation<Person, { id: number; set: Person }>({
      query: ({ id, set }) => ({ url: `/${id}`, method: 'PATCH', body: set }),
      onQueryStarted({ id, set }, { dispatch, queryFulfilled }) {
        const patch = dispatch(api.util.updateQueryData('getPerson', id, person => { Object.assign(person, set); }));
        queryFulfilled.catch(patch.undo);
      },
    }),
  }),
});
const store = configureStore({
  reducer: { [api.reducerPath]: api.reducer },
  middleware: defaults => defaults().concat(api.middleware),
});

// Called for each trial, in fresh modules. given: who is there at the start.
export default ({ given }: Start): Client => {
  if (!given) throw new Error('this client begins with somebody who exists');
  const id = Number(given.id);
  let error: unknown;
  store.dispatch(api.util.upsertQueryData('getPerson', id, given));
  return {
    // What a user can do.
    async update(set) {
      const result = await store.dispatch(api.endpoints.updatePerson.initiate({ id, set }));
      if (result.error) error = new Error(JSON.stringify(result.error));
    },
    // What the user sees when all is at rest.
    screen: () => ({ ...api.endpoints.getPerson.select(id)(store.getState()).data, error }),
  };
};
