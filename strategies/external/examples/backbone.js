// Your own client in a lane of photofinish: a Backbone model over jQuery.
//
//     photofinish replay overlapping-updates --client save.js
//
// What is marked "Change" is an example: import your own code instead, as it is.
import Backbone from 'backbone';
import jQuery from 'jquery';

// Change: the code that ships.
Backbone.$ = jQuery;
const Person = Backbone.Model.extend({ urlRoot: '/people' });

// Called for each trial, in fresh modules, with a document (jsdom is to be installed).
// given: who is there at the start, or null.
export default ({ given }) => {
  const person = new Person(given);
  let gone = false, error = null;
  const said = { error: (model, xhr) => { error = new Error(`HTTP ${xhr.status}`); } };
  return {
    // What a user can do. Leave out what yours cannot.
    create: set => person.save(set, said),
    update: set => person.save(set, { ...said, patch: !person.isNew() }),
    delete() { gone = true; person.destroy(said); },
    fetch: () => person.fetch(said),
    // What the user sees when all is at rest; null: nobody.
    screen: () => gone ? null : { ...person.attributes, error },
  };
};
