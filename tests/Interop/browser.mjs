// As much of a browser as Wix's session code for pages needs: cookies that follow requests, document.cookie, location.

/**
 * Calls `use` as a script on a page at `url` would run, with cookies as `Set-Cookie` would have brought them. Gives its result, and the
 * cookies that scripts of the page see afterwards.
 */
export async function onPage({ url, cookies = [] }, use) {
  const page = new URL(url);
  const jar = new Map();
  cookies.forEach((cookie) => store(jar, cookie));

  const before = { fetch: globalThis.fetch, document: globalThis.document, location: globalThis.location };
  globalThis.location = page;
  globalThis.document = {
    get cookie() {
      return header(jar, (cookie) => !cookie.httpOnly);
    },
    set cookie(text) {
      if (!jar.get(text.slice(0, text.indexOf('=')))?.httpOnly) store(jar, text);
    },
  };
  globalThis.fetch = async (resource, init) => {
    const request = new Request(typeof resource === 'string' ? new URL(resource, page) : resource, init);
    if (new URL(request.url).origin !== page.origin) return before.fetch(request);

    if (jar.size > 0) request.headers.set('cookie', header(jar, () => true));
    request.headers.set('sec-fetch-site', 'same-origin');
    if (request.method !== 'GET' && request.method !== 'HEAD') request.headers.set('origin', page.origin);
    const response = await before.fetch(request);
    response.headers.getSetCookie().forEach((cookie) => store(jar, cookie));
    return response;
  };

  try {
    return { result: await use(), cookies: Object.fromEntries([...jar].filter(([, { httpOnly }]) => !httpOnly).map(([name, { value }]) => [name, value])) };
  } finally {
    Object.assign(globalThis, before);
  }
}

function store(jar, text) {
  const [pair, ...rest] = text.split(';');
  const at = pair.indexOf('=');
  const name = pair.slice(0, at);
  const attributes = new Map(rest.map((attribute) => attribute.trim().split('=')).map(([key, value]) => [key.toLowerCase(), value]));
  if (attributes.get('max-age') <= 0 || Date.parse(attributes.get('expires')) <= Date.now()) {
    jar.delete(name);
  } else {
    jar.set(name, { value: pair.slice(at + 1), httpOnly: attributes.has('httponly') });
  }
}

const header = (jar, which) =>
  [...jar]
    .filter(([, cookie]) => which(cookie))
    .map(([name, cookie]) => `${name}=${cookie.value}`)
    .join('; ');
