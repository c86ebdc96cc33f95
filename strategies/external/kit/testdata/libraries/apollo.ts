// Apollo Client, with an optimistic answer.
import { ApolloClient, InMemoryCache, HttpLink, gql } from '@apollo/client/core';

const PERSON = gql`query GetPerson($id: ID!) { person(id: $id) { id name } }`;
const UPDATE = gql`mutation UpdatePerson($id: ID!, $name: String) { person: updatePerson(id: $id, name: $name) { id name } }`;

const DO = { UpdatePerson: 'update', GetPerson: 'fetch' };
export const map = { id: String };
export const route = ({ json: { operationName, variables: { id, ...set } } }) => ({ do: DO[operationName], id, set });
export const answer = (q, status, r) => status < 400
  ? { data: { person: r && { __typename: 'Person', id: r.id, name: r.name } } } : { errors: [{ message: `HTTP ${status}` }] };

export default ({ given }) => {
  const client = new ApolloClient({ cache: new InMemoryCache(), link: new HttpLink({ uri: '/graphql' }) });
  const query = { query: PERSON, variables: { id: given.id } };
  client.writeQuery({ ...query, data: { person: { __typename: 'Person', id: given.id, name: given.name } } });
  return {
    update(set) {
      const variables = { id: given.id, ...set };
      client.mutate({ mutation: UPDATE, variables, optimisticResponse: { person: { __typename: 'Person', ...variables } } }).catch(() => {});
    },
    screen: () => client.cache.read({ ...query, optimistic: true, returnPartialData: true })?.person ?? {},
  };
};
