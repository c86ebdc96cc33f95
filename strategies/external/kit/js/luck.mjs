// Random numbers, which are the trial's.
import { createRequire } from 'node:module';
import { trial, use, fail } from './trial.mjs';
import { where } from './place.mjs';
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
  // A digest is worked out at once; all else of subtle is another thread's, in
  // real time.
  const digest = async (algorithm, data) => {
    const name = String(algorithm.name ?? algorithm).replace('-', '').toLowerCase();
    const { createHash } = createRequire(import.meta.url)('node:crypto'); // takes milliseconds, and few ask for it
    const { buffer, byteOffset, byteLength } = createHash(name).update(new Uint8Array(data.buffer ?? data, data.byteOffset ?? 0, data.byteLength)).digest();
    return buffer.slice(byteOffset, byteOffset + byteLength);
  };
  const subtle = { digest };
  for (const name of ['encrypt', 'decrypt', 'sign', 'verify', 'generateKey', 'deriveKey', 'deriveBits', 'importKey', 'exportKey', 'wrapKey', 'unwrapKey']) {
    subtle[name] = () => fail(`it waits for something real (crypto.subtle.${name}) after ${trial.moment}${where(new Error().stack, ' (', ')')}`);
  }
  put(globalThis, 'crypto', { getRandomValues, randomUUID, subtle });
}
