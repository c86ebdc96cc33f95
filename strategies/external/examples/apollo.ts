// Your own client in a lane of photofinish: Apollo Client, over GraphQL.
//
//     photofinish replay overlapping-updates --client save.ts
//
// What is marked "Change" is an example: import your own code instead, as it is.
// For your editor: photofinish client types > photofinish.d.ts
import { ApolloClient, HttpLink, InMemoryCache, gql } from '@apollo/client/core';
import type { Answer, Client, Route, Start } from './photofinish';

// Change: the code that ships. Name each field of the scenario that you run, as it does name.
const GET = gql`query GetPerson($id: ID!) { person(id: $id) { id name } }`;
const UPDATE = gql`mutation UpdatePerson($id: ID!, $name: String) { person: updatePerson(id: $id, name: $name) { id name } }`;
const client = new ApolloClient({ cache: new InMemoryCache(), link: new HttpLink({ uri: '/graphql' }) });

// Change: which operation does what to the record, and how your server answers it.
const does = { GetPerson: 'fetch', CreatePerson: 'create', UpdatePerson: 'update', DeletePerson: 'delete' } as const;
export const route: Route = ({ json: { operationName, variables: { id, ...set } } }) =>
  ({ do: does[operationName as keyof typeof does], id, set });
export const answer: Answer = (request, status, record) => status < 400
  ? { data: { person: { __typename: 'Person', ...record, id: String(record.id) } } }
  : { errors: [{ message: `HTTP ${status}` }] };

// Called for each trial, in fresh modules. given: who is there at the start.
export default ({ given }: Start): Client => {
  if (!given) throw new Error('this client begins with somebody who exists');
  const person = { __typename: 'Person', ...given, id: String(given.id) }, of = { id: person.id };
  let error: unknown;
  client.writeQuery({ query: GET, variables: of, data: { person } });
  return {
    // What a user can do.
    update(set) {
      client.mutate({ mutation: UPDATE, variables: { ...of, ...set }, optimisticResponse: { person: { ...person, ...set } } })
        .catch(e => { error = e; });
    },
    // What the user sees when all is at rest.
    screen: () => {
      const seen = client.cache.read<{ person: object }>({ query: GET, variables: of, optimistic: true, returnPartialData: true });
      return { ...seen?.person, id: person.id, error };
    },
  };
};
