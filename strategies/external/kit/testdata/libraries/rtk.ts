// RTK Query, with a tag that is invalidated.
import { configureStore } from '@reduxjs/toolkit';
import { createApi, fetchBaseQuery } from '@reduxjs/toolkit/query';

const api = createApi({
  baseQuery: fetchBaseQuery({ baseUrl: '/' }),
  tagTypes: ['Person'],
  endpoints: build => ({
    person: build.query<any, number>({ query: id => `people/${id}`, providesTags: ['Person'] }),
    save: build.mutation<any, any>({ query: ({ id, ...body }) => ({ url: `people/${id}`, method: 'PATCH', body }), invalidatesTags: ['Person'] }),
  }),
});
const store = configureStore({ reducer: { [api.reducerPath]: api.reducer }, middleware: given => given().concat(api.middleware) });

export default ({ given }) => {
  store.dispatch(api.util.upsertQueryData('person', given.id, given));
  store.dispatch(api.endpoints.person.initiate(given.id));
  return {
    update: set => { store.dispatch(api.endpoints.save.initiate({ id: given.id, ...set })); },
    screen: () => api.endpoints.person.select(given.id)(store.getState()).data ?? given,
  };
};
