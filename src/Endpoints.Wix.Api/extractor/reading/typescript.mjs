import { createRequire } from 'node:module';
import path from 'node:path';

/** The TypeScript compiler of the folder that a command is run in: its packages are the ones that are read. */
export default createRequire(path.join(process.cwd(), 'package.json'))('typescript');
