// Preload (node --import): what a bundler fills in when a site is built with Wix's Astro integration, whose files are run here unbuilt.
import { register } from 'node:module';

register('./bundler-hooks.mjs', import.meta.url);
