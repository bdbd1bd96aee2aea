import { createClient, OAuthStrategy } from '@wix/sdk';
import { SiteSessionAuth } from '@wix/sdk/auth/site-session';
import { auth } from '@wix/essentials';
import { siteProperties } from '@wix/business-tools';

const modules = { siteProperties };

export function generateVisitorTokens({ clientId, tokens }) {
  return OAuthStrategy({ clientId }).generateVisitorTokens(tokens);
}

export function renewToken({ clientId, refreshToken }) {
  return OAuthStrategy({ clientId }).renewToken(refreshToken);
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
