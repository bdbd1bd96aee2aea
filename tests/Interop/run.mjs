// Runs scenarios for a test: one JSON object a line on standard input, one on standard output.
import { createInterface } from 'node:readline';
import { Console } from 'node:console';

// Standard output is for answers alone; what a package prints is told with a failed test.
globalThis.console = new Console(process.stderr, process.stderr);

for await (const line of createInterface({ input: process.stdin })) {
  const { scenario, input } = JSON.parse(line);
  process.stdout.write(`${JSON.stringify(await answer(scenario, input))}\n`);
}

async function answer(name, input) {
  // No scenario inherits the client that another one made the global one.
  delete globalThis.__wix_context__;
  try {
    const [file, scenario] = name.split('/');
    const scenarios = await import(`./scenarios/${file}.mjs`);
    return { value: (await scenarios[scenario](input)) ?? null };
  } catch (error) {
    return { error: describe(error) };
  }
}

// What a JavaScript developer can read off an error of the packages.
function describe(error) {
  return {
    text: `${error.stack}${error.cause ? `\n${error.cause.stack}` : ''}`,
    message: error.message,
    status: error.status ?? null,
    requestId: error.requestId ?? null,
    details: error.details,
  };
}
