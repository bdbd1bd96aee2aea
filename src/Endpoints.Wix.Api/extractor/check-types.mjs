// Holds the types of the facts against the TypeScript checker, and against the zod schemas of the packages that have them. See README.md.
//   node check-types.mjs [--modules folder]
import fs from 'node:fs';
import path from 'node:path';
import { createRequire } from 'node:module';
import { parseArgs } from 'node:util';
import { fileURLToPath } from 'node:url';
import { schemaDifferences } from './checking/schemas.mjs';
import { typeDifferences } from './checking/types.mjs';
import { manifest } from './reading/packages.mjs';
import ts from './reading/typescript.mjs';

const here = path.dirname(fileURLToPath(import.meta.url));
const { values: options } = parseArgs({ options: { modules: { type: 'string' } } });
const modules = path.resolve(options.modules ?? path.join(here, 'node_modules'));
const require = createRequire(path.join(modules, '..', 'package.json'));

// What differs, and why that is right.
const explained = {
  'events/wixEventsV2: CommonQueryV2.filter': 'The schema lists the fields that can be filtered by; on the wire it is any object.',
  'events/wixEventsV2: CommonSorting.fieldName': 'The schema lists the fields that can be sorted by; on the wire it is a text.',
};

const facts = path.join(here, '../facts');
const services = [];
for (const vertical of fs.readdirSync(facts, { withFileTypes: true }).filter(one => one.isDirectory()).map(one => one.name).sort()) {
  for (const file of fs.readdirSync(path.join(facts, vertical)).sort()) {
    const service = JSON.parse(fs.readFileSync(path.join(facts, vertical, file), 'utf8'));
    const build = path.join(modules, service.package, 'build/cjs');
    if (service.methods && manifest(modules, service.package)?.version === service.version) services.push({ id: `${vertical}/${service.name}`, service, build });
  }
}

const program = ts.createProgram(services.map(one => path.join(one.build, 'meta.d.ts')), {
  strict: true, noEmit: true, skipLibCheck: true, types: [], target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.CommonJS,
  moduleResolution: ts.ModuleResolutionKind.Node10,
});
const checker = program.getTypeChecker();
report('fields are what the TypeScript checker says', services.map(({ id, service, build }) =>
  ({ id, ...typeDifferences(service, program.getSourceFile(path.join(build, 'meta.d.ts')), checker) })));
report('fields are what the zod schemas say', services.filter(one => fs.existsSync(path.join(one.build, 'schemas.js'))).map(({ id, service, build }) =>
  ({ id, ...schemaDifferences(service, require(path.join(build, 'schemas.js'))) })));

function report(what, results) {
  const fields = results.reduce((sum, one) => sum + one.fields, 0);
  const differences = results.flatMap(one => one.differences.map(text => `${one.id}: ${text}`))
    .filter(text => !Object.keys(explained).some(id => text.startsWith(`${id} is `)));
  for (const text of differences) console.error(text);
  const share = fields ? ((100 * (fields - differences.length)) / fields).toFixed(2) : '0';
  console.log(`${fields - differences.length} of ${fields} ${what} (${share} %), in ${results.length} services`);
  if (differences.length > 0) process.exitCode = 1;
}
