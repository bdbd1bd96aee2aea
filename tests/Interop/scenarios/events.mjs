// What Wix calls: webhooks, checked and taken apart by the package.
import { createClient, AppStrategy } from '@wix/sdk';
import { EventDefinition } from '@wix/sdk-types';
import { SignJWT, importPKCS8 } from 'jose';
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

/** What a handler of each event is given: the event of a package is its type, and whether it is about an entity. */
export async function everyEvent({ appId, publicKey, events }) {
  const all = [];
  for (const { type, isDomainEvent, body } of events) {
    const client = createClient({ auth: AppStrategy({ appId, publicKey }), modules: { onEvent: EventDefinition(type, isDomainEvent, x => x)() } });
    const received = [];
    client.onEvent((envelope) => void received.push(envelope));
    const { eventType, instanceId, identity, payload } = await client.webhooks.process(body);
    all.push({ eventType, instanceId, identity, payload, received });
  }
  return all;
}

/** What a plugin of a package is given for each call, and what it answers to Wix: what it is told to, as the package writes it. */
export async function everyPlugin({ appId, publicKey, calls }) {
  const all = [];
  for (const { package: name, method, url, body, answer } of calls) {
    const plugin = await import(name);
    const client = createClient({ auth: AppStrategy({ appId, publicKey }), modules: { plugin } });
    const received = [];
    client.plugin.provideHandlers({ [method]: (payload) => (received.push(payload), answer) });
    all.push({ answer: await client.servicePlugins.process({ url, body }), received });
  }
  return all;
}

/** What Wix gets when a plugin throws each of the errors that its package declares. */
export async function everyPluginError({ appId, publicKey, package: name, method, url, body }) {
  const plugin = await import(name);
  const all = [];
  for (const [error, type] of Object.entries(plugin).filter(([error]) => error.endsWith('WixError'))) {
    const client = createClient({ auth: AppStrategy({ appId, publicKey }), modules: { plugin } });
    client.plugin.provideHandlers({
      [method]: () => {
        throw new type({ seen: error });
      },
    });
    const response = await client.servicePlugins.processRequest(new Request(url, { method: 'POST', body }));
    all.push({ status: response.status, answer: await response.json() });
  }
  return all;
}

/** Tokens, signed by the library that the SDK checks them with. */
export async function sign({ privateKey, claims }) {
  const key = await importPKCS8(privateKey, 'RS256');
  return Promise.all(claims.map(one => new SignJWT(one).setProtectedHeader({ alg: 'RS256', typ: 'JWT', kid: 'k' }).sign(key)));
}
