// Globals: what the kit puts in their place, and that each trial finds them so.

// put sets a property that the program may change; the next trial has it back.
export const put = (on, name, value) =>
  Object.defineProperty(on, name, { value, writable: true, configurable: true, enumerable: Object.prototype.propertyIsEnumerable.call(on, name) });

// lend sets a property that is worked out when it is read.
export const lend = (on, name, get) =>
  Object.defineProperty(on, name, { get, set: value => put(on, name, value), configurable: true, enumerable: false });

// Kept remembers the properties of objects that outlive a trial, and puts them
// back: new ones go, those that were changed or deleted come again. It looks at
// hundreds of them in every trial, and at values before all else.
export class Kept {
  #all = [];

  add(...objects) {
    for (const object of objects) {
      const was = new Map(), values = [], others = [];
      for (const key of Reflect.ownKeys(object)) {
        const old = Object.getOwnPropertyDescriptor(object, key);
        was.set(key, old);
        if (!old.configurable && !old.writable) continue;
        (Object.hasOwn(old, 'value') ? values : others).push([key, old]);
      }
      this.#all.push({ object, was, values, others });
    }
  }

  restore() {
    for (const { object, was, values, others } of this.#all) {
      for (const [key, old] of values) if (object[key] !== old.value) Reflect.defineProperty(object, key, old);
      for (const [key, old] of others) {
        const is = Object.getOwnPropertyDescriptor(object, key);
        if (is?.get !== old.get || is?.set !== old.set) Reflect.defineProperty(object, key, old);
      }
      const keys = Reflect.ownKeys(object);
      if (keys.length > was.size) for (const key of keys) if (!was.has(key)) Reflect.deleteProperty(object, key);
    }
  }
}
