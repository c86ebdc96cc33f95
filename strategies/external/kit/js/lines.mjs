// Lines of the user's own files, through the source map of a bundle, which is
// only read when somebody asks.
import fs from 'node:fs';
import { SourceMap } from 'node:module';

// lines makes of a stack the first place in it that lies in the user's own files
// (save.tsx:17), or "".
export function lines(bundle) {
  let map;
  return stack => {
    for (let from = 0; stack && (from = stack.indexOf(bundle, from)) >= 0;) {
      from += bundle.length;
      const at = /^:(\d+):(\d+)/.exec(stack.slice(from, from + 24));
      if (!at) continue;
      map ??= new SourceMap(JSON.parse(fs.readFileSync(bundle + '.map', 'utf8')));
      const { originalSource: source, originalLine: line } = map.findEntry(at[1] - 1, at[2] - 1);
      if (source && !source.includes('node_modules/')) return `${source}:${line + 1}`;
    }
    return '';
  };
}
