// The user's file, in one bundle with all that it imports: evaluated anew for
// every trial, so that no module's state is left from the one before.
import fs from 'node:fs';
import { compileFunction } from 'node:vm';
import { createRequire, SourceMap } from 'node:module';
import { modules } from './tasks.mjs';

const [, , path, aboutPath] = process.argv;

// about is what photofinish has found out of the bundle: see bundle.go.
export const about = JSON.parse(fs.readFileSync(aboutPath, 'utf8'));

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

// Lines of the user's own files, through the source map, which is only read when
// somebody asks.
let map;
const OWN = /^(?!.*node_modules\/)/;

// lineOf returns the first place of a stack that lies in the user's own files
// (save.tsx:17), or "".
export function lineOf(stack) {
  if (!stack?.includes(path)) return '';
  map ??= new SourceMap(JSON.parse(fs.readFileSync(path + '.map', 'utf8')));
  for (let from = 0; (from = stack.indexOf(path, from)) >= 0;) {
    from += path.length;
    const at = /^:(\d+):(\d+)/.exec(stack.slice(from, from + 24));
    const entry = at && map.findEntry(at[1] - 1, at[2] - 1);
    if (entry?.originalSource && OWN.test(entry.originalSource)) return `${entry.originalSource}:${entry.originalLine + 1}`;
  }
  return '';
}

// where is lineOf for a sentence: with what stands before and after it.
export function where(stack, before, after = '') {
  const line = lineOf(stack);
  return line && before + line + after;
}
