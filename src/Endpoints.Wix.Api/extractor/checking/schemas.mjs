/** Where the messages of a service's methods differ from the zod schemas of their requests and answers. */
export function schemaDifferences(service, schemas) {
  const state = { service, seen: new Set(), fields: 0, differences: [] };
  for (const method of service.methods) {
    for (const [part, type] of [['Request', method.request], ['Response', method.response]]) {
      const name = `${method.name[0].toUpperCase()}${method.name.slice(1)}${part}`;
      const schema = schemas[name] ?? schemas[name[0].toLowerCase() + name.slice(1)];
      if (schema) message(state, type, unwrap(schema));
    }
  }
  return { fields: state.fields, differences: state.differences };
}

const definition = schema => schema?._zod?.def ?? schema?._def ?? {};

/** What is inside of optional, nullable, lazy and the like. */
function unwrap(schema) {
  for (;;) {
    const def = definition(schema);
    if (def.type === 'lazy') schema = def.getter();
    else if (def.innerType) schema = def.innerType;
    else if (def.type === 'pipe') schema = def.in;
    else return schema;
  }
}

const objects = schema => {
  const def = definition(schema);
  if (def.type === 'object') return [schema];
  if (def.type === 'intersection') return [def.left, def.right].flatMap(one => objects(unwrap(one)));
  if (def.type === 'union') return def.options.flatMap(one => objects(unwrap(one)));
  return [];
};

const names = { _id: 'id', _createdDate: 'createdDate', _updatedDate: 'updatedDate' };

function message(state, type, schema) {
  if (state.seen.has(type)) return;
  state.seen.add(type);
  const facts = state.service.types[type];
  for (const one of objects(schema)) {
    for (const [name, inner] of Object.entries(definition(one).shape)) {
      const fact = facts?.[names[name] ?? name];
      if (!fact || definition(unwrap(inner)).type === 'never') continue; // named arguments of JavaScript, and what a oneof leaves out
      state.fields++;
      const said = kind(state, fact.split(' ')[0].replace(/\?$/, ''), fact, unwrap(inner));
      if (said) state.differences.push(`${type}.${name} is ${fact}, and in its schema ${said}`);
    }
  }
}

/** What a schema is, when it is not what the facts say. */
function kind(state, fact, line, schema) {
  const { type, element, valueType, entries } = definition(schema);
  if (type === 'any' || type === 'custom' || type === 'unknown') return undefined;
  if (fact.endsWith('[]')) return type === 'array' ? kind(state, fact.slice(0, -2), line, unwrap(element)) : type;
  if (fact.startsWith('map<')) return type === 'record' ? kind(state, fact.slice(4, -1), line, unwrap(valueType)) : type;
  if (state.service.enums?.[fact]) return type === 'enum' ? (Object.values(entries).every(one => state.service.enums[fact].includes(one)) ? undefined : 'another enum') : type;
  const plain = { string: 'string', int: 'number', double: 'number', bool: 'boolean', date: 'date', struct: 'record', any: type, mask: 'array', bytes: type, duration: type };
  if (plain[fact]) return plain[fact] === type || (fact === 'mask' && type === 'string') ? undefined : type;
  if (type === 'string') return undefined; // JavaScript's text of an image or a page's address
  if (objects(schema).length === 0) return type;
  message(state, fact, schema);
  return undefined;
}
