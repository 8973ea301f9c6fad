import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir } from 'node:fs/promises';
import { startDocsEmulator } from 'mintlify-docs-emulator';
import { chromium } from 'playwright-core';

/**
 * `npm run screenshots` starts the reference backend and its docs, logs Ada in, and takes the pictures for the README;
 * then it takes those of the sites in `test/sites`.
 * `CHROMIUM_PATH` sets another Chromium than the packaged one.
 */
const DIRECTORY = 'images';
const PORTS = {
  PORT: 3900,
  DOCS_PORT: 3901,
  PRIVATE_DOCS_PORT: 3902,
  SESSION_DOCS_PORT: 3903,
  OAUTH_DOCS_PORT: 3904,
  CONSOLE_PORT: 3905,
  CONSOLE_DOCS_PORT: 3906,
};
const DOCS = `http://localhost:${PORTS.DOCS_PORT}`;
const DESKTOP = { viewport: { width: 1200, height: 760 } };

/** The pictures, with the elements that are open in each. */
const PICTURES = [
  { name: 'quickstart-light', context: DESKTOP, open: (page) => openDocs(page, 'quickstart') },
  {
    name: 'claim-mappers-dark',
    context: { ...DESKTOP, colorScheme: 'dark' },
    open: (page) => openDocs(page, 'claim-mappers#what-the-docs-see'),
  },
  {
    name: 'introduction-phone',
    context: { viewport: { width: 390, height: 760 }, isMobile: true, hasTouch: true },
    open: (page) => openDocs(page, 'introduction'),
  },
  {
    name: 'user-data',
    context: DESKTOP,
    open: async (page) => {
      await openDocs(page, 'introduction');
      await page.getByRole('button', { name: 'User data' }).click();
    },
  },
  {
    name: 'activity',
    context: DESKTOP,
    open: (page) => page.goto(`http://localhost:${PORTS.PORT}/admin/activity`),
  },
];

const PHONE = { viewport: { width: 390, height: 760 }, isMobile: true, hasTouch: true };

/** The pictures of the sites in `test/sites`, without a login. */
const SITE_PICTURES = [
  { name: 'site-plants-light', site: 'plant-api', path: 'quickstart', context: DESKTOP },
  {
    name: 'site-plants-dark',
    site: 'plant-api',
    path: 'api/create-plant',
    context: { ...DESKTOP, viewport: { width: 1360, height: 760 }, colorScheme: 'dark' },
  },
  { name: 'site-plants-phone', site: 'plant-api', path: 'introduction', context: PHONE },
  { name: 'site-handbook-dark', site: 'handbook', path: 'money/expenses', context: DESKTOP },
  { name: 'site-handbook-light', site: 'handbook', path: 'welcome', context: DESKTOP, isLight: true },
  { name: 'site-handbook-phone', site: 'handbook', path: 'laptop', context: PHONE },
];
const VISITOR = { groups: ['lead', 'admin'], content: { firstName: 'Ada', team: 'Tides' } };

async function openDocs(page, path) {
  await page.goto(`${DOCS}/${path}`);
  await page.waitForSelector('html[data-ready=true]');
}

async function logIn(page) {
  await openDocs(page, 'quickstart');
  await page.getByRole('link', { name: 'Log in' }).first().click();
  await page.getByLabel('Email').fill('ada@acme.example');
  await page.getByLabel('Password').fill('docs-demo');
  await page.getByRole('button', { name: 'Log in' }).click();
  await page.waitForURL(`${DOCS}/**`);
  await page.waitForSelector('html[data-ready=true]');
}

async function findChromium() {
  if (process.env.CHROMIUM_PATH !== undefined) return process.env.CHROMIUM_PATH;
  process.env.AWS_LAMBDA_JS_RUNTIME ??= 'nodejs22.x';
  const { default: packaged } = await import('@sparticuz/chromium');
  return packaged.executablePath();
}

const backend = spawn(process.execPath, ['dist/main.js'], {
  env: {
    ...process.env,
    ...Object.fromEntries(Object.entries(PORTS).map(([name, port]) => [name, String(port)])),
  },
});
let said = '';
while (!said.includes('Ctrl-C')) said += String((await once(backend.stdout, 'data'))[0]);
const browser = await chromium.launch({
  executablePath: await findChromium(),
  args: ['--headless=shell', '--no-sandbox', '--disable-gpu'],
});
await mkdir(DIRECTORY, { recursive: true });
for (const { name, context: options, open } of PICTURES) {
  const context = await browser.newContext(options);
  const page = await context.newPage();
  await logIn(page);
  await open(page);
  await page.screenshot({ path: `${DIRECTORY}/${name}.png`, animations: 'disabled' });
  await context.close();
}
backend.kill('SIGTERM');
for (const { name, site, path, context: options, isLight } of SITE_PICTURES) {
  const docs = await startDocsEmulator({
    port: 0,
    directory: `test/sites/${site}`,
    visitors: { ada: VISITOR },
  });
  const context = await browser.newContext(options);
  const page = await context.newPage();
  await page.goto(`${docs.url}/${path}`);
  await page.waitForSelector('html[data-ready=true]');
  if (isLight) await page.getByRole('button', { name: 'Dark mode' }).click();
  // Icons and diagrams come after the text.
  await page.waitForLoadState('networkidle');
  await page.waitForFunction(() => document.querySelector('.diagram[data-drawn=false]') === null);
  await page.screenshot({ path: `${DIRECTORY}/${name}.png`, animations: 'disabled' });
  await context.close();
  await docs.close();
}
await browser.close();
