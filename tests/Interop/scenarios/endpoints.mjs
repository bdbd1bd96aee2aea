// Calls to a site's own endpoints with the caller's token: client.fetchWithAuth() and httpClient.fetchWithAuth().
import { createClient, ApiKeyStrategy, AppStrategy, OAuthStrategy } from '@wix/sdk';
import { httpClient } from '@wix/essentials';
import { dashboard } from '@wix/dashboard';
import { answerOf } from '../answer.mjs';

const clients = {
  apiKey: (credentials) => createClient({ auth: ApiKeyStrategy(credentials) }),
  app: (credentials) => createClient({ auth: AppStrategy(credentials) }),
  oauth: (credentials) => createClient({ auth: OAuthStrategy(credentials) }),
  // In the back office the page around an app's dashboard page hands it the user's token, through a channel between the two.
  dashboard: ({ accessToken }) =>
    createClient({ host: { environment: {}, channel: { getAccessToken: async () => accessToken } }, auth: dashboard.auth(), modules: { dashboard } }),
};

export const clientFetch = async ({ as, credentials, url, init }) => answerOf(await clients[as](credentials).fetchWithAuth(url, init));

export async function httpClientFetch({ as, credentials, url, init }) {
  clients[as](credentials).enableContext('global');
  return answerOf(await httpClient.fetchWithAuth(url, init));
}

/** With a Request object, whose headers httpClient leaves behind. */
export async function httpClientFetchRequest({ as, credentials, url, init }) {
  clients[as](credentials).enableContext('global');
  return answerOf(await httpClient.fetchWithAuth(new Request(url, init)));
}
