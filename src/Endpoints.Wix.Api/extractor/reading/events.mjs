import fs from 'node:fs';
import ts from './typescript.mjs';
import { demand } from './problem.mjs';
import { tagged } from './declarations.mjs';

/** The events that a package declares. */
export function events(file, declared) {
  const text = fs.readFileSync(file, 'utf8');
  const found = [];
  for (const match of text.matchAll(/^var (\w+) = (?:\/\* @__PURE__ \*\/ )?(?:\(0, \w+\.EventDefinition\)|EventDefinition\w*)\(\n\s*"([^"]+)",\n\s*(true|false)/gm)) {
    const [, name, type, isDomain] = match;
    const described = declared.map(one => one.functions.get(name)).find(one => one);
    const envelope = described && envelopeOf(declared, described);
    found.push({
      name,
      type,
      isDomainEvent: isDomain === 'true' || undefined,
      entity: member(envelope, 'entity'),
      data: member(envelope, 'data'),
      slug: described && tagged(described, 'slug')[0],
      service: described && tagged(described, 'serviceIdentifier')[0],
      permissions: described ? [...new Set(tagged(described, 'permissionId'))].sort() : [],
      scopes: described ? [...new Set(tagged(described, 'permissionScopeId'))].sort() : [],
    });
  }
  const definitions = (text.match(/\bEventDefinition\w*\)?\(/g) ?? []).length;
  demand(found.length === definitions, `${file}: ${definitions} events, of which ${found.length} are understood`);
  return found;
}

function envelopeOf(declared, described) {
  let type;
  const visit = node => {
    if (ts.isParameter(node) && node.name.getText() === 'event') type = node.type?.getText();
    ts.forEachChild(node, visit);
  };
  visit(described);
  return declared.map(one => one.interfaces.get(type)).find(one => one);
}

const member = (envelope, name) => {
  const found = envelope?.members.find(one => one.name?.text === name);
  return found && ts.isTypeReferenceNode(found.type) ? found.type.typeName.getText() : undefined;
};

/** The service plugin that a package declares: what Wix calls, where, what is made of requests and answers, and which errors may be answered. */
export function plugin(file) {
  const text = fs.readFileSync(file, 'utf8');
  const start = /\bServicePluginDefinition\)?\(/.exec(text);
  demand(start, `${file}: no service plugin`);
  const source = ts.createSourceFile(file, `f(${text.slice(start.index + start[0].length)}`, ts.ScriptTarget.Latest, true, ts.ScriptKind.JS);
  const [type, list] = source.statements[0].expression.arguments;
  demand(ts.isStringLiteral(type) && ts.isArrayLiteralExpression(list), `${file}: another kind of service plugin`);
  const member = (node, name) => node.properties.find(one => one.name.text === name)?.initializer;
  const errors = [...text.matchAll(/this\.httpCode = (\d+);[^]*?this\.applicationCode = "(\w+)"/g)].map(match => `${match[1]} ${match[2]}`);
  return {
    type: type.text,
    methods: list.elements.map(one => {
      const transformations = member(one, 'transformations');
      const found = {
        name: member(one, 'name')?.text, path: member(one, 'primaryHttpMappingPath')?.text,
        requestPaths: transformed(member(transformations, 'fromREST')), responsePaths: transformed(member(transformations, 'toREST')),
      };
      demand(found.name && found.path, `${file}: a method without a name or a path`);
      return found;
    }),
    errors: [...new Set(errors)].sort(),
  };
}

/** The paths that a function transforms, with the name of the transformation. */
function transformed(node) {
  const paths = [];
  const visit = one => {
    if (ts.isCallExpression(one) && /\btransformPaths\)?$/.test(one.expression.getText())) {
      for (const entry of one.arguments[1].elements) {
        const property = name => entry.properties.find(member => member.name.text === name).initializer;
        for (const path of property('paths').elements)
          paths.push({ transformation: property('transformFn').getText(), path: path.properties.find(member => member.name.text === 'path').initializer.text });
      }
    }
    ts.forEachChild(one, visit);
  };
  visit(node);
  return paths;
}
