// The user's file, in one bundle with all that it imports: evaluated anew for
// every trial, so that no module's state is left from the one before.
import fs from 'node:fs';
import { compileFunction } from 'node:vm';
import { createRequire } from 'node:module';
import { path } from './place.mjs';
import { modules } from './tasks.mjs';

// about is what photofinish has found out of the bundle: see bundle.go.
export const about = JSON.parse(fs.readFileSync(process.argv[3], 'utf8'));

// file is what the user's file exports: make (its default), route, answer, map.
export const file = {};

const real = createRequire(import.meta.url);
const require = name => {
  const plain = name.replace(/^node:/, '');
  return modules[plain] ?? real('node:' + plain);
};
let body;

export function evaluate() {
  body ??= compileFunction(fs.readFileSync(path, 'utf8'), ['require', 'module', 'exports'], { filename: path });
  const module = { exports: {} };
  body.call(undefined, require, module, module.exports);
  const { default: make, route, answer, map } = module.exports;
  Object.assign(file, { make: make ?? module.exports, route, answer, map });
}
