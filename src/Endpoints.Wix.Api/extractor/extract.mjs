// Reads the installed packages and writes facts/<vertical>/<service>.json. See README.md.
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { compare, manifest, services } from './reading/packages.mjs';
import { Problem } from './reading/problem.mjs';
import { service } from './reading/service.mjs';

const here = path.dirname(fileURLToPath(import.meta.url));
const modules = path.join(here, 'node_modules');
const target = path.join(here, '../facts');
const umbrellas = Object.keys(manifest(here, '.').dependencies).filter(name => name.startsWith('@wix/')).sort(compare);
const only = process.argv[2];

const leftOut = {};
const problems = [];
const counts = { services: 0, methods: 0, events: 0, plugins: 0, types: 0, enums: 0 };
const written = new Map();
const owners = new Map();

const leave = (name, reason) => ((leftOut[reason] ??= []).push(name));
const isFree = described => described?.license === 'MIT';

for (const umbrella of umbrellas) {
  const vertical = umbrella.slice('@wix/'.length);
  if (only && only !== vertical) continue;
  const described = manifest(modules, umbrella);
  if (!isFree(described)) {
    leave(umbrella, 'no MIT licence in its package.json');
    continue;
  }
  for (const { name, package: part, isPlugin } of services(modules, umbrella)) {
    const label = `${umbrella} ${name === '*' ? part : name}`;
    if (!part.startsWith('@wix/auto_sdk_')) {
      leave(label, part.includes('data-items') ? 'no MIT licence in its package.json' : 'no service of an API');
      continue;
    }
    if (owners.has(part)) {
      leave(label, `the same package as ${owners.get(part)}`);
      continue;
    }
    const inside = manifest(modules, part);
    if (!isFree(inside)) {
      leave(label, 'no MIT licence in its package.json');
      continue;
    }
    owners.set(part, `${vertical} ${name}`);
    try {
      const facts = service(path.join(modules, part), vertical, name, inside, (method, reason) => leave(`${label}.${method}`, reason));
      if (!isPlugin && !facts.plugin && facts.methods.length + facts.events.length === 0) {
        leave(label, 'neither public methods nor events');
        continue;
      }
      facts.methods &&= facts.methods;
      counts.services++;
      counts.methods += facts.methods?.length ?? 0;
      counts.events += facts.events?.length ?? 0;
      counts.plugins += facts.plugin ? 1 : 0;
      counts.types += Object.keys(facts.types ?? {}).length;
      counts.enums += Object.keys(facts.enums ?? {}).length;
      written.set(path.join(vertical, `${name}.json`), lines(facts));
    } catch (e) {
      if (!(e instanceof Problem)) e.message = `${label}: ${e.stack}`;
      problems.push(e.message);
    }
  }
}

if (problems.length > 0) {
  for (const one of problems) console.error(one.replaceAll(modules, ''));
  console.error(`${problems.length} packages are not understood. Nothing was written.`);
  process.exit(1);
}

if (!only) {
  fs.rmSync(target, { recursive: true, force: true });
  const reasons = Object.fromEntries(Object.entries(leftOut).sort((a, b) => compare(a[0], b[0])).map(([reason, names]) => [reason, names.sort(compare)]));
  written.set('left-out.json', `${JSON.stringify(reasons, null, 1)}\n`);
}
for (const [file, text] of written) {
  fs.mkdirSync(path.dirname(path.join(target, file)), { recursive: true });
  fs.writeFileSync(path.join(target, file), text);
}
console.log(Object.entries(counts).map(([what, count]) => `${count} ${what}`).join(', '));

/** JSON with one method, one field and one enumeration a line. */
function lines(facts) {
  const parts = [];
  for (const [key, value] of Object.entries(facts)) {
    if (value === undefined) continue;
    if (key === 'methods' || key === 'events') {
      if (value.length > 0) parts.push(`"${key}": [\n${value.map(one => ` ${JSON.stringify(one, empty)}`).join(',\n')}\n]`);
    } else if (key === 'types') {
      const types = Object.entries(value).map(([name, fields]) => {
        const members = Object.entries(fields).map(([field, text]) => `  ${JSON.stringify(field)}: ${JSON.stringify(text)}`);
        return ` ${JSON.stringify(name)}: {${members.length > 0 ? `\n${members.join(',\n')}\n ` : ''}}`;
      });
      if (types.length > 0) parts.push(`"types": {\n${types.join(',\n')}\n}`);
    } else if (key === 'enums') {
      const enums = Object.entries(value).map(([name, members]) => ` ${JSON.stringify(name)}: ${JSON.stringify(members)}`);
      if (enums.length > 0) parts.push(`"enums": {\n${enums.join(',\n')}\n}`);
    } else {
      parts.push(`${JSON.stringify(key)}: ${JSON.stringify(value, empty)}`);
    }
  }
  return `{\n${parts.join(',\n')}\n}\n`;
}

function empty(_, value) {
  return Array.isArray(value) && value.length === 0 ? undefined : value;
}
