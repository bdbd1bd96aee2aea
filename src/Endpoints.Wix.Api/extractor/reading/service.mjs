import fs from 'node:fs';
import path from 'node:path';
import ts from './typescript.mjs';
import { declarations, fields, inner, tagged, tags } from './declarations.mjs';
import { events, plugin } from './events.mjs';
import { functions } from './functions.mjs';
import { operations, route } from './operations.mjs';
import { compare } from './packages.mjs';
import { demand } from './problem.mjs';

const documentation = 'https://dev.wix.com/docs/sdk/backend-modules';

/** The facts of one service; what is left out of it goes to leftOut as [name, reason]. */
export function service(folder, vertical, name, described, leftOut) {
  const build = path.join(folder, 'build/cjs');
  const index = path.join(build, 'index.js');
  const facts = { name, package: described.name, version: described.version, fqdn: described.wix?.sdkDependency?.fqdn };
  if (!fs.existsSync(path.join(build, 'meta.js'))) {
    return Object.assign(facts, pluginFacts(build, index, vertical, name));
  }

  const wire = declarations(path.join(build, 'meta.d.ts'));
  const outer = declarations(path.join(build, 'index.d.ts'));
  const chunks = fs.readdirSync(build).filter(file => file.endsWith('.d.ts') && !['meta.d.ts', 'index.d.ts'].includes(file)).sort();
  const declared = [...chunks.map(file => declarations(path.join(build, file))), outer];
  const sent = operations(path.join(build, 'meta.js'));
  const made = functions(index);
  const messages = new Messages(wire);

  facts.docs = `${documentation}/${vertical}/${kebab(name)}`;
  facts.methods = [];
  const hidden = [];
  for (const [method, operation] of [...sent].sort((a, b) => compare(a[0], b[0]))) {
    if (!outer.exports.has(method)) {
      hidden.push(method);
      continue;
    }
    const read = methodFacts(method, operation, { wire, declared, made, messages, where: `${described.name}: ${method}`, leftOut, docs: facts.docs });
    if (read) facts.methods.push(read);
  }

  const functionsOf = [...outer.exports].filter(one => !sent.has(one) && !one.startsWith('on') && !one.startsWith('typedQuery') && /^[a-z]/.test(one) && declared.some(file => file.functions.has(one)));
  for (const one of functionsOf.sort(compare)) leftOut(one, 'no route: not a call of a JSON method');

  facts.events = events(index, declared).filter(one => outer.exports.has(one.name)).sort((a, b) => compare(a.name, b.name));
  for (const event of facts.events) {
    for (const part of ['entity', 'data']) {
      if (event[part] && !wire.interfaces.has(event[part])) event[part] = undefined;
      else if (event[part]) messages.reach(event[part]);
    }
  }
  Object.assign(facts, messages.facts());
  return facts;
}

/** A service plugin has no table of methods: its messages are those of JavaScript, with the wire's names. */
function pluginFacts(build, index, vertical, name) {
  const read = fs.readdirSync(build).filter(file => file.endsWith('.d.ts')).sort().map(file => declarations(path.join(build, file)));
  const merged = { file: build };
  for (const part of ['interfaces', 'enums', 'functions']) merged[part] = new Map(read.flatMap(one => [...one[part]]));
  const { type, methods, errors } = plugin(index);
  const messages = new Messages(merged);
  const described = methods.map(method => {
    const where = `${build}: ${method.name}`;
    const declared = merged.functions.get(method.name);
    demand(declared, `${where}: no function`);
    const envelope = merged.interfaces.get(declared.parameters[0].type.getText());
    const request = envelope?.members.find(one => one.name.text === 'request')?.type.getText();
    const response = declared.type.types?.find(ts.isTypeReferenceNode)?.getText();
    demand(request && response, `${where}: another kind of function`);
    for (const message of [request, response]) messages.reach(message);
    messages.mark(request, method.requestPaths.filter(one => one.path.startsWith('request.')).map(one => ({ ...one, path: one.path.slice(8) })), where);
    messages.mark(response, method.responsePaths, where);
    return { name: method.name, path: method.path, request, response };
  });
  messages.toWire();
  return { docs: `${documentation}/${vertical}/service-plugins/${kebab(name)}`, plugin: { type, methods: described, errors }, ...messages.facts() };
}

