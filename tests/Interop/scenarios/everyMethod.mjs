// Any method of the installed packages whose facts are of the same version, with a valid value in every field.
import fs from 'node:fs';
import path from 'node:path';
import { createRequire } from 'node:module';
import { createClient, AppStrategy } from '@wix/sdk';
import { chosen } from '../../../src/Endpoints.Wix.Api/extractor/checking/choice.mjs';
import { sample } from '../../../src/Endpoints.Wix.Api/extractor/checking/sample.mjs';
import { functions } from '../../../src/Endpoints.Wix.Api/extractor/reading/functions.mjs';
import { operations } from '../../../src/Endpoints.Wix.Api/extractor/reading/operations.mjs';
import { manifest } from '../../../src/Endpoints.Wix.Api/extractor/reading/packages.mjs';

const modules = path.resolve('node_modules');
const facts = path.resolve('../../src/Endpoints.Wix.Api/facts');
const require = createRequire(path.resolve('package.json'));

let picked = [];
const made = new Map();

/** Chooses the methods that are named, and so many others of some verticals by a seed. */
export function choose({ verticals, named, count, seed }) {
  const all = verticals.flatMap((vertical) => fs.readdirSync(path.join(facts, vertical)).sort().flatMap((file) => {
    const service = JSON.parse(fs.readFileSync(path.join(facts, vertical, file), 'utf8'));
    if (manifest(modules, service.package)?.version !== service.version) return [];
    return (service.methods ?? []).map((method) => ({ vertical, service, method, id: `${service.name}.${method.name}` }));
  }));
  const others = chosen(all.filter((one) => !named.includes(one.id)), count, seed);
  picked = [...all.filter((one) => named.includes(one.id)), ...others];
  return picked.map((one) => one.id);
}

/** Calls one of the chosen. */
export async function run({ credentials, index }) {
  const { vertical, service, method, id } = picked[index];
  if (!made.has(service.package)) {
    const module = require(service.package);
    const build = path.join(modules, service.package, 'build/cjs');
    made.set(service.package, {
      client: createClient({ auth: AppStrategy(credentials), modules: { module } }).module,
      operations: operations(path.join(build, 'meta.js')),
      functions: functions(path.join(build, 'index.js')),
    });
  }
  const { client, operations: routes, functions: calls } = made.get(service.package);
  const { args, wireArgs } = sample(service, method, calls.get(routes.get(method.name).inner).sdkPaths, true);
  const about = { id, vertical, service: service.name, method: method.name, args: wireArgs.map((arg) => wire(arg) ?? null) };
  try {
    const plain = `typed${method.name[0].toUpperCase()}${method.name.slice(1)}`;
    let answer = (client[plain] ?? client[method.name])(...args);
    const isBuilder = typeof answer?.find === 'function' && typeof answer.then !== 'function';
    answer = await (isBuilder ? answer.find() : answer);
    return { ...about, isBuilder, value: wire(isBuilder ? answer.items : answer) ?? null };
  } catch (error) {
    if (!error.details) return { ...about, thrown: `${error.stack}` };
    return {
      ...about,
      error: {
        code: error.details.applicationError?.code ?? null,
        violations: error.details.validationError?.fieldViolations?.length ?? 0,
      },
    };
  }
}

/** A value with the names and the forms that it has on the wire. */
function wire(value) {
  if (value instanceof Date) return value.toISOString();
  if (value instanceof Uint8Array) return Buffer.from(value).toString('base64');
  if (Array.isArray(value)) return value.map(wire);
  if (!value || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name.replace(/^_(?=id$|createdDate$|updatedDate$)/, ''), wire(one)]));
}
