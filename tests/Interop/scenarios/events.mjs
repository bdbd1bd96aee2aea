// What Wix calls: webhooks, checked and taken apart by the package.
import { createClient, AppStrategy } from '@wix/sdk';
import * as products from '@wix/auto_sdk_stores_products-v-3';

/** What a handler for created products is given, and what the package says of the event. */
export async function productCreated({ appId, publicKey, body }) {
  const client = createClient({ auth: AppStrategy({ appId, publicKey }), modules: { products } });
  const received = [];
  client.products.onProductCreated((event) => void received.push(event));
  const { eventType, instanceId, identity } = await client.webhooks.process(body);
  return { eventType, instanceId, identity, received };
}

/** A service plugin's request, checked as the package does: issuer and audience too. */
export const servicePlugin = ({ appId, publicKey, body }) =>
  createClient({ auth: AppStrategy({ appId, publicKey }) }).servicePlugins.parseJWT(body);