function methodFacts(method, operation, { wire, declared, made, messages, where, leftOut, docs }) {
  const found = route(operation.url);
  if (!found) {
    leftOut(method, 'no route on www.wixapis.com');
    return undefined;
  }
  const signature = wire.functions.get(method) ?? [...wire.functions].find(([one]) => one.replace(/\$\d+$/, '') === method)?.[1];
  demand(signature, `${where}: not in the table of methods`);
  const [verb, , , request, , response] = signature.type.typeArguments;
  demand(verb.literal.text === operation.method, `${where}: ${verb.getText()} is not ${operation.method}`);
  const [requestType, responseType] = [request, response].map(node => node.getText());
  for (const type of [requestType, responseType]) messages.reach(type);
  messages.mark(requestType, operation.requestPaths, where);
  messages.mark(responseType, operation.responsePaths, where);

  const call = made.get(operation.inner);
  demand(call, `${where}: no function makes its request`);
  const said = declared.map(one => one.functions.get(method)).filter(one => one && tags(one).length > 0)
    .sort((a, b) => tags(b).length - tags(a).length)[0];
  const all = tag => (said ? [...new Set(tagged(said, tag))].sort(compare) : []);
  const fallback = operation.fallback && route(operation.fallback.url);
  demand(!operation.fallback || operation.fallback.method === 'POST', `${where}: the fallback is ${operation.fallback?.method}`);
  const facts = {
    name: method,
    fqn: operation.methodFqn,
    entity: operation.entityFqdn,
    route: `${operation.method} ${found.path}`,
    publicPath: found.publicPath,
    query: operation.query,
    fallback: fallback?.path,
    request: requestType,
    response: responseType,
    args: call.args,
    bind: Object.fromEntries(call.bind),
    returns: call.returns,
    paging: call.pagingMethod?.toLowerCase(),
    required: all('requiredField').map(one => renamed(one)),
    permissions: all('permissionId').filter(Boolean),
    scopes: all('permissionScopeId').filter(Boolean),
    identities: all('applicableIdentity'),
    maturity: all('documentationMaturity')[0],
    deprecated: said && tags(said).some(([tag]) => tag === 'deprecated') ? true : undefined,
    replacedBy: replaced(all('replacedBy')[0]),
    removal: all('targetRemovalDate').find(one => /^\d{4}-\d\d-\d\d$/.test(one)),
    errors: errorsOf(declared, method),
    docs: `${docs}/${kebab(method)}`,
  };
  const spec = specOf(declared, method);
  if (spec) Object.assign(facts, { querySpec: spec });
  for (const id of [...facts.permissions, ...facts.scopes, ...facts.identities]) demand(/^[\w.\- :]+$/.test(id), `${where}: the id ${id}`);
  return facts;
}

const replaced = text => (text && /^[\w.]+$/.test(text) ? text : undefined);

/** As on the wire: JavaScript has _id for id. */
const renamed = field => field.split('.').map(part => ({ _id: 'id', _createdDate: 'createdDate', _updatedDate: 'updatedDate' })[part] ?? part).join('.');

function errorsOf(declared, method) {
  const name = `${method[0].toUpperCase()}${method.slice(1)}ApplicationErrors`;
  const alias = declared.map(one => one.aliases.get(name)).find(one => one);
  const codes = new Set();
  const visit = node => {
    if (ts.isPropertySignature(node) && node.name.text === 'code' && ts.isLiteralTypeNode(node.type)) codes.add(node.type.literal.text);
    ts.forEachChild(node, visit);
  };
  if (alias) visit(alias);
  return [...codes].sort(compare);
}

/** Which fields a query can filter and sort by, as the package's query specification or its builder says. */
function specOf(declared, method) {
  for (const read of declared) {
    const typed = read.functions.get(`typed${method[0].toUpperCase()}${method.slice(1)}`) ?? read.functions.get(method);
    const type = typed?.parameters[0]?.type?.getText();
    const spec = type && declared.map(one => one.interfaces.get(`${type}Spec`)).find(one => one);
    if (spec) return specFacts(spec);
  }
  const builder = declared.map(one => one.functions.get(method)?.type?.getText()).map(type => declared.map(one => one.interfaces.get(type)).find(one => one)).find(one => one);
  return builder && builderFacts(builder);
}

function specFacts(spec) {
  const filter = {};
  const sort = {};
  for (const member of spec.members) {
    if (member.name?.text !== 'wql' || !ts.isTupleTypeNode(member.type)) continue;
    for (const entry of member.type.elements) {
      const part = name => entry.members.find(one => one.name.text === name)?.type;
      const names = part('fields').elements.map(one => renamed(one.literal.text));
      const operators = part('operators');
      const allowed = ts.isLiteralTypeNode(operators) ? operators.literal.text : operators.elements.map(one => one.literal.text).sort(compare).join(' ');
      const order = part('sort').literal.text;
      for (const name of names) {
        filter[name] = filter[name] && filter[name] !== allowed ? [...new Set(`${filter[name]} ${allowed}`.split(' '))].sort(compare).join(' ') : allowed;
        if (order !== 'NONE') sort[name] = order;
      }
    }
  }
  return { filter: sorted(filter), sort: sorted(sort) };
}

const named = { eq: '$eq', ne: '$ne', gt: '$gt', ge: '$gte', lt: '$lt', le: '$lte', in: '$in', hasSome: '$hasSome', hasAll: '$hasAll', startsWith: '$startsWith', exists: '$exists', isEmpty: '$isEmpty' };

