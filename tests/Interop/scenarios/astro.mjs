// A backend on Wix's Astro integration: its published middleware and login routes, with a small stand-in for Astro around them.
import { auth } from '@wix/essentials';
import { siteProperties } from '@wix/business-tools';
import { answerOf } from '../answer.mjs';
import { onRequest } from '../node_modules/@wix/astro/build/dependencies/astro-auth/backend-runtime/middleware/auth.mjs';
import * as callback from '../node_modules/@wix/astro/build/dependencies/astro-auth/backend-runtime/routes/callback.mjs';
import * as login from '../node_modules/@wix/astro/build/dependencies/astro-auth/backend-runtime/routes/login.mjs';
import * as logoutCallback from '../node_modules/@wix/astro/build/dependencies/astro-auth/backend-runtime/routes/logout-callback.mjs';
import * as logout from '../node_modules/@wix/astro/build/dependencies/astro-auth/backend-runtime/routes/logout.mjs';

const endpoints = {
  'GET /api/my-api': async () => {
    const { properties } = await auth.elevate(siteProperties.getSiteProperties)();
    return Response.json({ businessName: properties.businessName });
  },
  'GET /api/who-am-i': async () => Response.json(await auth.getTokenInfo()),
  'GET /api/auth/login': login.GET,
  'GET /api/auth/callback': callback.GET,
  'POST /api/auth/logout': logout.POST,
  'GET /api/auth/logout-callback': logoutCallback.GET,
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
      delete: (name) => setCookies.push(`${name}=deleted; Max-Age=0`),
    },
    redirect: (location) => new Response(null, { status: 302, headers: { Location: location } }),
  };
  const response = await onRequest(context, () => endpoints[`${method} ${context.url.pathname}`](context));
  return {
    ...(await answerOf(response)),
    location: response.headers.get('location'),
    setCookies: [...response.headers.getSetCookie(), ...setCookies],
  };
}
