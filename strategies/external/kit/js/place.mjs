// Where the user's own code is in a stack.
import { lines } from './lines.mjs';

export const [, , path] = process.argv; // of the bundle

// lineOf is the first place of a stack in the user's own files, where is that for
// a sentence: with what stands before and after it.
export const lineOf = lines(path);
export function where(stack, before, after = '') {
  const line = lineOf(stack);
  return line && before + line + after;
}
