// axios, which goes by XMLHttpRequest in a browser, and gives up after a second.
import axios from 'axios';

export default ({ given }) => {
  const person = { ...given };
  let error;
  return {
    async update(set) {
      try { Object.assign(person, (await axios.patch(`/people/${given.id}`, set, { timeout: 1000 })).data); } catch (e) { error = e; }
    },
    screen: () => ({ ...person, error }),
  };
};
