// node lane.cjs BUNDLE.js ABOUT.json
//
// Runs a user's client in virtual time, for a program that says line by line
// what happens to it. This file must be read by any Node: it only looks how old
// it is.
const [major] = process.versions.node.split('.').map(Number);
if (major < 20) {
  const failed = `Node 20 or later is needed, and ${process.execPath} is ${process.versions.node}. ` +
    'Install it, or say where: PHOTOFINISH_NODE=/path/to/node';
  process.stdout.write(JSON.stringify({ failed }) + '\n', () => process.exit(1));
} else {
  require('./pipe.cjs').open();
}
