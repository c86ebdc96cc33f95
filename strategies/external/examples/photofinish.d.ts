// What a client's file exports, for editors:
//
//     photofinish client types > photofinish.d.ts
//     import type { Start, Client } from './photofinish';

/** A record, by the names of the scenario's fields (or yours, with `map.fields`). */
export type Person = { id?: number | string; [field: string]: any };

/** What a user can do. */
export type Do = 'create' | 'update' | 'delete' | 'setPermissions' | 'fetch';

/** What a trial begins with. */
export type Start = {
  /** Who is there at the start, or null: nobody. */
  given: Person | null;
  /** The names of the scenario's fields. */
  fields: string[];
  /** Which client of the scenario this is: 1, or 2. */
  client: number;
  /** The user is told something that no `screen().error` and no alert says: a toast. */
  tell(text: string): void;
  /** The click under way is refused: a dialog says no. */
  refuse(reason?: string): void;
};

/** One screen's client. What its functions return means nothing; they may be async. */
export type Client = {
  create?(set: Person): unknown;
  update?(set: Person): unknown;
  delete?(): unknown;
  /** Without it: `update({ permissions: to })`. */
  setPermissions?(to: string): unknown;
  fetch?(): unknown;
  /** What is on the screen when all is at rest; null: nobody. Without `id`, it is that of the last answer to a create. */
  screen(): (Person & { error?: unknown; busy?: boolean }) | null;
  /** Whether the button is disabled: the click waits until it is not. */
  disabled?(what: Do): boolean;
  /** Rarely needed: modules, timers and the document begin anew by themselves. */
  dispose?(): void;
};

/** The default export: called in fresh modules for every trial, and ready at once. */
export type Make = (start: Start) => Client;

/** `export const map`: how your words are the scenario's. */
export type Map = {
  /** The path of the records, '/people', where the requests do not show it. */
  path?: string;
  /** Your name → the scenario's. */
  fields?: Record<string, string>;
  /** `String` where your ids are strings. */
  id?: NumberConstructor | StringConstructor;
};

/** A request, as `route` and `answer` see it. */
export type Request = {
  method: string;
  url: string;
  path: string;
  query: Record<string, string>;
  headers: Record<string, string>;
  /** The body, where it is JSON or a form. */
  json?: any;
  /** The body, where it is neither. */
  text?: string;
};

/** `export const route`: what a request is. null: not about the record. undefined: by convention. */
export type Route = (
  request: Request,
) => { do?: 'create' | 'update' | 'delete' | 'set-permissions' | 'fetch'; id?: number | string; set?: Person } | null | undefined | false;

/** `export const answer`: how your server answers. record: what it has, for a success. undefined: as it comes. */
export type Answer = (request: Request, status: number, record: any) => unknown;
