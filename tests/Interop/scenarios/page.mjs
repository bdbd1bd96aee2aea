// Scripts on a page of a site, with the session code that Wix's Astro integration puts there: the session lives in the cookie wixSession.
import { auth, httpClient } from '@wix/essentials';
import { setup } from '../node_modules/@wix/astro/build/dependencies/astro-auth/browser-runtime/setup.js';
import { onPage } from '../browser.mjs';

const onSite = ({ clientId, url, cookies }, use) =>
  onPage({ url, cookies }, () => {
    setup({ clientId });
    return use(auth.getContextualAuth());
  });

/** Who the session in the cookie says the browser is. */
export const whoAmI = (page) =>
  onSite(page, async (session) => {
    await session.getAuthHeaders();
    return { tokens: session.getTokens(), loggedIn: session.loggedIn(), info: await auth.getTokenInfo() };
  });

/** httpClient.fetchWithAuth() from a page. */
export const fetchWithAuth = (page) => onSite(page, async () => answer(await httpClient.fetchWithAuth(page.fetch, page.init)));

/** fetch() from a page: nothing but the cookie tells who calls. */
export const plainFetch = (page) => onPage(page, async () => answer(await fetch(page.fetch, page.init)));

async function answer(response) {
  const text = await response.text();
  return { status: response.status, body: response.headers.get('content-type')?.includes('json') ? JSON.parse(text) : text };
}
