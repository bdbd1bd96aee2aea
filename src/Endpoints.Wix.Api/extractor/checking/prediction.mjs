const longestAddress = 4000;

/** What a request with a message is, as the facts of its method say. */
export function predict(method, wire) {
  const [verb, template] = method.route.split(' ');
  const path = template.replace(/\{([\w.]+)\}/g, (whole, field) => field.split('.').reduce((node, part) => node?.[part], wire) ?? '');
  if (!method.query) return { method: verb, path, query: [], body: wire };
  const flat = [];
  let isFlat = true;
  const flatten = (node, prefix) => {
    for (const [name, value] of Object.entries(node)) {
      if (value && typeof value === 'object' && !Array.isArray(value)) {
        isFlat = false;
        flatten(value, `${prefix}${name}.`);
      } else if (Array.isArray(value)) {
        if (value.some(one => typeof one === 'object')) isFlat = false;
        for (const one of value) if (typeof one !== 'object') flat.push([`${prefix}${name}`, String(one)]);
      } else {
        flat.push([`${prefix}${name}`, String(value)]);
      }
    }
  };
  flatten(wire, '');
  const packed = method.query === 'packed' && !isFlat ? wire : undefined;
  const query = packed ? [['.r', Buffer.from(JSON.stringify(wire)).toString('base64url')]] : flat;
  const length = `https://www.wixapis.com${path}?${new URLSearchParams(query)}`.length;
  if (method.fallback && length > longestAddress) return { method: 'POST', path: method.fallback, query: [], body: wire };
  return { method: verb, path, query, packed };
}
