import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { Application } from 'typedoc';

/**
 * `npm run docs:reference`: writes the manual's API reference from the doc comments, one page for each import path. The
 * pages are committed, so that the manual can be read and hosted as it is; a test holds them to the code.
 */
const PACKAGE = 'nestjs-mintlify-personalization';
const PAGES = {
  'index-1': { path: 'index', title: 'The package', module: PACKAGE },
  testing: { path: 'testing', title: 'For tests', module: `${PACKAGE}/testing` },
  browser: { path: 'browser', title: 'For browsers', module: `${PACKAGE}/browser` },
  'key-issuers': {
    path: 'playground-keys',
    title: 'Issuers of playground keys',
    module: `${PACKAGE}/playground-keys`,
  },
  discovery: {
    path: 'discovery',
    title: 'Search and assistant',
    module: `${PACKAGE}/discovery`,
  },
  visitors: { path: 'visitors', title: 'Visitor schemas', module: `${PACKAGE}/visitors` },
  'health/mintlify-health-indicator': { path: 'terminus', title: 'Health', module: `${PACKAGE}/terminus` },
  'signers/aws-kms-token-signer': { path: 'aws-kms', title: 'AWS KMS', module: `${PACKAGE}/aws-kms` },
  'signers/vault-transit-token-signer': {
    path: 'vault-transit',
    title: 'Vault Transit',
    module: `${PACKAGE}/vault-transit`,
  },
  'signers/pkcs11-token-signer': { path: 'pkcs11', title: 'PKCS#11', module: `${PACKAGE}/pkcs11` },
};

const { values } = parseArgs({ options: { out: { type: 'string', default: 'docs/reference' } } });

const raw = join(values.out, '.raw');
const app = await Application.bootstrapWithPlugins({ logLevel: 'Error', out: raw });
const project = await app.convert();
if (project === undefined) throw new Error('The doc comments could not be read.');
await rm(values.out, { recursive: true, force: true });
await mkdir(raw, { recursive: true });
await app.generateOutputs(project);
for (const [file, { path, title, module }] of Object.entries(PAGES)) {
  const text = await readFile(join(raw, `${file}.mdx`), 'utf8');
  await writeFile(
    join(values.out, `${path}.mdx`),
    `---\ntitle: '${title}'\n---\n\nImported from \`${module}\`.\n\n${adapt(text)}`,
  );
}
await rm(raw, { recursive: true });

/** Links as Mintlify has them, from the root of the docs and without an extension. */
function adapt(text) {
  const linked = text.replaceAll(/\]\((?:[\w.-]+\/)*([\w.-]+)\.mdx(#[^)]*)?\)/g, (_, name, anchor = '') => {
    const [, page] = Object.entries(PAGES).find(([file]) => file.split('/').at(-1) === name) ?? [];
    if (page === undefined) throw new Error(`A link leads to ${name}, which is no page.`);
    return `](/reference/${page.path}${anchor})`;
  });
  return `${linked.trimEnd()}\n`;
}
