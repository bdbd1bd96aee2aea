import fs from 'node:fs';
import vm from 'node:vm';
import { demand } from './problem.mjs';

/**
 * Runs a package's meta.js with a runtime that only takes notes, and gives what each public function would send where.
 * @returns {Map<string, object>} by the function's name
 */
export function operations(file) {
  const notes = [];
  const exported = evaluate(file, notes);
  const found = new Map();
  for (const [name, describe] of Object.entries(exported.exports)) {
    if (typeof describe !== 'function' || describe.length > 0) continue;
    const source = describe.toString();
    const inner = /const getRequestOptions = ([\w$]+)\(\s*payload\s*\)/.exec(source)?.[1];
    demand(inner || !source.includes('getUrl'), `${file}: ${name} is of another kind`);
    if (!inner) continue;
    found.set(name, { inner, ...operation(file, name, exported.inner(inner), exported.inner(describe.name)(), notes) });
  }
  return found;
}

function operation(file, name, request, description, notes) {
  const where = `${file}: ${name}`;
  const payload = { marker: 'payload' };
  notes.length = 0;
  const sent = request(payload)({ host: 'www.wixapis.com' });
  const requestPaths = flatten(notes, where);
  notes.length = 0;
  sent.transformResponse?.({});
  const responsePaths = flatten(notes, where);
  demand(sent.url?.noted === 'url', `${where}: no url`);
  demand(sent.method === description.httpMethod, `${where}: two methods`);
  const hasBody = sent.data !== undefined;
  const query = sent.params;
  demand(!hasBody || !query, `${where}: both a body and a query`);
  demand(hasBody || query?.noted === 'query', `${where}: neither a body nor a query`);
  demand(!hasBody || sent.data === payload || sent.data?.noted === 'transformed', `${where}: the body is not the request`);
  const known = ['entityFqdn', 'method', 'methodFqn', 'packageName', 'migrationOptions', 'url', 'data', 'params', 'transformResponse', 'fallback', 'responseType'];
  for (const key of Object.keys(sent)) demand(known.includes(key), `${where}: the request has ${key}`);
  const fallbacks = (sent.fallback ?? []).map(one => ({ method: one.method, url: one.url, isBody: one.data !== undefined }));
  return {
    entityFqdn: sent.entityFqdn,
    methodFqn: sent.methodFqn,
    method: sent.method,
    url: sent.url,
    pathParams: Object.values(description.pathParams ?? {}),
    query: hasBody ? undefined : query.isComplex ? 'packed' : 'flat',
    fallback: fallbacks.find(one => one.isBody),
    requestPaths,
    responsePaths,
  };
}

function flatten(notes, where) {
  const paths = [];
  for (const specs of notes) {
    for (const { transformFn, paths: given } of specs) {
      demand(typeof transformFn?.noted === 'string', `${where}: a transformation without a name`);
      for (const one of given) paths.push({ transformation: transformFn.noted, ...one });
    }
  }
  return paths;
}

function evaluate(file, notes) {
  const anything = () => new Proxy({}, { get: (_, name) => Object.assign(() => undefined, { noted: name }) });
  const modules = {
    '@wix/sdk-runtime/rest-modules': {
      toURLSearchParams: (_, isComplex) => ({ noted: 'query', isComplex: isComplex === true }),
      resolveUrl: options => ({ noted: 'url', protoPath: options.protoPath, mappings: options.domainToMappings }),
    },
    '@wix/sdk-runtime/transformations/transform-paths': {
      transformPaths: (_, specs) => (notes.push(specs), { noted: 'transformed' }),
    },
  };
  const module = { exports: {} };
  const source = `(function (require, module, exports) {${fs.readFileSync(file, 'utf8')}\n;return { exports: module.exports, inner: __name => eval(__name) };})`;
  return vm.runInThisContext(source, { filename: file })(
    name => {
      demand(name.startsWith('@wix/sdk-runtime/') || name.startsWith('@wix/sdk-types'), `${file} requires ${name}`);
      return modules[name] ?? anything();
    }, module, module.exports);
}

const host = 'www.wixapis.com';

/** The path on Wix's API host that the SDK sends to, and the one without /_api/ where there is one. */
export function route({ protoPath, mappings }) {
  const all = (mappings[host] ?? []).filter(one => protoPath === one.destPath || protoPath.startsWith(one.destPath));
  const paths = all.map(one => one.srcPath + protoPath.slice(one.destPath.length));
  if (paths.length === 0) return undefined;
  const open = paths[0].startsWith('/_api/') ? paths.find(one => !one.startsWith('/_api/')) : undefined;
  return { path: paths[0], publicPath: open };
}
