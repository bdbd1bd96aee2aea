import { inner } from '../reading/declarations.mjs';

const depth = 5;

/**
 * Arguments with a value in every field that the facts name, and the message that they make up.
 * Fields at sdkPaths have a form of JavaScript's own (images as texts, for instance) and are left out.
 * With isValid, values keep to what the facts say of them, of the fields of a group there is one, and messages
 * in messages in messages are left out.
 */
export function sample(service, method, sdkPaths, isValid = false) {
  const leaves = message(service, method.request, isValid ? 2 : depth, isValid);
  for (const path of sdkPaths) remove(leaves, path.split('.'));
  const names = method.args ?? [];
  const args = names.map(() => undefined);
  const wireArgs = names.map(() => undefined);
  const wire = {};
  const explicit = Object.keys(method.bind).filter(path => !path.endsWith('*'));
  for (const [path, source] of Object.entries(method.bind)) {
    const [name, ...members] = source.split('.');
    const position = names.indexOf(name);
    const at = path === '*' ? [] : path.replace(/\.\*$/, '').split('.');
    let value = at.reduce((node, part) => node?.[part], leaves);
    if (value === undefined) continue;
    if (path.endsWith('*')) {
      value = structuredClone(value);
      for (const one of explicit) {
        const rest = one.split('.');
        if (at.every((part, i) => rest[i] === part)) remove(value, rest.slice(at.length));
      }
      // A message that is only made of named arguments, apart from what is left.
      if (Object.keys(value).length === 0 && members.length === 0) continue;
    }
    args[position] = put(args[position], members, as(value, 'sdk'));
    wireArgs[position] = put(wireArgs[position], members, as(value, 'wire'));
    merge(wire, at, as(value, 'wire'));
  }
  return { args, wire, wireArgs };
}

function message(service, type, left, isValid) {
  const made = {};
  const groups = new Set();
  for (const [name, text] of Object.entries(service.types[type])) {
    const [kind, ...marks] = text.split(' ');
    const group = mark(marks, 'oneof');
    if (isValid && group && groups.has(group)) continue;
    const value = valueOf(service, kind.replace(/\?$/, ''), name, left, isValid && marks);
    if (value === undefined) continue;
    made[name] = value;
    groups.add(group);
  }
  return made;
}

const mark = (marks, name) => marks.find(one => one.startsWith(`${name}=`))?.slice(name.length + 1);

const formats = {
  GUID: '6f1c3f1e-8d55-4f3c-9b1e-2a7d5b7c9e01', EMAIL: 'alice@example.com', PHONE: '+49301234567', WEB_URL: 'https://example.com/', URI: 'https://example.com/',
  COUNTRY: 'DE', CURRENCY: 'EUR', LANGUAGE: 'en', LANGUAGE_TAG: 'en', COLOR_HEX: '#3366ff', LOCAL_DATE: '2026-11-30', LOCAL_TIME: '10:00:00',
  LOCAL_DATE_TIME: '2026-11-30T10:00:00', DECIMAL_VALUE: '10.50',
};

/** A text as the marks of its field say; the field's name without them. */
function text(name, marks) {
  if (!marks) return `s-${name}`;
  const made = formats[marks.includes('decimal') ? 'DECIMAL_VALUE' : mark(marks, 'format')] ?? `s-${name}`;
  return made.padEnd(Number(mark(marks, 'minLength') ?? 0), 'x').slice(0, Number(mark(marks, 'maxLength') ?? Infinity));
}

function valueOf(service, kind, name, left, marks) {
  if (kind.endsWith('[]')) {
    const one = valueOf(service, kind.slice(0, -2), name, left, marks);
    return one === undefined ? undefined : [one];
  }
  if (kind.startsWith('map<')) {
    const one = valueOf(service, inner(kind), name, left, marks);
    return one === undefined ? undefined : { key: one };
  }
  const leaf = (sdk, wire = sdk) => ({ isLeaf: true, sdk, wire });
  switch (kind) {
    case 'string': return leaf(text(name, marks));
    case 'int': return leaf(marks ? Math.min(Math.max(7, Number(mark(marks, 'min') ?? 7)), Number(mark(marks, 'max') ?? 7)) : 7);
    case 'double': return leaf(1.5);
    case 'bool': return leaf(true);
    case 'date': return leaf(new Date(86400000), '1970-01-02T00:00:00.000Z');
    case 'bytes': return leaf(Uint8Array.from([1, 2, 250]), 'AQL6');
    case 'duration': return leaf({ seconds: '90', nanos: 5 }, '90.000000005s');
    case 'mask': return leaf(['a', 'b.c'], 'a,b.c');
    case 'struct': case 'any': return leaf({ some: 'thing' });
  }
  if (service.enums?.[kind]) return leaf(service.enums[kind].at(-1));
  return left === 0 ? undefined : message(service, kind, left - 1, Boolean(marks));
}

function as(node, form) {
  if (Array.isArray(node)) return node.map(one => as(one, form));
  if (node?.isLeaf) return structuredClone(node[form]);
  return Object.fromEntries(Object.entries(node).map(([name, value]) => [name, as(value, form)]));
}

function remove(node, [name, ...rest]) {
  if (!node || node.isLeaf) return;
  if (Array.isArray(node)) {
    for (const one of node) remove(one, [name, ...rest]);
  } else if (name === '*') {
    for (const one of Object.values(node)) remove(one, rest);
  } else if (rest.length === 0) {
    delete node[name];
  } else {
    remove(node[name], rest);
  }
}

function put(target, [name, ...rest], value) {
  if (name === undefined) return target && typeof value === 'object' && !Array.isArray(value) ? { ...target, ...value } : value;
  return { ...target, [name]: put(target?.[name], rest, value) };
}

function merge(target, path, value) {
  if (path.length === 0) {
    Object.assign(target, value);
    return;
  }
  const [name, ...rest] = path;
  if (rest.length === 0 && (typeof value !== 'object' || Array.isArray(value) || !target[name])) target[name] = value;
  else merge((target[name] ??= {}), rest, value);
}
