import { deepEqual, doesNotMatch, equal, ok } from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { escapeControls } from '../../../libs/mintlify-personalization/src/user/escape-controls.js';
import { callCommand, type CommandResult } from '../../support/terminal.support.js';

/** What a terminal obeys instead of showing it. Line breaks are the command's own, between its lines. */
const OBEYED =
  // oxlint-disable-next-line no-control-regex -- those are what is looked for
  /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]|\p{Cs}/u;
/** The colors of the command itself. */
// oxlint-disable-next-line no-control-regex -- an escape character is what is looked for
const COLORS = /\u001b\[(?:[12]|22|3[1-39])m/g;

/** Text that does something to a terminal. */
const HOSTILE: [what: string, text: string, escaped: string][] = [
  ['moves the cursor', '\u001b[2A', String.raw`\u001b[2A`],
  ['hides what follows', '\u001b[8m', String.raw`\u001b[8m`],
  ['sets the title', '\u001b]0;x\u0007', String.raw`\u001b]0;x\u0007`],
  ['writes to the clipboard', '\u001b]52;c;aGk=\u001b\\', String.raw`\u001b]52;c;aGk=\u001b` + '\\'],
  [
    'links somewhere',
    '\u001b]8;;https://evil.example\u001b\\',
    String.raw`\u001b]8;;https://evil.example\u001b` + '\\',
  ],
  ['is a control sequence in eight bits', '\u009b31m\u009d0;x\u009c', String.raw`\u009b31m\u009d0;x\u009c`],
  ['writes over the line', 'bad\rgood', String.raw`bad\u000dgood`],
  ['begins a line of its own', '\n✓ The docs take this user.', String.raw`\u000a✓ The docs take this user.`],
  ['rubs out', 'a\b\u007f\u0000\t', String.raw`a\u0008\u007f\u0000\u0009`],
  [
    'turns the writing around',
    'a\u202Eb\u202D\u202A\u202B\u202C',
    String.raw`a\u202eb\u202d\u202a\u202b\u202c`,
  ],
  ['isolates', '\u2066\u2067\u2068\u2069', String.raw`\u2066\u2067\u2068\u2069`],
  ['marks a direction', '\u200e\u200f\u061c', String.raw`\u200e\u200f\u061c`],
  ['separates lines', '\u2028\u2029', String.raw`\u2028\u2029`],
  ['is half of a character', '\uD83D and \uDE00', String.raw`\ud83d and \ude00`],
];

/** Fewer than of a function alone: each runs a whole command. */
const RUNS = { numRuns: 200 };

describe('Text from outside that', () => {
  it.each(HOSTILE)('%s is escaped', (_, text, escaped) => {
    expect(escapeControls(text)).toBe(escaped);
  });

  it('does nothing is left as it is', () => {
    const plain = 'Ångström 日本 😀 👩‍💻 עברית "\\u001b" ~\u00a0';
    expect(escapeControls(plain)).toBe(plain);
  });
});

const hostile = fc
  .array(
    fc.oneof(
      fc.constantFrom(...HOSTILE.map(([, text]) => text)),
      fc.string({ unit: 'binary', maxLength: 4 }),
    ),
    {
      minLength: 1,
      maxLength: 4,
    },
  )
  .map((pieces) => pieces.join(''));
const name = fc.oneof(
  hostile,
  fc.constantFrom('alg', 'exp', 'iat', 'host', 'groups', 'content', 'expiresAt'),
);
const { value } = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.oneof(hostile, fc.integer(), fc.constant(null)),
    fc.array(tie('value'), { maxLength: 3 }),
    fc.dictionary(name, tie('value'), { maxKeys: 3 }),
  ),
}));
const object = fc
  .dictionary(name, value, { maxKeys: 4 })
  .map((all) => JSON.parse(JSON.stringify(all)) as object);
const encode = (part: object): string => Buffer.from(JSON.stringify(part)).toString('base64url');
const tokenOf = (header: object, claims: object): string => `${encode(header)}.${encode(claims)}.c2ln`;

/** Calls a command, with somebody at the terminal and without, and holds both outputs to be harmless. */
async function callHarmlessly(words: string[], input: string): Promise<CommandResult> {
  const seen = await callCommand(words, { input, isTTY: true, nowMs: 0 });
  const piped = await callCommand(words, { input, nowMs: 0 });
  for (const text of [piped.output, piped.errors, seen.output.replaceAll(COLORS, '')]) {
    doesNotMatch(text, OBEYED);
  }
  equal(seen.output.replaceAll(COLORS, ''), piped.output);
  ok(piped.exitCode < 2, piped.errors);
  return piped;
}

