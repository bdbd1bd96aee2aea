// Preload (node --import): what the packages send to Wix's hosts arrives at WIX_PLATFORM instead, with the Host header it was meant for.
// It sits beneath fetch, where connections are made, so that the packages and fetch itself stay as they are published. Every other host
// but loopback is refused: a test that would reach the internet fails.
import { webcrypto } from 'node:crypto';

const platform = new URL(process.env.WIX_PLATFORM);
const hosts = new Set(['https://www.wixapis.com', 'https://edge.wixapis.com']);

globalThis.crypto ??= webcrypto; // Node 18 does not have it there.

await fetch('data:,'); // fetch makes its dispatcher on first use
const dispatcher = globalThis[Symbol.for('undici.globalDispatcher.1')];
const dispatch = dispatcher.dispatch.bind(dispatcher);

dispatcher.dispatch = (options, handler) => {
  const origin = new URL(options.origin);
  if (hosts.has(origin.origin)) {
    return dispatch({ ...options, origin: platform.origin, headers: { ...options.headers, host: origin.host } }, handler);
  }
  if (origin.hostname !== '127.0.0.1' && origin.hostname !== 'localhost') {
    throw new Error(`${origin.origin} is not part of this test.`);
  }
  return dispatch(options, handler);
};
