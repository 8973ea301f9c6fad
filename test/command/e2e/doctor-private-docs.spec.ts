import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Finding } from '../../../libs/mintlify-personalization-command/src/doctor/finding.js';
import { ensureClientBundle } from '../../emulator/unit/client-bundle-helper.js';
import { readFindings } from '../../support/doctor.support.js';
import { plant, SENTENCES, startLeakyDocs, type LeakyDocs } from '../../support/leaky-docs.support.js';
import { startTamperingProxy, type Tampering } from '../../support/tampering-proxy.support.js';
import { callCommand } from '../../support/terminal.support.js';

const JSON_TYPE = 'application/json';
const SKILLS = JSON.stringify({ skills: [{ name: 'refunds', description: 'Refunds', files: ['SKILL.md'] }] });

/** An MCP server that answers with these results. */
function plantMcp(path: string, results: Readonly<Record<string, unknown>>): Tampering {
  return (passing) => {
    if (passing.url.pathname !== path || passing.sent === '') return;
    const { method = '' } = JSON.parse(passing.sent) as { method?: string };
    const answer = JSON.stringify({ jsonrpc: '2.0', id: 1, result: { initialize: {}, ...results }[method] });
    Object.assign(passing, {
      status: 200,
      body: `event: message\ndata: ${answer}\n\n`,
      headers: { 'content-type': 'text/event-stream', 'mcp-session-id': 'one' },
    });
  };
}

const SEARCH = { tools: [{ name: 'search_docs', inputSchema: { properties: { query: {} } } }] };

/** What gets out, how, and the check that finds it. */
const LEAKS: [leak: string, tamper: Tampering, check: string, named: string][] = [
  [
    'a page',
    plant('/team/admin', `<main><p>${SENTENCES.admin}</p></main>`, 'text/html'),
    'anonymous-pages',
    '/team/admin',
  ],
  [
    'a page that a script shows',
    plant('/closed', '<title>Closed - Private docs</title>', 'text/html'),
    'anonymous-pages',
    '/closed',
  ],
  [
    'a page in the script of a login page',
    plant('/closed', `<script>f("\\u003cp>${SENTENCES.closed}\\n")</script>`, 'text/html'),
    'anonymous-pages',
    '/closed',
  ],
  [
    'the Markdown of a page',
    plant('/closed.md', `# Closed\n\n${SENTENCES.closed}`),
    'anonymous-markdown',
    '/closed.md',
  ],
  [
    'text in an open page',
    plant('/open', `<aside>${SENTENCES.admin}</aside>`, 'text/html'),
    'anonymous-open-pages',
    '/team/admin',
  ],
  [
    'llms.txt',
    plant('/llms.txt', '- [Admin](https://docs.foo.com/team/admin.md)'),
    'anonymous-llms',
    '/team/admin',
  ],
  ['llms-full.txt', plant('/llms-full.txt', `# Closed\n${SENTENCES.closed}`), 'anonymous-llms', '/closed'],
  [
    'llms.txt of /.well-known',
    plant('/.well-known/llms.txt', '- [Closed](/closed)'),
    'anonymous-llms',
    '/closed',
  ],
  [
    'the sitemap',
    plant('/sitemap.xml', '<urlset><url><loc>https://docs.foo.com/closed</loc></url></urlset>'),
    'anonymous-sitemap',
    '/closed',
  ],
  [
    'a part of the sitemap',
    (passing) => {
      plant(
        '/sitemap.xml',
        '<sitemapindex><loc>https://docs.foo.com/sitemap-1.xml</loc></sitemapindex>',
      )(passing);
      plant('/sitemap-1.xml', '<url><loc>https://docs.foo.com/team/admin</loc></url>')(passing);
    },
    'anonymous-sitemap',
    '/team/admin',
  ],
  [
    'robots.txt',
    plant('/robots.txt', 'User-agent: *\nDisallow: /team/admin\n'),
    'anonymous-robots',
    '/team/admin',
  ],
  [
    'an agent card',
    plant('/.well-known/agent-card.json', JSON.stringify({ skills: [{ id: 'refunds' }] }), JSON_TYPE),
    'anonymous-discovery',
    'the skill refunds',
  ],
  [
    'docs.json',
    plant('/docs.json', JSON.stringify({ navigation: { pages: ['team/admin'] } }), JSON_TYPE),
    'anonymous-settings',
    '/team/admin',
  ],
  [
    'the skill index',
    plant('/.well-known/skills/index.json', SKILLS, JSON_TYPE),
    'anonymous-skills',
    'the skill refunds',
  ],
  [
    'a skill',
    plant('/.well-known/agent-skills/refunds/SKILL.md', SENTENCES.skill, 'text/markdown'),
    'anonymous-skills',
    'the skill refunds',
  ],
  [
    'an OpenAPI file',
    plant('/internal-api.json', '{"openapi":"3.1.0","paths":{}}', JSON_TYPE),
    'anonymous-openapi',
    '/internal-api.json',
  ],
  [
    'a static file',
    plant('/images/plan.svg', '<svg/>', 'image/svg+xml'),
    'anonymous-files',
    '/images/plan.svg',
  ],
  [
    'what MCP finds',
    plantMcp('/mcp', {
      'tools/list': SEARCH,
      'tools/call': { content: [{ type: 'text', text: SENTENCES.admin }] },
    }),
    'anonymous-mcp',
    '/team/admin',
  ],
  [
    'a resource of MCP',
    plantMcp('/mcp', { 'resources/list': { resources: [{ name: 'refunds' }] } }),
    'anonymous-mcp',
    'the skill refunds',
  ],
  ['the MCP server for visitors', plantMcp('/authed/mcp', {}), 'anonymous-authed-mcp', '/authed/mcp'],
];

