// Backbone over jQuery.
import $ from 'jquery';
import Backbone from 'backbone';

Backbone.$ = $;
const Person = Backbone.Model.extend({ urlRoot: '/people' });

export default ({ given }) => {
  const person = new Person(given);
  let error;
  return {
    update: set => { person.save(set, { patch: true, error: (_, xhr) => { error = `HTTP ${xhr.status}`; } }); },
    screen: () => ({ ...person.attributes, error }),
  };
};
