// Scripts on a page of a site, with the session code that Wix's Astro integration puts there: the session lives in the cookie wixSession.
import { auth, httpClient } from '@wix/essentials';
import { setup } from '../node_modules/@wix/astro/build/dependencies/astro-auth/browser-runtime/setup.js';
import { answerOf } from '../answer.mjs';
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
export const fetchWithAuth = (page) => onSite(page, async () => answerOf(await httpClient.fetchWithAuth(page.path, page.init)));

/** fetch() from a page: nothing but the cookie tells who calls. */
export const plainFetch = (page) => onPage(page, async () => answerOf(await fetch(page.path, page.init)));

/** A script reads the session and writes it again as it is. */
export const writeAgain = (page) => onSite(page, (session) => session.setTokens(session.getTokens()));

/** A script ends the session, and sends the browser to the page it gets for that. */
export const logout = (page) => onSite(page, async (session) => (await session.logout(page.url)).logoutUrl);
