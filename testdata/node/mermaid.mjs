// Reads Mermaid diagrams, files or a Markdown page with diagrams in it, with
// the parser that web sites draw them with. Run by a Go test with the folder
// of node modules as its first argument.
import { createRequire } from "node:module";
import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";

const [modules, ...files] = process.argv.slice(2);
const require = createRequire(pathToFileURL(modules + "/node_modules/"));
const { JSDOM } = require("jsdom");
const { window } = new JSDOM("");
globalThis.window = window;
globalThis.document = window.document;
const { default: mermaid } = await import(pathToFileURL(modules + "/node_modules/mermaid/dist/mermaid.esm.min.mjs"));

let read = 0;
for (const file of files) {
  const text = readFileSync(file, "utf8");
  const diagrams = file.endsWith(".md") ? [...text.matchAll(/```mermaid\n([\s\S]*?)```/g)].map((m) => m[1]) : [text];
  for (const diagram of diagrams) {
    const { diagramType } = await mermaid.parse(diagram);
    if (diagramType !== "sequence") throw new Error(`${file}: a diagram of the kind ${diagramType}`);
    read++;
  }
}
console.log(`${read} diagrams`);
process.exit(0);
