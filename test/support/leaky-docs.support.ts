import { generateKeyPairSync } from 'node:crypto';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { startDocsEmulator } from 'mintlify-docs-emulator';
import { signPrivateToken } from './private-docs.support.js';
import {
  startTamperingProxy,
  type Passing,
  type Tampering,
  type TamperingProxy,
} from './tampering-proxy.support.js';

/** A sentence of each file that must not get out, and the files. */
export const SENTENCES = {
  admin: 'Administrators rotate the signing keys each quarter.',
  closed: 'Our customers pay by invoice within thirty days.',
  open: 'Everyone may read how to create an account here.',
  skill: 'Refund an order by calling the internal billing service.',
};

const FILES: Readonly<Record<string, string>> = {
  'docs.json': JSON.stringify({
    name: 'Private docs',
    favicon: '/icon.svg',
    navigation: { pages: ['open', 'closed', 'team/admin'] },
    api: { openapi: 'internal-api.json' },
  }),
  'open.mdx': `---\ntitle: Open\npublic: true\n---\n\n${SENTENCES.open}\n`,
  'closed.mdx': `---\ntitle: Closed\n---\n\n${SENTENCES.closed}\n`,
  'team/admin.mdx': `---\ntitle: Admin\ngroups: ["admin"]\n---\n\n${SENTENCES.admin}\n`,
  'internal-api.json': JSON.stringify({
    openapi: '3.1.0',
    info: { title: 'Internal', version: '1' },
    paths: { '/refunds': { get: { summary: 'Refunds' } } },
  }),
  'icon.svg': '<svg/>',
  'images/plan.svg': '<svg><title>Plan</title></svg>',
  '.mintlify/skills/refunds/SKILL.md': `---\nname: refunds\ndescription: Refunds\ngroups: ["admin"]\n---\n\n${SENTENCES.skill}\n`,
};

/** Private docs in the emulator, behind a proxy that can let something out. */
export interface LeakyDocs extends AsyncDisposable {
  /** Where `docs` is the folder. */
  readonly directory: string;
  readonly origin: string;
  readonly proxy: TamperingProxy;
  /** Every request that reached the docs. */
  readonly requests: Pick<Passing, 'request' | 'url'>[];
  tamper: Tampering;
  /** The Cookie header of a visitor with these groups. */
  logIn(groups: string[]): Promise<string>;
}

/** Starts private docs that let nothing out. */
export async function startLeakyDocs(): Promise<LeakyDocs> {
  const directory = await mkdtemp(join(tmpdir(), 'leaky-docs-'));
  for (const [file, text] of Object.entries(FILES)) {
    await mkdir(dirname(join(directory, 'docs', file)), { recursive: true });
    await writeFile(join(directory, 'docs', file), text);
  }
  const { publicKey, privateKey } = generateKeyPairSync('ed25519');
  const emulator = await startDocsEmulator({
    mode: 'authentication',
    port: 0,
    directory: join(directory, 'docs'),
    publicKeys: [publicKey],
    loginUrl: 'http://localhost:3000/docs-login',
  });
  const { origin, hostname, port } = new URL(emulator.url);
  const proxy = await startTamperingProxy(Number(port));
  const docs: LeakyDocs = {
    directory,
    origin: proxy.origin,
    proxy,
    requests: [],
    tamper: () => undefined,
    async logIn(groups) {
      const now = Math.floor(Date.now() / 1000);
      const token = signPrivateToken({ host: hostname, groups, iat: now, exp: now + 10 }, privateKey);
      const response = await fetch(`${origin}/_emulator/session`, {
        method: 'POST',
        headers: { origin, 'content-type': 'application/json' },
        body: JSON.stringify({ token }),
      });
      const [cookie = ''] = response.headers.getSetCookie();
      return cookie.split(';')[0] ?? '';
    },
    async [Symbol.asyncDispose]() {
      await proxy.close();
      await emulator.close();
      await rm(directory, { recursive: true });
    },
  };
  proxy.tamper = (passing) => {
    docs.requests.push(passing);
    docs.tamper(passing);
  };
  return docs;
}

/** Answers a path with a text. */
export function plant(path: string, body: string, type = 'text/plain'): Tampering {
  return (passing) => {
    if (passing.url.pathname !== path) return;
    Object.assign(passing, { status: 200, body, headers: { 'content-type': type } });
  };
}
