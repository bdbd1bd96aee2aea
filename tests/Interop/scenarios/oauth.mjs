import { createClient, OAuthStrategy } from '@wix/sdk';
import { SiteSessionAuth } from '@wix/sdk/auth/site-session';
import { auth } from '@wix/essentials';
import { siteProperties } from '@wix/business-tools';

const modules = { siteProperties };

export function generateVisitorTokens({ clientId, tokens }) {
  return OAuthStrategy({ clientId }).generateVisitorTokens(tokens);
}

export function readSiteProperties({ clientId, tokens }) {
  return createClient({ auth: OAuthStrategy({ clientId, tokens }), modules }).siteProperties.getSiteProperties();
}

/** Who the platform says a client is, and the tokens that the client has afterwards. */
export async function whoAmI({ clientId, tokens, site }) {
  const client = createClient({ auth: (site ? SiteSessionAuth : OAuthStrategy)({ clientId, tokens }), modules });
  await client.auth.getAuthHeaders();
  client.enableContext('global');
  return { tokens: client.auth.getTokens(), loggedIn: client.auth.loggedIn(), info: site ? null : await auth.getTokenInfo() };
}

/** The first half of a login: the page to send the browser to, and what to keep until it comes back. */
export async function beginLogin({ clientId, tokens, callbackUrl, returnTo, responseMode, prompt }) {
  const session = OAuthStrategy({ clientId, tokens });
  const oauthData = session.generateOAuthData(callbackUrl, returnTo);
  const { authUrl } = await session.getAuthUrl(oauthData, { responseMode, prompt });
  return { authUrl, oauthData };
}

/** The second half: the browser has come back to `url`. */
export async function finishLogin({ clientId, url, responseMode, oauthData }) {
  const session = OAuthStrategy({ clientId });
  const { code, state, error, errorDescription } = session.parseFromUrl(url, responseMode);
  if (error) return { error, errorDescription };

  session.setTokens(await session.getMemberTokens(code, state, oauthData));
  const client = createClient({ auth: session });
  client.enableContext('global');
  return { tokens: session.getTokens(), loggedIn: session.loggedIn(), info: await auth.getTokenInfo() };
}

/** The page that ends the session at Wix too, and the tokens that the client has afterwards. */
export async function logout({ clientId, tokens, returnTo }) {
  const session = OAuthStrategy({ clientId, tokens });
  return { logoutUrl: (await session.logout(returnTo)).logoutUrl, tokens: session.getTokens() };
}

/** A login page of one's own: what the platform answers to an email address and a password. */
export const register = ({ clientId, email, password }) => OAuthStrategy({ clientId }).register({ email, password });

export const login = ({ clientId, email, password }) => OAuthStrategy({ clientId }).login({ email, password });

/** A member logged in by a server that knows them: a visitor's token and an API key give the member's. */
export async function externalLogin({ clientId, memberId, apiKey }) {
  const session = OAuthStrategy({ clientId });
  await session.getAuthHeaders();
  session.setTokens(await session.getMemberTokensForExternalLogin(memberId, apiKey));
  createClient({ auth: session }).enableContext('global');
  return { tokens: session.getTokens(), loggedIn: session.loggedIn(), info: await auth.getTokenInfo() };
}
