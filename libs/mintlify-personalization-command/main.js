#!/usr/bin/env node
import { createRequire } from 'node:module';

// The command is the library's own; this package has its name, so that npx finds it where the library is not installed.
const require = createRequire(import.meta.url);
const { bin } = require('nestjs-mintlify-personalization/package.json');
const manifest = import.meta.resolve('nestjs-mintlify-personalization/package.json');
await import(new URL(bin['mintlify-personalization'], manifest).href);
