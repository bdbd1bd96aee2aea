// The dashboard page: calls each endpoint as httpClient.fetchWithAuth() does, the user's raw access token in Authorization.
'use strict';

async function userToken() {
  const site = document.getElementById('site').value;
  const response = await fetch(`/dashboard/token?site=${encodeURIComponent(site)}`, {
    method: 'POST',
    headers: { 'X-Emulator-Dashboard': '1' },
  });
  if (!response.ok) {
    throw new Error(`The back office gave no token (${response.status}).`);
  }
  return (await response.json()).token;
}

// After a failed call: is nothing there, or does it not let this origin read the answer?
async function explain(url) {
  const origin = new URL(url).origin;
  try {
    await fetch(origin, { method: 'HEAD', mode: 'no-cors', credentials: 'omit', cache: 'no-store' });
  } catch {
    return `Nothing answers at ${origin}. Is the site running?`;
  }
  return `${origin} is running, but the browser may not show its answer to this page: its CORS settings do not allow ` +
    `the origin ${location.origin} to send the Authorization header.`;
}

function callerIn(answer) {
  if (answer === null || typeof answer !== 'object') {
    return null;
  }
  const source = answer.caller !== null && typeof answer.caller === 'object' ? answer.caller : answer;
  const kind = source.kind ?? source.callerKind ?? source.subjectType ?? source.identityType ??
    (typeof answer.caller === 'string' ? answer.caller : undefined);
  const id = source.id ?? source.callerId ?? source.subjectId ?? source.userId;
  return kind === undefined ? null : `${kind}${id === undefined || id === null ? '' : ` ${id}`}`;
}

function line(outcome, text, className) {
  const p = document.createElement('p');
  p.textContent = text;
  p.className = className;
  outcome.replaceChildren(...outcome.children, p);
}

async function call(section) {
  const button = section.querySelector('button');
  const outcome = section.querySelector('.outcome');
  const pre = section.querySelector('pre');
  const { url, method } = section.dataset;
  const body = section.querySelector('textarea')?.value;
  button.disabled = true;
  outcome.replaceChildren();
  pre.hidden = true;
  const started = performance.now();
  try {
    const token = await userToken();
    let response;
    try {
      const headers = body === undefined ? { Authorization: token } : { Authorization: token, 'Content-Type': 'application/json' };
      response = await fetch(url, { method, headers, body, credentials: 'omit', cache: 'no-store' });
    } catch {
      line(outcome, await explain(url), 'wrong');
      return;
    }

    const text = await response.text();
    let answer;
    try {
      answer = JSON.parse(text);
      pre.textContent = JSON.stringify(answer, null, 2);
    } catch {
      pre.textContent = text;
    }
    pre.hidden = pre.textContent === '';
    line(outcome, `${response.status} ${response.statusText} in ${Math.round(performance.now() - started)} ms`, response.ok ? 'right' : 'wrong');
    const caller = callerIn(answer);
    if (caller !== null) {
      line(outcome, `The endpoint says who is calling: ${caller}`, '');
    }
  } catch (error) {
    line(outcome, error.message, 'wrong');
  } finally {
    button.disabled = false;
  }
}

const sections = [...document.querySelectorAll('section.target')];
for (const section of sections) {
  section.querySelector('button').addEventListener('click', () => call(section));
}

// What only reads is shown at once.
for (const section of sections.filter(s => s.dataset.method === 'GET')) {
  call(section);
}
