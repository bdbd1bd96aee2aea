// The page knows only its own endpoints: tokens and Wix's API stay on the server.

/** Fetches JSON and gives the answer's status with its body, a problem document included. */
async function call(path, method = 'GET') {
  const response = await fetch(path, { method, headers: { Accept: 'application/json' } });
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
async function show(target, path, render, method) {
  const place = document.getElementById(target);
  try {
    const answer = await call(path, method);
    place.replaceChildren(...(answer.ok ? render(answer.body) : refusal(answer)));
  } catch {
    place.replaceChildren(element('p', 'The site did not answer. Is it still running?', 'answer bad'));
  }
}

async function whileBusy(button, action) {
  if (button.getAttribute('aria-busy') === 'true') return;
  button.setAttribute('aria-busy', 'true');
  await action();
  button.removeAttribute('aria-busy');
}

function onPress(id, action) {
  const button = document.getElementById(id);
  button.addEventListener('click', () => whileBusy(button, action));
}

/** The site's currency, once an elevated call has told it. */
let currency;

/** Wix writes amounts as text, without the currency. */
function money(amount) {
  if (!amount) return '';
  return currency ? new Intl.NumberFormat('en', { style: 'currency', currency }).format(amount) : amount;
}

const siteProperties = ({ properties }) => {
  currency = properties.paymentCurrency ?? currency;
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

const details = ({ name, productType, plainDescription, actualPriceRange, id }) => [
  element('h3', name),
  facts([
    ['Price', money(actualPriceRange?.minValue?.amount)],
    ['Kind', productType?.toLowerCase()],
    ['Description', plainDescription],
    ['Id', id],
  ]),
];

const product = ({ id, name, price }) => {
  const path = `/api/products/${encodeURIComponent(id)}`;
  const link = element('a');
  link.href = path;
  link.append(element('strong', name), element('span', money(price)));
  link.addEventListener('click', (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return; // a new tab shows the endpoint's own answer
    event.preventDefault();
    for (const other of document.querySelectorAll('#products a')) other.removeAttribute('aria-current');
    link.setAttribute('aria-current', 'true');
    show('product', path, details);
  });
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

const file = () => {
  const path = document.getElementById('files-path').value.split('/').map(encodeURIComponent).join('/');
  return show('files', `/api/files/${path}`, ({ path: read, text }) => [facts([['Path', read], ['Text', text]])]);
};

const events = () => show('events', '/api/events', (notes) => notes.map(({ file: from, text }) => facts([['File', from], ['Note', text]])));

const raise = async () => {
  await show('raised', '/api/events', ({ event, plugin, rates, tool }) =>
    [facts([['Answer to the event', event], ['Answer of the plugin', plugin], ['Rates', rates], ['Tool', tool]])], 'POST');
  await events();
};

const jobs = () => show('jobs', '/api/jobs', (notes) => notes.map(({ file: from, text }) => facts([['File', from], ['Note', text]])));

const runJobs = async () => {
  await show('jobs', '/api/jobs', () => [element('p', 'The jobs run.', 'answer good')], 'POST');
  await new Promise((resolve) => setTimeout(resolve, 1000)); // they answer nobody
  await jobs();
};

onPress('events-button', raise);
onPress('jobs-button', runJobs);
onPress('elevated-button', elevated);
onPress('plain-button', plain);
document.getElementById('files-form').addEventListener('submit', (event) => {
  event.preventDefault();
  whileBusy(document.getElementById('files-button'), file);
});

await Promise.all([
  elevated().then(() => show('products', '/api/products', (products) => products.map(product))), // prices are in the site's currency
  show('caller', '/api/who-am-i', caller),
  file(),
  events(),
  jobs(),
]);
