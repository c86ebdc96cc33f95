// What one trial has, and who is acting in it.
import { AsyncLocalStorage } from 'node:async_hooks';

// trial is emptied as a whole when a new one begins, so that nothing of the
// last one can be forgotten in it.
export const trial = {};

export function begin(start = {}) {
  Object.assign(trial, {
    number: (trial.number ?? 0) + 1,
    seed: start.seed ?? 0,
    clock: start.clock ?? 0,   // ms that this client's clock is ahead
    lines: start.lines ?? false, // requests say the line that sent them
    fields: start.fields ?? [],
    turn: 0,                   // ms: when this turn began
    now: 0,                    // ms: the program's time, which immediate tasks move on
    moment: 'the start',       // what the turn is about, in words
    out: [],                   // what the client did in this turn, in order
    used: new Set(),           // clock, random, instant, skipped: what it has made use of
    said: new Set(),           // those of them that have been said
    shown: { error: null, text: '', alerts: new Map() }, // as an error, when last looked at
    standing: '',              // what stood on the screen as an error, at rest in this turn
    log: [],
    uncaught: [],              // errors of this turn that nobody caught
    logged: 0,
    trouble: null,             // the first thing that nobody caught
    failed: null,
    client: null,
    blocked: [],               // clicks that wait for a button to be enabled
  });
}
begin();

// The click in whose asynchronous context something happens: 0 is none.
const context = new AsyncLocalStorage();
export const by = () => context.getStore() ?? 0;
export const as = (click, f, ...args) => context.run(click, f, ...args);

export const emit = event => { trial.out.push(event); return event; };
export const use = what => { trial.used.add(what); };

// A Failure ends the trial: its text is a sentence for the user. It is kept
// beside being thrown, since a library may catch what it does not know.
export class Failure extends Error {}
export function fail(text) {
  trial.failed ??= text;
  throw new Failure(text);
}

const LETTER = { create: 'c', update: 'u', delete: 'd', 'set-permissions': 'p', fetch: 'f' };
export const label = click => (LETTER[click.do] ?? '?') + click.n;
