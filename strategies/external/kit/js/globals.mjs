// Globals: what the kit puts in their place, and that each trial finds them so.

// put sets a property that the program may change; the next trial has it back.
export const put = (on, name, value) =>
  Object.defineProperty(on, name, { value, writable: true, configurable: true, enumerable: Object.prototype.propertyIsEnumerable.call(on, name) });

// lend sets a property that is worked out when it is read.
export const lend = (on, name, get) =>
  Object.defineProperty(on, name, { get, set: value => put(on, name, value), configurable: true, enumerable: false });

// Kept remembers the properties of objects that outlive a trial, and puts them
// back: new ones go, those that were changed or deleted come again.
export class Kept {
  #all = new Map();

  add(...objects) {
    for (const object of objects) {
      const descriptors = new Map();
      for (const key of Reflect.ownKeys(object)) descriptors.set(key, Object.getOwnPropertyDescriptor(object, key));
      this.#all.set(object, descriptors);
    }
  }

  restore() {
    for (const [object, was] of this.#all) {
      const keys = Reflect.ownKeys(object);
      let same = 0;
      for (const key of keys) {
        const old = was.get(key);
        if (!old) { Reflect.deleteProperty(object, key); continue; }
        same++;
        const is = Object.getOwnPropertyDescriptor(object, key);
        if (is.value !== old.value || is.get !== old.get || is.set !== old.set) Reflect.defineProperty(object, key, old);
      }
      if (same < was.size) for (const [key, old] of was) if (!Object.hasOwn(object, key)) Reflect.defineProperty(object, key, old);
    }
  }
}
