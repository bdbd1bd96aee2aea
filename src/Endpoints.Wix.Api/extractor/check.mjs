// Holds the facts against the packages: what a function of the SDK sends must be what its facts say. See README.md.
//   node check.mjs [--modules folder] [--count n --seed s] [--json]
import fs from 'node:fs';
import path from 'node:path';
import { createRequire } from 'node:module';
import { isDeepStrictEqual, parseArgs } from 'node:util';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { functions } from './reading/functions.mjs';
import { operations } from './reading/operations.mjs';
import { manifest } from './reading/packages.mjs';
import { chosen } from './checking/choice.mjs';
import { predict } from './checking/prediction.mjs';
import { sample } from './checking/sample.mjs';

const here = path.dirname(fileURLToPath(import.meta.url));
const { values: options } = parseArgs({ options: { modules: { type: 'string' }, count: { type: 'string' }, seed: { type: 'string' }, json: { type: 'boolean' } } });
const modules = path.resolve(options.modules ?? path.join(here, 'node_modules'));
const require = createRequire(path.join(modules, '..', 'package.json'));
const { createClient } = await import(pathToFileURL(path.join(modules, '@wix/sdk/build/index.js')));

// Functions whose requests differ from their facts, and why that is right.
const explained = JSON.parse(fs.readFileSync(path.join(here, 'checking/explained.json'), 'utf8'));

let sent;
globalThis.fetch = async (url, init) => {
  sent ??= { url: new URL(url), method: init.method, body: init.body };
  return new Response('{}', { status: 200, headers: { 'content-type': 'application/json' } });
};
const auth = { getAuthHeaders: async () => ({ headers: { Authorization: 'none' } }), shouldUseCDN: false };

const all = [];
const facts = path.join(here, '../facts');
for (const vertical of fs.readdirSync(facts, { withFileTypes: true }).filter(one => one.isDirectory()).map(one => one.name).sort()) {
  for (const file of fs.readdirSync(path.join(facts, vertical)).sort()) {
    const service = JSON.parse(fs.readFileSync(path.join(facts, vertical, file), 'utf8'));
    const installed = manifest(modules, service.package);
    if (!service.methods || installed?.version !== service.version) continue;
    all.push(...service.methods.map(method => ({ vertical, service, method })));
  }
}

const results = [];
const made = new Map();
for (const { vertical, service, method } of options.count ? chosen(all, Number(options.count), options.seed ?? 1) : all) results.push({ id: `${vertical}/${service.name}.${method.name}`, ...(await check(service, method)) });

const wrong = results.filter(one => one.difference && !explained[one.id]);
const equal = results.filter(one => !one.difference).length;
for (const one of wrong) console.error(`${one.id}: ${one.difference}`);
for (const id of Object.keys(explained)) {
  if (!options.count && !options.modules && !results.find(one => one.id === id)?.difference) {
    console.error(`${id} is explained and needs no explanation`);
    process.exitCode = 1;
  }
}
console.log(`${equal} of ${results.length} requests are as the facts say (${((100 * equal) / results.length).toFixed(2)} %), ${results.length - equal - wrong.length} differ as explained, ${wrong.length} differ`);
if (wrong.length > 0 || results.length === 0) process.exitCode = 1;

async function check(service, method) {
  const build = path.join(modules, service.package, 'build/cjs');
  if (!made.has(service.package)) {
    const module = require(service.package);
    made.set(service.package, {
      client: createClient({ auth, modules: { module } }).module,
      operations: operations(path.join(build, 'meta.js')),
      functions: functions(path.join(build, 'index.js')),
    });
  }
  const { client, operations: routes, functions: calls } = made.get(service.package);
  const sdkPaths = calls.get(routes.get(method.name).inner).sdkPaths;
  const { args, wire } = sample(service, method, sdkPaths);
  const expected = predict(method, wire);
  sent = undefined;
  try {
    // A builder does not run its query by itself.
    // Where the package exports the plain form of a query beside its builder, the facts are about that.
    const plain = `typed${method.name[0].toUpperCase()}${method.name.slice(1)}`;
    let answer = (client[plain] ?? client[method.name])(...args);
    if (typeof answer?.find === 'function' && typeof answer.then !== 'function') answer = answer.find();
    await answer;
  } catch (e) {
    if (!sent) return { difference: `nothing was sent: ${e.message}` };
  }
  if (!sent) return { difference: 'nothing was sent' };
  return { difference: differs(expected, sent) };
}

function differs(expected, sent) {
  if (sent.method !== expected.method) return `${sent.method} rather than ${expected.method}`;
  if (sent.url.host !== 'www.wixapis.com' || sent.url.pathname !== expected.path) return `${sent.url.host}${sent.url.pathname} rather than ${expected.path}`;
  const query = [...sent.url.searchParams].map(([name, value]) => (name === '.r' ? [name, JSON.parse(Buffer.from(value, 'base64url'))] : [name, value]));
  const inOrder = list => list.map(pair => JSON.stringify(pair)).sort();
  if (!expected.packed && !isDeepStrictEqual(inOrder(query), inOrder(expected.query))) return `the query ${JSON.stringify(query)} rather than ${JSON.stringify(expected.query)}`.slice(0, 600);
  if (expected.packed && !isDeepStrictEqual(query[0]?.[1], expected.packed)) return `the packed query ${JSON.stringify(query)} rather than ${JSON.stringify(expected.packed)}`.slice(0, 600);
  const body = sent.body === undefined || sent.body === null ? undefined : JSON.parse(sent.body);
  if (!isDeepStrictEqual(body, expected.body)) return first(body, expected.body, '');
  return undefined;
}

function first(got, wanted, where) {
  if (got && wanted && typeof got === 'object' && typeof wanted === 'object') {
    for (const key of new Set([...Object.keys(got), ...Object.keys(wanted)])) {
      if (!isDeepStrictEqual(got[key], wanted[key])) return first(got[key], wanted[key], `${where}.${key}`);
    }
  }
  return `the body has ${where.slice(1)} ${JSON.stringify(got)} rather than ${JSON.stringify(wanted)}`.slice(0, 400);
}
