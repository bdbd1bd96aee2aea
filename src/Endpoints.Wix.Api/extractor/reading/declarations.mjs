import fs from 'node:fs';
import ts from './typescript.mjs';
import { demand } from './problem.mjs';

/**
 * What a declaration file declares: interfaces, enumerations, type aliases and functions, with the tags of their comments. Sentences are not read.
 */
export function declarations(file) {
  const source = ts.createSourceFile(file, fs.readFileSync(file, 'utf8'), ts.ScriptTarget.Latest, true);
  const read = { file, interfaces: new Map(), enums: new Map(), aliases: new Map(), functions: new Map(), constants: new Map(), exports: new Set(), typeExports: new Set() };
  for (const statement of source.statements) {
    if (ts.isInterfaceDeclaration(statement)) {
      if (statement.typeParameters) continue;
      read.interfaces.set(statement.name.text, statement);
    } else if (ts.isEnumDeclaration(statement)) {
      read.enums.set(statement.name.text, statement.members.map(member => member.initializer?.text ?? member.name.text));
    } else if (ts.isTypeAliasDeclaration(statement)) {
      read.aliases.set(statement.name.text, statement.type);
    } else if (ts.isFunctionDeclaration(statement)) {
      // Overloads: the one with the tags.
      const before = read.functions.get(statement.name.text);
      if (!before || tags(statement).length > tags(before).length) read.functions.set(statement.name.text, statement);
    } else if (ts.isVariableStatement(statement)) {
      for (const one of statement.declarationList.declarations) read.constants.set(one.name.text, one.type);
    } else if (ts.isExportDeclaration(statement) && statement.exportClause && ts.isNamedExports(statement.exportClause)) {
      for (const element of statement.exportClause.elements)
        (element.isTypeOnly || statement.isTypeOnly ? read.typeExports : read.exports).add(element.name.text);
    }
  }
  return read;
}

/** The tags of a comment, as [name, text]. */
export function tags(node) {
  return ts.getJSDocTags(node).map(tag => [tag.tagName.text, textOf(tag.comment)]);
}

/** The texts of all tags of a name. */
export const tagged = (node, name) => tags(node).filter(([tag]) => tag === name).map(([, text]) => text);

function textOf(comment) {
  if (comment === undefined) return '';
  return (typeof comment === 'string' ? comment : comment.map(part => part.text).join('')).trim();
}

const limits = ['minLength', 'maxLength', 'minSize', 'maxSize', 'min', 'max'];
const flags = ['readonly', 'immutable'];

/** The fields of an interface, its oneofs' included. */
export function fields(read, name) {
  const declared = read.interfaces.get(name);
  demand(declared, `${read.file}: no interface ${name}`);
  const oneOf = new Map();
  for (const clause of declared.heritageClauses ?? []) {
    for (const type of clause.types) {
      const base = type.expression.getText();
      const members = read.interfaces.get(base);
      demand(members, `${read.file}: ${name} extends ${base}, which is not there`);
      demand(tags(members).some(([tag]) => tag === 'oneof'), `${read.file}: ${name} extends ${base}, which is no oneof`);
      for (const member of members.members) oneOf.set(memberName(member), { group: base, member });
    }
  }
  const result = new Map();
  for (const member of declared.members) {
    demand(ts.isPropertySignature(member), `${read.file}: ${name} has a member that is no property`);
    result.set(memberName(member), field(read, name, member, oneOf.get(memberName(member))?.group));
  }
  for (const [member, { group, member: node }] of oneOf) {
    if (!result.has(member)) result.set(member, field(read, name, node, group));
  }
  return result;
}

const memberName = member => member.name.text;

function field(read, owner, member, group) {
  const where = `${read.file}: ${owner}.${memberName(member)}`;
  const { type, isNullable } = typeOf(read, member.type, where);
  const said = tags(member);
  const facts = { type, isNullable, marks: [] };
  if (group) facts.oneOf = group;
  for (const [tag, text] of said) {
    if (flags.includes(tag)) facts.marks.push(tag);
    else if (limits.includes(tag)) {
      demand(/^-?[\d.eE+-]+$/.test(text), `${where}: @${tag} ${text}`);
      facts.marks.push(`${tag}=${text}`);
    } else if (tag === 'format') {
      demand(/^[A-Z0-9_]+$/.test(text), `${where}: @format ${text}`);
      facts.marks.push(`format=${text}`);
    } else if (tag === 'decimalValue') facts.marks.push('decimal');
    else if (tag === 'deprecated') facts.marks.push('deprecated');
  }
  facts.marks = [...new Set(facts.marks)];
  return facts;
}

/** A type in the facts' own words: string, number, bool, date, bytes, struct, any, T, T[], map<T>. */
function typeOf(read, node, where) {
  if (ts.isUnionTypeNode(node)) {
    const rest = node.types.filter(type => !(ts.isLiteralTypeNode(type) && type.literal.kind === ts.SyntaxKind.NullKeyword) && type.kind !== ts.SyntaxKind.UndefinedKeyword);
    demand(rest.length === 1, `${where}: the union ${node.getText()}`);
    return { type: typeOf(read, rest[0], where).type, isNullable: rest.length < node.types.length };
  }
  return { type: plain(read, node, where), isNullable: false };
}

function plain(read, node, where) {
  switch (node.kind) {
    case ts.SyntaxKind.StringKeyword: return 'string';
    case ts.SyntaxKind.NumberKeyword: return 'number';
    case ts.SyntaxKind.BooleanKeyword: return 'bool';
    case ts.SyntaxKind.AnyKeyword: return 'any';
    case ts.SyntaxKind.ParenthesizedType: return typeOf(read, node.type, where).type;
    case ts.SyntaxKind.ArrayType: return `${typeOf(read, node.elementType, where).type}[]`;
  }
  demand(ts.isTypeReferenceNode(node), `${where}: the type ${node.getText()}`);
  const name = node.typeName.getText();
  if (name === 'Date') return 'date';
  if (name === 'Uint8Array') return 'bytes';
  if (name === 'GoogleProtoDuration') return 'duration';
  if (name === 'Array') return `${typeOf(read, node.typeArguments[0], where).type}[]`;
  if (name === 'Record') {
    const value = node.typeArguments[1];
    return value.kind === ts.SyntaxKind.AnyKeyword ? 'struct' : `map<${typeOf(read, value, where).type}>`;
  }
  const enumeration = name.replace(/WithLiterals$/, '');
  if (read.enums.has(enumeration)) return enumeration;
  demand(read.interfaces.has(name), `${where}: the type ${name} is not there`);
  return name;
}

/** The message that a field's type holds; undefined for a plain value. */
export const inner = type => type.replace(/^map<(.*)>$/, '$1').replace(/(\[\])+$/, '');
