// The page knows only its own endpoints: tokens and Wix's API stay on the server.

/** Fetches JSON and gives the answer's status with its body, a problem document included. */
async function call(path) {
  const response = await fetch(path, { headers: { Accept: 'application/json' } });
  const isJson = /\bjson\b/.test(response.headers.get('Content-Type') ?? '');
  return { status: response.status, ok: response.ok, body: isJson ? await response.json() : null };
}

function element(name, text, className) {
  const made = document.createElement(name);
  if (text !== undefined) made.textContent = text;
  if (className) made.className = className;
  return made;
}

function facts(pairs) {
  const list = element('dl');
  for (const [name, value] of pairs) {
    if (value === undefined || value === null || value === '') continue;
    list.append(element('dt', name), element('dd', String(value)));
  }
  return list;
}

function refusal(answer) {
  const problem = answer.body ?? {};
  return [
    element('p', `${answer.status} ${problem.title ?? ''}`, 'answer bad'),
    ...(problem.detail ? [element('p', problem.detail)] : []),
    facts([['Wix code', problem.code], ['Request id', problem.wixRequestId]]),
  ];
}

/** Calls an endpoint and shows its answer in a card; says so when the site itself can't be reached. */
async function show(target, path, render) {
  const place = document.getElementById(target);
  try {
    const answer = await call(path);
    place.replaceChildren(...(answer.ok ? render(answer.body) : refusal(answer)));
  } catch {
    place.replaceChildren(element('p', 'The site did not answer. Is it still running?', 'answer bad'));
  }
}

function onPress(id, action) {
  const button = document.getElementById(id);
  button.addEventListener('click', async () => {
    if (button.getAttribute('aria-busy') === 'true') return;
    button.setAttribute('aria-busy', 'true');
    await action();
    button.removeAttribute('aria-busy');
  });
}

const siteProperties = ({ properties }) => {
  document.getElementById('business').textContent = properties.businessName ?? properties.siteDisplayName;
  return [
    element('p', '200 OK', 'answer good'),
    facts([
      ['Business', properties.businessName],
      ['Site', properties.siteDisplayName],
      ['E-mail', properties.email],
      ['Time zone', properties.timeZone],
      ['Currency', properties.paymentCurrency],
    ]),
  ];
};

const product = ({ id, name, price }) => {
  const link = element('a');
  link.href = `/api/products/${encodeURIComponent(id)}`;
  link.append(element('strong', name), element('span', price ?? ''));
  const item = element('li');
  item.append(link);
  return item;
};

/** Who is calling, with the way in for visitors and the way out for members. */
const caller = ({ kind }) => {
  document.getElementById('login').hidden = kind !== 'Visitor';
  document.getElementById('logout').hidden = kind !== 'Member';
  return ['You call as ', element('strong', kind)];
};

const elevated = () => show('elevated', '/api/my-api', siteProperties);
const plain = () => show('plain', '/api/my-api-plain', siteProperties);

onPress('elevated-button', elevated);
onPress('plain-button', plain);

await Promise.all([
  elevated(),
  show('caller', '/api/who-am-i', caller),
  show('products', '/api/products', (products) => products.map(product)),
  show('files', '/api/files/guides/welcome.txt', ({ path, text }) => [facts([['Path', path], ['Text', text]])]),
]);
