import fs from 'node:fs';
import ts from './typescript.mjs';
import { demand } from './problem.mjs';

/**
 * How the functions of an index.js make a request out of their arguments and a value out of the answer, by the name of the inner request function.
 * @returns {Map<string, { args: string[], bind: [string, string][], returns: string | undefined, sdkPaths: string[] }>}
 */
export function functions(file) {
  const text = fs.readFileSync(file, 'utf8');
  const found = new Map();
  // One function at a time: the file as a whole is mostly lists of paths.
  for (const [source] of text.matchAll(/^(?:async )?function \w+\([^)]*\) \{\n[^]*?^\}$/gm)) {
    const inner = /const reqOpts = (\w+)\(/.exec(source)?.[1];
    if (!inner) continue;
    const declared = ts.createSourceFile(file, source, ts.ScriptTarget.Latest, true, ts.ScriptKind.JS).statements[0];
    const read = /queryBuilder\)?\(/.test(source) && !source.startsWith('async') ? builder(file, declared) : call(file, declared);
    const before = found.get(inner);
    // A query has a builder as well; the plain form says more.
    if (!before || before.isBuilder) found.set(inner, { ...read, pagingMethod: read.pagingMethod ?? before?.pagingMethod });
    else if (read.isBuilder) before.pagingMethod = read.pagingMethod;
  }
  return found;
}

const parameters = declared => declared.parameters.map(one => one.name.text);

function builder(file, declared) {
  const paging = find(declared, node => ts.isPropertyAssignment(node) && node.name.text === 'pagingMethod')?.initializer.text;
  const transformer = find(declared, node => ts.isPropertyAssignment(node) && node.name.text === 'responseTransformer');
  const items = transformer && find(transformer, node => ts.isPropertyAssignment(node) && node.name.text === 'items')?.initializer;
  return {
    isBuilder: true,
    name: declared.name.text,
    args: ['query', ...parameters(declared)],
    bind: [['query', 'query'], ...parameters(declared).map(name => ['*', name])],
    returns: undefined,
    items: items && ts.isPropertyAccessExpression(items) ? items.name.text : undefined,
    pagingMethod: paging,
    sdkPaths: [],
    renameExceptions: [],
  };
}

function call(file, declared) {
  const where = `${file}: ${declared.name.text}`;
  const payload = find(declared, node => ts.isVariableDeclaration(node) && node.name.getText() === 'payload')?.initializer;
  demand(payload, `${where}: no payload`);
  const { literal, sdkPaths } = unwrap(payload, where);
  const args = parameters(declared);
  const bind = [];
  if (literal.kind === ts.SyntaxKind.Identifier) bind.push(['*', literal.text]);
  else collect(literal, '', args, bind, where);
  return { name: declared.name.text, args, bind, returns: returned(declared, where), sdkPaths };
}

/** What is inside the calls that rename and transform: the literal that the request is made of, and the paths that are transformed on the way. */
function unwrap(expression, where) {
  const sdkPaths = [];
  for (;;) {
    if (ts.isParenthesizedExpression(expression) || ts.isAsExpression(expression)) {
      expression = expression.expression;
    } else if (ts.isCallExpression(expression)) {
      const name = callee(expression);
      demand(['renameKeysFromSDKRequestToRESTRequest', 'transformPaths'].includes(name), `${where}: the payload comes from ${name}`);
      if (name === 'transformPaths') sdkPaths.push(...paths(expression.arguments[1]));
      expression = expression.arguments[0];
    } else {
      demand(ts.isObjectLiteralExpression(expression) || ts.isIdentifier(expression), `${where}: the payload is ${expression.getText().slice(0, 60)}`);
      return { literal: expression, sdkPaths };
    }
  }
}

const callee = node => {
  const target = ts.isParenthesizedExpression(node.expression) ? node.expression.expression.right : node.expression;
  return ts.isPropertyAccessExpression(target) ? target.name.text : target.getText();
};

function paths(specs) {
  const found = [];
  for (const spec of specs.elements) {
    const list = spec.properties.find(one => one.name.text === 'paths').initializer;
    for (const one of list.elements) found.push(one.properties.find(part => part.name.text === 'path').initializer.text);
  }
  return found;
}

/** An object literal, member by member: [path in the request, where it comes from]. */
function collect(literal, prefix, args, bind, where) {
  const path = name => (prefix ? `${prefix}.${name}` : name);
  for (const member of literal.properties) {
    if (ts.isSpreadAssignment(member)) {
      bind.push([path('*'), source(member.expression, args, where)]);
    } else if (ts.isShorthandPropertyAssignment(member)) {
      demand(args.includes(member.name.text), `${where}: ${member.name.text} is no argument`);
      bind.push([path(member.name.text), member.name.text]);
    } else {
      demand(ts.isPropertyAssignment(member), `${where}: ${member.getText().slice(0, 60)}`);
      const name = member.name.text;
      if (ts.isObjectLiteralExpression(member.initializer)) collect(member.initializer, path(name), args, bind, where);
      else bind.push([path(name), source(member.initializer, args, where)]);
    }
  }
}

/** An argument, or a member of one: x, options.x. */
function source(node, args, where) {
  if (ts.isIdentifier(node)) {
    demand(args.includes(node.text), `${where}: ${node.text} is no argument`);
    return node.text;
  }
  demand(ts.isPropertyAccessExpression(node), `${where}: the payload takes ${node.getText().slice(0, 60)}`);
  return `${source(node.expression, args, where)}.${node.name.text}`;
}

/** The member of the answer that is returned; '' for all of it, undefined for nothing. */
function returned(declared, where) {
  const body = find(declared, ts.isTryStatement);
  demand(body, `${where}: no try`);
  const last = body.tryBlock.statements.at(-1);
  if (!ts.isReturnStatement(last)) return undefined;
  let expression = last.expression;
  const members = [];
  while (ts.isPropertyAccessExpression(expression) && !(ts.isIdentifier(expression.expression) && expression.expression.text === 'result')) {
    members.unshift(expression.name.text);
    expression = expression.expression;
  }
  return members.join('.');
}

function find(node, matches) {
  if (matches(node)) return node;
  return ts.forEachChild(node, child => find(child, matches));
}
