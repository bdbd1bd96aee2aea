import fs from 'node:fs';
import path from 'node:path';
import ts from './typescript.mjs';
import { demand } from './problem.mjs';

/** Reads the JSON of an installed package. */
export function manifest(modules, name) {
  const file = path.join(modules, name, 'package.json');
  return fs.existsSync(file) ? JSON.parse(fs.readFileSync(file, 'utf8')) : undefined;
}

/**
 * The services of an umbrella package, by the names under which it exports them.
 * @returns {{ name: string, package: string, isPlugin: boolean }[]}
 */
export function services(modules, umbrella) {
  const found = [];
  for (const [file, isPlugin] of [['index.d.ts', false], ['service-plugins.d.ts', true]]) {
    const full = path.join(modules, umbrella, 'build/cjs', file);
    if (!fs.existsSync(full)) continue;
    found.push(...exportsOf(full).map(service => ({ ...service, isPlugin })));
  }
  return found.sort((a, b) => compare(a.name, b.name));
}

/** Orders texts by their code units, the same everywhere. */
export const compare = (a, b) => (a < b ? -1 : a > b ? 1 : 0);

// import * as a from '@wix/auto_sdk_x_y'; ... export { a as y };
function exportsOf(file) {
  const source = ts.createSourceFile(file, fs.readFileSync(file, 'utf8'), ts.ScriptTarget.Latest, false);
  const imported = new Map();
  const exported = [];
  for (const statement of source.statements) {
    if (ts.isImportDeclaration(statement)) {
      const bindings = statement.importClause?.namedBindings;
      if (bindings && ts.isNamespaceImport(bindings)) imported.set(bindings.name.text, statement.moduleSpecifier.text);
    } else if (ts.isExportDeclaration(statement)) {
      const from = statement.moduleSpecifier?.text;
      if (statement.exportClause && ts.isNamespaceExport(statement.exportClause)) {
        exported.push({ name: statement.exportClause.name.text, package: from });
      } else if (statement.exportClause) {
        for (const element of statement.exportClause.elements)
          exported.push({ name: element.name.text, package: from ?? imported.get((element.propertyName ?? element.name).text) });
      } else {
        exported.push({ name: '*', package: from });
      }
    }
  }
  for (const one of exported) demand(one.package, `${file}: nothing is imported for the export ${one.name}`);
  return exported;
}
