// Random numbers, which are the trial's.
import { createHash } from 'node:crypto';
import { trial, use } from './trial.mjs';
import { put } from './globals.mjs';

let state = 0;
export const seed = n => { state = (n >>> 0) ^ (n / 0x100000000 >>> 0); };

// draw is mulberry32: 32 bits of state, and a whole number below 2^32.
function draw() {
  use('random');
  state = (state + 0x6D2B79F5) | 0;
  let t = Math.imul(state ^ state >>> 15, 1 | state);
  t = t + Math.imul(t ^ t >>> 7, 61 | t) ^ t;
  return (t ^ t >>> 14) >>> 0;
}

export function install() {
  put(Math, 'random', () => draw() / 0x100000000);
  const real = globalThis.crypto;
  const getRandomValues = array => {
    const bytes = new Uint8Array(array.buffer, array.byteOffset, array.byteLength);
    for (let i = 0; i < bytes.length; i++) bytes[i] = draw();
    return array;
  };
  const randomUUID = () => {
    const b = getRandomValues(new Uint8Array(16));
    b[6] = b[6] & 15 | 64;
    b[8] = b[8] & 63 | 128;
    return Buffer.from(b).toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
  };
  // A digest is worked out at once; all else of subtle is done by another
  // thread, in real time, and is found when the program waits for it.
  const digest = async (algorithm, data) => {
    const name = String(algorithm.name ?? algorithm).replace('-', '').toLowerCase();
    const { buffer, byteOffset, byteLength } = createHash(name).update(new Uint8Array(data.buffer ?? data, data.byteOffset ?? 0, data.byteLength)).digest();
    return buffer.slice(byteOffset, byteOffset + byteLength);
  };
  const subtle = new Proxy(real.subtle, { get: (on, name) => name === 'digest' ? digest : typeof on[name] === 'function' ? on[name].bind(on) : on[name] });
  put(globalThis, 'crypto', { getRandomValues, randomUUID, subtle });
}
