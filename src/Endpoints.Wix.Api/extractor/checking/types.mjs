import ts from '../reading/typescript.mjs';

/** Where the messages of a service's methods differ from what the checker makes of their declarations. */
export function typeDifferences(service, source, checker) {
  const state = { service, checker, seen: new Set(), fields: 0, differences: [] };
  const methods = new Map(service.methods.map(one => [one.name, one]));
  for (const statement of source.statements) {
    if (!ts.isFunctionDeclaration(statement) || !statement.type?.typeArguments) continue;
    const method = methods.get(statement.name.text.replace(/\$\d+$/, ''));
    if (!method) continue;
    const [, , , request, , response] = statement.type.typeArguments;
    message(state, method.request, checker.getTypeFromTypeNode(request));
    message(state, method.response, checker.getTypeFromTypeNode(response));
  }
  return { fields: state.fields, differences: state.differences };
}

function message(state, name, type) {
  if (state.seen.has(name)) return;
  state.seen.add(name);
  const facts = state.service.types[name];
  const declared = new Map(state.checker.getPropertiesOfType(type).map(one => [one.name, one]));
  for (const member of new Set([...Object.keys(facts), ...declared.keys()])) {
    state.fields++;
    const where = `${name}.${member}`;
    if (!facts[member] || !declared.has(member)) state.differences.push(`${where} is only ${facts[member] ? 'in the facts' : 'declared'}`);
    else field(state, where, facts[member].split(' ')[0], state.checker.getTypeOfSymbol(declared.get(member)));
  }
}

function field(state, where, fact, type) {
  const parts = type.isUnion() ? type.types : [type];
  const isNullable = parts.some(one => one.flags & ts.TypeFlags.Null);
  if (isNullable !== fact.endsWith('?') && !(type.flags & ts.TypeFlags.Any)) {
    state.differences.push(`${where} is ${fact}, and null is ${isNullable ? 'a' : 'no'} value`);
    return;
  }
  const said = kind(state, fact.replace(/\?$/, ''), state.checker.getNonNullableType(type));
  if (said) state.differences.push(`${where} is ${fact}, and declared as ${said}`);
}

/** What a type is, when it is not what the facts say. */
function kind(state, fact, type) {
  const { checker, service } = state;
  const text = checker.typeToString(type);
  if (fact === 'mask' && (text === 'string' || checker.isArrayType(type))) return undefined; // names joined by commas on the wire
  if (fact.endsWith('[]')) {
    return checker.isArrayType(type) ? kind(state, fact.slice(0, -2), checker.getNonNullableType(checker.getTypeArguments(type)[0])) : text;
  }
  if (fact.startsWith('map<')) {
    const value = checker.getStringIndexType?.(type) ?? checker.getIndexTypeOfType(type, ts.IndexKind.String);
    return value ? kind(state, fact.slice(4, -1), checker.getNonNullableType(value)) : text;
  }
  switch (fact) {
    case 'string': return type.flags & ts.TypeFlags.String ? undefined : text;
    case 'int': case 'double': return type.flags & ts.TypeFlags.Number ? undefined : text;
    case 'bool': return text === 'boolean' ? undefined : text;
    case 'date': return text === 'Date' ? undefined : text;
    case 'bytes': return /^Uint8Array/.test(text) || text === 'string' ? undefined : text;
    case 'duration': return text === 'GoogleProtoDuration' || text === 'string' ? undefined : text;
    case 'struct': return checker.getIndexTypeOfType(type, ts.IndexKind.String)?.flags & ts.TypeFlags.Any ? undefined : text;
    case 'any': return type.flags & ts.TypeFlags.Any ? undefined : text;
  }
  if (service.enums?.[fact]) {
    const members = new Set((type.isUnion() ? type.types : [type]).map(one => one.value));
    const facts = service.enums[fact];
    return members.size === new Set(facts).size && facts.every(one => members.has(one)) ? undefined : text;
  }
  if (!(type.flags & ts.TypeFlags.Object)) return text;
  message(state, fact, type);
  return undefined;
}
