import { COMPONENT_GLOBALS, REACT_GLOBALS } from './page-globals.js';

/**
 * Makes the module of a page that imports nothing, without a bundler: most pages are like that. It gets the imports of
 * what it may use without one.
 *
 * @param code the compiled page. It has no `import` or `export` of its own.
 * @param client path of the client bundle on the emulator's origin, such as `/_emulator/client`.
 * @returns `undefined` for a page that needs the bundler after all.
 * @example
 * standaloneModule('… from "@docs/runtime" …', '/_emulator/client');
 */
export function standaloneModule(code: string, client: string): string | undefined {
  // A bundler follows them.
  if (/\bimport\s*\(|\bimport\s*\.\s*meta\b/.test(code)) return undefined;
  // All imports are made by the compiler, and stand before the first function. Below it, texts may look like imports.
  const end = code.indexOf('\nfunction ');
  if (end === -1) return undefined;
  const body = code.slice(end);
  const words = new Set(body.match(/\b[A-Za-z]\w*/g));
  const fromReact = REACT_GLOBALS.filter((name) => words.has(name));
  const components = COMPONENT_GLOBALS.filter((name) => words.has(name));
  const fromRuntime = [
    ...(words.has('user') ? ['user'] : []),
    ...(components.length > 0 ? ['globalComponent as _globalComponent'] : []),
  ];
  const globals = [
    ...(words.has('React') ? [`import * as React from '@docs/react';`] : []),
    ...(fromReact.length > 0 ? [`import { ${fromReact.join(', ')} } from '@docs/react';`] : []),
    ...(fromRuntime.length > 0 ? [`import { ${fromRuntime.join(', ')} } from '@docs/runtime';`] : []),
    ...components.map((name) => `const ${name} = _globalComponent('${name}');`),
  ];
  const head = [...globals, code.slice(0, end)].join('\n');
  return (
    head.replaceAll(
      IMPORT_END,
      (_, name: string) => ` from ${JSON.stringify(`${client}/${FILES[name] ?? name}`)};`,
    ) + body
  );
}

const IMPORT_END = / from ['"]@docs\/(?<name>[\w-]+)['"];$/gm;

/** The files of the client bundle, as `PageBuild` names them. */
const FILES: Readonly<Record<string, string>> = {
  react: 'react.js',
  runtime: 'page-runtime.js',
};