describe('Whatever text a token or a file holds,', () => {
  it('decode shows it, and no terminal obeys it', async () => {
    await fc.assert(
      fc.asyncProperty(object, object, async (header, claims) => {
        const token = tokenOf(header, claims);
        const { output } = await callHarmlessly(['decode', '--show-values'], token);
        // A line of the command's own stands for itself: nothing that it shows can look like one.
        const marks = output.split('\n').filter((line) => /^[✓✗]/u.test(line)).length;
        const { output: json } = await callHarmlessly(['decode', '--json', '--show-values'], token);
        const decoded = JSON.parse(json) as { header: object; claims: object; faults: object[] };
        deepEqual(decoded.header, header);
        deepEqual(decoded.claims, claims);
        equal(marks, Math.max(1, decoded.faults.length));
        equal(json.trimEnd().includes('\n'), false);
      }),
      RUNS,
    );
  });

  it('validate says what is wrong, and no terminal obeys it', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(
          object,
          object.map((content) => ({ content })),
        ),
        async (user) => {
          await callHarmlessly(['validate', '-'], JSON.stringify(user));
        },
      ),
      RUNS,
    );
  });

  it.each(HOSTILE)('an argument that %s is escaped too', async (_, text) => {
    for (const words of [
      ['validate', text],
      [text],
      ['doctor', '--mode', text],
      ['keygen', '--out', `/nowhere/${text}`],
    ]) {
      const { errors, exitCode } = await callCommand(words);
      expect([exitCode, OBEYED.test(errors)]).toEqual([2, false]);
      expect(errors).not.toBe('');
    }
  });
});

/** A backend that answers each request with hostile text wherever HTTP and JSON can carry it. */
async function startHostileBackend(text: string) {
  const latin1 = Array.from(text)
    .filter((character) => /[\t\x20-\x7e\x80-\xff]/.test(character))
    .join('');
  const server = createServer((request, response) => {
    const isLogin = request.url?.startsWith('/login') === true;
    response.writeHead(isLogin ? 302 : 200, {
      ...(isLogin && {
        location: `https://docs.foo.com/${latin1}#${tokenOf({ alg: text }, { host: text, [text]: text })}`,
      }),
      'content-type': latin1,
      'www-authenticate': latin1,
      'access-control-allow-origin': `https://${latin1}`,
      vary: latin1,
      'cache-control': latin1,
      'set-cookie': `a=${latin1}`,
    });
    response.end(
      JSON.stringify({
        result: { tools: text },
        code: text,
        [text]: text,
        content: { [text]: text },
        groups: [text],
      }),
    );
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () => server.close(),
  };
}

describe('Whatever a backend answers,', () => {
  it.each(HOSTILE)('doctor shows it, and no terminal obeys what %s', async (_, text) => {
    const backend = await startHostileBackend(text);
    const words = ['doctor', '--docs-url', 'https://docs.foo.com', '--login-url', `${backend.origin}/login`];
    const more = ['--session-url', `${backend.origin}/user-info`, '--cookie-env', 'VISITOR'];
    try {
      const setting = { env: { VISITOR: 'a=b' }, directory: '/' };
      const { output, errors, exitCode } = await callCommand([...words, ...more], setting);
      expect([exitCode, OBEYED.test(output + errors)]).toEqual([1, false]);
      const { output: json } = await callCommand([...words, ...more, '--json'], setting);
      expect(OBEYED.test(json)).toBe(false);
      const { findings } = JSON.parse(json) as { findings: { check: string; message: string }[] };
      const told = findings.map(({ check, message }) => `${check}: ${escapeControls(message)}`);
      const lines = output.split('\n').filter((line) => /^[✓✗-]/u.test(line));
      expect(lines.map((line) => line.slice(2))).toEqual(told);
    } finally {
      backend.close();
    }
  });

  it.each(HOSTILE)('doctor --docs shows nothing of it that %s', async (_, text) => {
    const docs = await startHostileBackend(text);
    const folder = join(import.meta.dirname, '../../../libs/mintlify-docs-emulator/sample-private');
    try {
      const { output, errors, exitCode } = await callCommand(
        ['doctor', '--docs', docs.origin, '--folder', folder],
        { directory: '/' },
      );
      expect([exitCode, OBEYED.test(output + errors)]).toEqual([1, false]);
      expect(output).toContain('✗ anonymous-authed-mcp');
    } finally {
      docs.close();
    }
  });
});
