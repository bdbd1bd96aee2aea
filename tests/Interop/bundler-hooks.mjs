const client = 'export const { WIX_CLIENT_ID } = process.env;';
const server = 'export const { WIX_CLIENT_SECRET, WIX_CLIENT_INSTANCE_ID, WIX_CLIENT_PUBLIC_KEY } = process.env;';
const modules = {
  'astro:env/client': client,
  'astro:env/server': server,
};

export function resolve(specifier, context, next) {
  return specifier in modules
    ? { url: `data:text/javascript,${encodeURIComponent(modules[specifier])}`, shortCircuit: true }
    : next(specifier, context);
}

export async function load(url, context, next) {
  const loaded = await next(url, context);
  return url.includes('/@wix/astro/build/')
    ? { ...loaded, source: `import.meta.env = { DEV: false, BASE_URL: '/' };\n${loaded.source}` }
    : loaded;
}
