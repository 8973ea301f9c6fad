import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir } from 'node:fs/promises';
import { chromium } from 'playwright-core';

/**
 * `npm run screenshots` starts the reference backend and its docs, logs Ada in, and takes the pictures for the README.
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
await browser.close();
backend.kill('SIGTERM');
