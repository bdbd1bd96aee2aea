import { createClient, AppStrategy } from '@wix/sdk';
import { auth } from '@wix/essentials';
import { siteProperties } from '@wix/business-tools';

const modules = { siteProperties };

/** Reads the business name as often as asked, with one client. */
export async function readBusinessName({ credentials, times = 1 }) {
  const client = createClient({ auth: AppStrategy(credentials), modules });
  const names = [];
  for (let i = 0; i < times; i++) {
    names.push((await client.siteProperties.getSiteProperties()).properties.businessName);
  }
  return names;
}

/** The caller's token to the app's own, as a backend does before an elevated call. */
export async function readBusinessNameElevated({ credentials }) {
  const strategy = await AppStrategy(credentials).elevated();
  const { properties } = await createClient({ auth: strategy, modules }).siteProperties.getSiteProperties();
  return properties.businessName;
}

export const getAuthHeaders = ({ credentials }) => AppStrategy(credentials).getAuthHeaders();

export const tokenInfo = ({ credentials }) => AppStrategy(credentials).getTokenInfo();

/** What a backend in Wix's JavaScript stack does: the caller's client and the elevated one in one context, then auth.elevate(). */
export async function elevate({ credentials, caller }) {
  createClient({ auth: { getAuthHeaders: () => ({ headers: { Authorization: caller } }) } }).enableContext('global');
  createClient({ auth: AppStrategy(credentials) }).enableContext('global', { elevated: true });
  const { properties } = await auth.elevate(siteProperties.getSiteProperties)();
  return properties.businessName;
}

/** The Authorization header of one client, as often as asked. */
export async function authorizations({ credentials, times }) {
  const strategy = AppStrategy(credentials);
  const tokens = [];
  for (let i = 0; i < times; i++) {
    tokens.push((await strategy.getAuthHeaders()).headers.Authorization);
  }
  return tokens;
}

export const installUrl = ({ credentials, redirectUrl, state, token }) => AppStrategy(credentials).getInstallUrl({ redirectUrl, state, token });

/** The browser has come back from an installation: the instance, and the business name that its tokens read. */
export async function finishInstallation({ credentials, url, state }) {
  const client = createClient({ auth: AppStrategy(credentials), modules });
  const { instanceId, refreshToken } = await client.auth.handleOAuthCallback(url, { state });
  const { properties } = await client.siteProperties.getSiteProperties();
  return { instanceId, refreshToken, businessName: properties.businessName };
}

export async function readUnelevated({ caller }) {
  createClient({ auth: { getAuthHeaders: () => ({ headers: { Authorization: caller } }) } }).enableContext('global');
  return await siteProperties.getSiteProperties();
}
