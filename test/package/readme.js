import { readFileSync } from 'node:fs';

/** The fenced code blocks of a section of the README, in order. */
export function readBlocks(section) {
  const readme = readFileSync(new URL('../../README.md', import.meta.url), 'utf8');
  const [, rest = ''] = readme.split(`\n## ${section}\n`);
  const [text = ''] = rest.split('\n## ');
  const blocks = [...text.matchAll(/^```(\w*)\n(.*?)^```$/gms)].map(([, language, code]) => ({
    language,
    code,
  }));
  if (blocks.length === 0) throw new Error(`The README has no blocks in "${section}".`);
  return blocks;
}

/** The blocks that are whole files: they start with `// path`. */
export function readFiles(section) {
  return readBlocks(section).flatMap(({ code }) => {
    const [, path] = /^\/\/ (src\/\S+\.ts)\n/.exec(code) ?? [];
    return path === undefined ? [] : [{ path, code }];
  });
}

/** The line for the Jest configuration of a CommonJS app. */
export function readJestLine() {
  const readme = readFileSync(new URL('../../README.md', import.meta.url), 'utf8');
  const [line] = /transformIgnorePatterns: \[[^\]]*\]/.exec(readme) ?? [];
  if (line === undefined) throw new Error('The README has no line for the Jest configuration.');
  return line;
}