function builderFacts(builder) {
  const operators = {};
  const sort = {};
  for (const member of builder.members) {
    const name = member.name?.text;
    if (!member.type || !ts.isFunctionTypeNode(member.type)) continue;
    const fieldsOf = [];
    const visit = node => {
      if (ts.isLiteralTypeNode(node) && ts.isStringLiteral(node.literal)) fieldsOf.push(renamed(node.literal.text));
      ts.forEachChild(node, visit);
    };
    if (member.type.parameters[0]?.type) visit(member.type.parameters[0].type);
    for (const field of fieldsOf) {
      if (named[name]) (operators[field] ??= new Set()).add(named[name]);
      else if (name === 'ascending') sort[field] = sort[field] ? 'BOTH' : 'ASC';
      else if (name === 'descending') sort[field] = sort[field] ? 'BOTH' : 'DESC';
    }
  }
  const filter = Object.fromEntries(Object.entries(operators).map(([field, set]) => [field, [...set].sort(compare).join(' ')]));
  return Object.keys(filter).length + Object.keys(sort).length > 0 ? { filter: sorted(filter), sort: sorted(sort) } : undefined;
}

const sorted = object => Object.fromEntries(Object.entries(object).sort((a, b) => compare(a[0], b[0])));

export const kebab = name => name.replace(/([a-z0-9])([A-Z])/g, '$1-$2').replace(/([A-Z])([A-Z][a-z])/g, '$1-$2').toLowerCase();

/** What JavaScript has as a text, and its members on the wire. */
const shapes = {
  image: ['WireImage', { id: 'string', url: 'string', height: 'number', width: 'number', altText: 'string', filename: 'string' }],
  pageUrl: ['WirePageUrl', { relativePath: 'string', url: 'string' }],
};

/** The names in an address that are others in JavaScript. */
const inAddress = { formatted: 'formattedAddress', location: 'geocode', addressLine1: 'addressLine' };

/** The messages that are reached from methods and events, with what their transformations tell about numbers and texts. */
class Messages {
  #wire;
  #types = new Map();
  #enums = new Map();

  constructor(wire) {
    this.#wire = wire;
  }

  reach(name) {
    if (this.#types.has(name) || this.#enums.has(name)) return;
    if (this.#wire.enums.has(name)) {
      this.#enums.set(name, this.#wire.enums.get(name));
      return;
    }
    const read = fields(this.#wire, name);
    this.#types.set(name, read);
    for (const field of read.values()) {
      const type = inner(field.type);
      if (this.#wire.interfaces.has(type) || this.#wire.enums.has(type)) this.reach(type);
    }
  }

  /** Marks the fields at the ends of transformed paths. */
  mark(root, paths, where) {
    for (const { transformation, path: text } of paths) {
      const kind = /Float/.test(transformation) ? 'double' : /Timestamp/.test(transformation) ? 'date' : /FieldMask/.test(transformation) ? 'mask'
        : /Bytes/.test(transformation) ? 'bytes' : /Duration/.test(transformation) ? 'duration' : /Address/.test(transformation) ? 'address'
        : /Image/.test(transformation) ? 'image' : /PageURL/.test(transformation) ? 'pageUrl' : undefined;
      demand(kind, `${where}: the transformation ${transformation}`);
      let type = root;
      const parts = text.split('.');
      for (const [position, part] of parts.entries()) {
        const message = this.#types.get(type);
        const field = message?.get(part);
        if (!field) break; // a field that is not published, or a map's key
        if (position === parts.length - 1) field.kind = kind;
        type = inner(field.type);
      }
    }
  }

  /** From JavaScript's names and shapes to the wire's. */
  toWire() {
    const addresses = new Set();
    for (const members of this.#types.values()) {
      for (const field of members.values()) {
        if (field.kind === 'address') addresses.add(inner(field.type));
        if (shapes[field.kind]) {
          const [shape, made] = shapes[field.kind];
          demand(!this.#wire.interfaces.has(shape), `${this.#wire.file}: a message ${shape} of its own`);
          field.type = field.type.replace(inner(field.type), shape);
          this.#types.set(shape, new Map(Object.entries(made).map(([name, type]) => [name, { type, isNullable: false, marks: [] }])));
        }
        if (field.kind === 'address' || shapes[field.kind]) field.kind = undefined;
      }
    }
    for (const [type, members] of this.#types) {
      const names = addresses.has(type) ? inAddress : {};
      this.#types.set(type, new Map([...members].map(([name, field]) => [names[name] ?? renamed(name), field])));
    }
  }

  facts() {
    const types = {};
    for (const [name, members] of [...this.#types].sort((a, b) => compare(a[0], b[0]))) {
      types[name] = Object.fromEntries([...members].map(([member, field]) => [member, text(field)]));
    }
    const enums = Object.fromEntries([...this.#enums].sort((a, b) => compare(a[0], b[0])));
    return { types, enums };
  }
}

/** A field in one line: its type, '?' where null is a value, and its marks. */
function text(field) {
  let type = field.type;
  const wrap = kind => type.replace(inner(type), kind);
  if (field.kind === 'mask') type = 'mask';
  else if (field.kind && field.kind !== 'date') type = wrap(field.kind);
  if (inner(type) === 'number') type = wrap('int');
  const marks = [...field.marks];
  if (field.oneOf) marks.push(`oneof=${field.oneOf}`);
  return [type + (field.isNullable ? '?' : ''), ...marks].join(' ');
}