describe('doctor, of private docs,', () => {
  let docs: LeakyDocs;
  beforeAll(async () => {
    await ensureClientBundle();
    docs = await startLeakyDocs();
  });
  afterAll(async () => docs[Symbol.asyncDispose]());
  beforeEach(() => {
    docs.tamper = () => undefined;
    docs.requests.length = 0;
  });

  const call = (words: string[] = [], env: Record<string, string> = {}, more = ['--json']) =>
    callCommand(['doctor', ...more, '--docs', docs.origin, '--folder', 'docs', ...words], {
      directory: docs.directory,
      env,
    });
  const failuresOf = (findings: Finding[]) => findings.filter(({ state }) => state === 'failed');
  const examine = async (...parameters: Parameters<typeof call>) => readFindings(await call(...parameters));

  it('finds nothing wrong with docs that let nothing out, and says what it cannot see', async () => {
    const { exitCode, output } = await call();
    const findings = readFindings({ output } as Awaited<ReturnType<typeof call>>);
    expect(failuresOf(findings)).toEqual([]);
    expect(exitCode).toBe(0);
    const checks = new Map(findings.map(({ check, state }) => [check, state]));
    for (const [, , check] of LEAKS) expect([check, checks.get(check)]).toEqual([check, 'passed']);
    expect(findings).toContainEqual(
      expect.objectContaining({
        check: 'docs-unverified',
        message: expect.stringMatching(/^Unverified: .*PDF/),
      }),
    );
  });

  it('finds nothing wrong with lists of what is open', async () => {
    docs.tamper = (passing) => {
      const link = '[Open](https://docs.foo.com/open.md)';
      plant('/llms.txt', `${link} Admin Closed`)(passing);
      plant('/llms-full.txt', `# Open\n${SENTENCES.open}`)(passing);
      plant('/sitemap.xml', '<loc>https://docs.foo.com/open</loc>')(passing);
      plant('/robots.txt', 'Sitemap: https://docs.foo.com/sitemap.xml')(passing);
      plant('/icon.svg', '<svg/>', 'image/svg+xml')(passing);
      plantMcp('/mcp', {
        'tools/list': SEARCH,
        'tools/call': { content: [{ type: 'text', text: SENTENCES.open }] },
      })(passing);
    };
    expect(failuresOf(await examine())).toEqual([]);
  });

  it('takes a login page at the path of a page for no leak', async () => {
    docs.tamper = (passing) => {
      if (passing.status === 200) return;
      const body = `<title>Log in</title><form action="/login?redirect=${passing.url.pathname}">Closed Admin</form>`;
      Object.assign(passing, { status: 200, body, headers: { 'content-type': 'text/html' } });
    };
    expect(failuresOf(await examine())).toEqual([]);
  });

  it.each(LEAKS)('finds that %s is readable by anyone', async (_, tamper, check, named) => {
    docs.tamper = tamper;
    const { exitCode, output } = await call();
    const failures = failuresOf(readFindings({ output } as Awaited<ReturnType<typeof call>>));
    expect(exitCode).toBe(1);
    expect(failures.map((failure) => failure.check)).toEqual([check]);
    expect(failures[0]?.message).toContain(named);
    expect(failures[0]?.fix).toMatch(/^[A-Z].*[.?]$/);
  });

  it('says what MCP answers and cannot be tried', async () => {
    docs.tamper = plantMcp('/mcp', { 'tools/list': { tools: [{ name: 'other' }] } });
    expect(await examine()).toContainEqual(
      expect.objectContaining({
        check: 'anonymous-mcp',
        state: 'skipped',
        message: expect.stringMatching(/^Unverified/),
      }),
    );
  });

  it('looks as a visitor who is logged in, whose session goes to the docs alone and is not printed', async () => {
    await using elsewhere = await startElsewhere();
    docs.tamper = (passing) => {
      if (passing.url.pathname !== '/llms.txt') return;
      Object.assign(passing, { status: 302, headers: { location: `${elsewhere.origin}/llms.txt` } });
    };
    const cookie = await docs.logIn(['admin']);
    const { output, errors } = await call(['--docs-cookie-env', 'DOCS', '--docs-groups', 'admin'], {
      DOCS: cookie,
    });
    const findings = readFindings({ output } as Awaited<ReturnType<typeof call>>);
    expect(failuresOf(findings)).toEqual([]);
    expect(findings).toContainEqual(
      expect.objectContaining({ check: 'session', message: expect.stringContaining('reads 2 of 2 pages') }),
    );
    expect(output + errors).not.toContain(cookie.split('=')[1]);
    expect(docs.requests.some(({ request }) => request.headers.cookie === cookie)).toBe(true);
    expect(elsewhere.requests).toBe(0);
  });

  it('finds that a visitor reads what their groups do not allow', async () => {
    const cookie = await docs.logIn(['support']);
    docs.tamper = (passing) => {
      if (passing.request.headers.cookie === cookie) plant('/team/admin', SENTENCES.admin)(passing);
    };
    const words = ['--docs-cookie-env', 'DOCS', '--docs-groups', 'support'];
    const failures = failuresOf(await examine(words, { DOCS: cookie }));
    expect(failures).toEqual([
      expect.objectContaining({ check: 'visitor-pages', message: expect.stringContaining('/team/admin') }),
    ]);
  });

  it('finds that a visitor does not read what their groups allow', async () => {
    const cookie = await docs.logIn(['support']);
    const words = ['--docs-cookie-env', 'DOCS', '--docs-groups', 'admin'];
    const failures = failuresOf(await examine(words, { DOCS: cookie }));
    expect(failures.map(({ check }) => check)).toEqual(['visitor-missing']);
  });

  it('finds that a session is over', async () => {
    const failures = failuresOf(await examine(['--docs-cookie-env', 'DOCS'], { DOCS: 'session=over' }));
    expect(failures.map(({ check }) => check)).toEqual(['session']);
  });

  it('finds a cache that gives what a visitor has read to anyone', async () => {
    const cookie = await docs.logIn([]);
    let kept: string | undefined;
    docs.tamper = (passing) => {
      if (passing.url.pathname !== '/closed') return;
      if (passing.request.headers.cookie === cookie) {
        kept = passing.body;
        passing.headers['cache-control'] = 'public, max-age=60';
      } else if (kept !== undefined) plant('/closed', kept, 'text/html')(passing);
    };
    const failures = failuresOf(await examine(['--docs-cookie-env', 'DOCS'], { DOCS: cookie }));
    expect(failures.map(({ check }) => check)).toEqual(['visitor-cache-control', 'anonymous-cache']);
  });

  it('says that the docs do not answer, and stops', async () => {
    const gone = await startTamperingProxy(9);
    await gone.close();
    const result = await callCommand(['doctor', '--json', '--docs', gone.origin, '--folder', 'docs'], {
      directory: docs.directory,
    });
    expect(failuresOf(readFindings(result))).toEqual([
      expect.objectContaining({ check: 'docs-reachable', message: expect.stringContaining('ECONNREFUSED') }),
    ]);
  });

  it('goes on when an answer breaks off, and says so', async () => {
    docs.tamper = ({ url, request }) => {
      if (url.pathname === '/sitemap.xml') request.socket.destroy();
    };
    const findings = await examine();
    expect(failuresOf(findings)).toEqual([]);
    expect(findings).toContainEqual(
      expect.objectContaining({ check: 'docs-answers', message: expect.stringContaining('1 request') }),
    );
    const unknown = findings.filter(
      ({ check, message }) => check !== 'docs-unverified' && message.startsWith('Unverified'),
    );
    expect(unknown.map(({ check, state }) => [check, state])).toEqual([['anonymous-sitemap', 'skipped']]);
  });

  it.each([
    ['no folder', ['--docs', 'https://docs.foo.com'], /--folder docs/],
    ['no docs', ['--folder', 'docs'], /--docs https:/],
    ['no URL', ['--docs', 'docs.foo.com', '--folder', 'docs'], /--docs is no URL/],
    [
      'a session without encryption',
      ['--docs', 'http://docs.foo.com', '--folder', 'docs', '--docs-cookie-env', 'DOCS'],
      /without encryption/,
    ],
    ['a folder without docs.json', ['--docs', 'https://docs.foo.com', '--folder', 'none'], /docs\.json/],
  ])('does not begin with %s', async (_, words, message) => {
    const result = await callCommand(['doctor', ...words], {
      directory: docs.directory,
      env: { DOCS: 'a=b' },
    });
    expect(result).toMatchObject({ exitCode: 2, errors: expect.stringMatching(message) });
  });
});

/** A site that is not the docs. */
async function startElsewhere() {
  const proxy = await startTamperingProxy(9);
  const site = {
    origin: proxy.origin,
    requests: 0,
    [Symbol.asyncDispose]: () => proxy.close(),
  };
  proxy.tamper = () => void (site.requests += 1);
  return site;
}
