// A backend on Wix's Astro integration: its published middleware and login routes, with a small stand-in for Astro around them.
import { auth } from '@wix/essentials';
import { siteProperties } from '@wix/business-tools';
import { onRequest } from '../node_modules/@wix/astro/build/dependencies/astro-auth/backend-runtime/middleware/auth.mjs';

const endpoints = {
  'GET /api/my-api': async () => {
    const { properties } = await auth.elevate(siteProperties.getSiteProperties)();
    return Response.json({ businessName: properties.businessName });
  },
  'GET /api/who-am-i': async () => Response.json(await auth.getTokenInfo()),
};

/** A request through the middleware to an endpoint. */
export async function request({ method = 'GET', url, headers = {} }) {
  const setCookies = [];
  const cookies = new Map(
    (headers.Cookie ?? '')
      .split('; ')
      .filter(Boolean)
      .map((pair) => [pair.slice(0, pair.indexOf('=')), decodeURIComponent(pair.slice(pair.indexOf('=') + 1))]),
  );
  const context = {
    request: new Request(url, { method, headers }),
    url: new URL(url),
    isPrerendered: false,
    locals: {},
    cookies: {
      get: (name) => (cookies.has(name) ? { value: cookies.get(name), json: () => JSON.parse(cookies.get(name)) } : undefined),
      set: (name, value) => setCookies.push(`${name}=${encodeURIComponent(JSON.stringify(value))}`),
    },
  };
  const response = await onRequest(context, () => endpoints[`${method} ${context.url.pathname}`]());
  return { status: response.status, body: await response.json(), setCookies };
}
