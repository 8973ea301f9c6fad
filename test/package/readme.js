import { readFileSync } from 'node:fs';

const read = (file) => readFileSync(new URL(`../../${file}`, import.meta.url), 'utf8');

/** The fenced blocks of one section of a page, in order. */
function readBlocks(file, section) {
  const [, rest = ''] = read(file).split(`\n## ${section}\n`);
  const [text = ''] = rest.split('\n## ');
  const blocks = [...text.matchAll(/^```(\w*)[^\n]*\n(.*?)^```$/gms)].map(([, language, code]) => ({
    language,
    code,
  }));
  if (blocks.length === 0) throw new Error(`${file} has no blocks in "${section}".`);
  return blocks;
}

/** The packages that the README has its reader install. */
export function readPackages() {
  const [{ code }] = readBlocks('README.md', 'Install');
  return code.trim().split(/\s+/).slice(2);
}

/** The README's example: blocks that are whole files begin with `// path`. */
export function readFiles() {
  return readBlocks('README.md', 'Example').flatMap(({ code }) => {
    const [, path] = /^\/\/ (src\/\S+\.ts)\n/.exec(code) ?? [];
    return path === undefined ? [] : [{ path, code }];
  });
}

/** The commands with which the manual has its reader try the example, without a Mintlify site. */
export function readCommands() {
  const [{ code }] = readBlocks('docs/quickstart.mdx', 'Try it without a Mintlify site');
  return code;
}

/** The line for Jest's settings in a CommonJS app. */
export function readJestLine() {
  const [line] = /transformIgnorePatterns: \[[^\]]*\]/.exec(read('docs/testing.mdx')) ?? [];
  if (line === undefined) throw new Error('The manual has no line for the settings of Jest.');
  return line;
}

/** The two lines of tsconfig.json for CommonJS apps whose compiler takes no ES module. */
export function readModuleLines() {
  const [{ code }] = readBlocks('docs/troubleshooting.mdx', 'TypeScript reports TS1479');
  return JSON.parse(`{${code.trim().replace(/,$/, '')}}`);
}
