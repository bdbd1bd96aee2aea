import { createClient, ApiKeyStrategy } from '@wix/sdk';
import { siteProperties } from '@wix/business-tools';
import { answerOf } from '../answer.mjs';

const client = (credentials) => createClient({ auth: ApiKeyStrategy(credentials), modules: { siteProperties } });

export const readSiteProperties = ({ credentials, fields }) => client(credentials).siteProperties.getSiteProperties({ fields });

export const renameBusiness = ({ credentials, businessName }) =>
  client(credentials).siteProperties.updateBusinessProfile({ businessName }, { fields: ['businessName'] });

export const changeEmailAsProfile = ({ credentials, email }) =>
  client(credentials).siteProperties.updateBusinessProfile({ email }, { fields: ['email'] });

/** Renames the business and reads its name, with one client. */
export async function renameAndRead({ credentials, businessName }) {
  const { siteProperties: site } = client(credentials);
  await site.updateBusinessProfile({ businessName }, { fields: ['businessName'] });
  return (await site.getSiteProperties()).properties.businessName;
}

/** What there is no module for: the sites of an account, with fetchWithAuth(). */
export async function listSites({ credentials }) {
  const init = { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: '{}' };
  return answerOf(await client(credentials).fetchWithAuth('https://www.wixapis.com/site-list/v2/sites/query', init));
}
