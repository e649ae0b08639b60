// browser.mjs - what the browser tests share: one Chromium, signed-in pages,
// rows of the list.  The stack is named by the variables of run/dev.env.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';

const require = createRequire(new URL('../../web/package.json', import.meta.url));
const { chromium } = require('playwright-core');

export const axeSource = fs.readFileSync(require.resolve('axe-core/axe.min.js'),
  'utf8');
export const { OUTDIAL_URL: url, OUTDIAL_EMAIL: email,
  OUTDIAL_PASSWORD: password } = process.env;
export const list = '/dashboard/campaigns';
const { OUTDIAL_SHOTS: shots } = process.env;

if (!url || !email || !password)
  throw new Error('OUTDIAL_URL, OUTDIAL_EMAIL and OUTDIAL_PASSWORD are not set');
if (shots)
  fs.mkdirSync(shots, { recursive: true });

let browser;
const signedIn = new Map(); // e-mail: cookies
const admin = { email, password }; // of the demo

export async function launch() {
  browser ??= await chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: ['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic',
      '--no-first-run', '--disable-background-networking',
      '--disable-component-update', '--disable-sync'],
  });
  return browser;
}

export async function close() {
  await browser?.close();
}

// A page of somebody who is not signed in, of this stack or with a whole address
// of another.  What its console says in red is
// collected in page.errors.
export async function openOut(address, options = {}) {
  const context = await (await launch()).newContext({
    viewport: { width: 1280, height: 860 },
    permissions: ['clipboard-read', 'clipboard-write'],
    reducedMotion: 'no-preference',
    ...options,
  });
  const page = await context.newPage();

  const errors = [];

  page.errors = errors;
  page.plain = options.javaScriptEnabled === false;
  page.on('pageerror', (error) => errors.push(String(error)));
  page.on('console', (message) => {
    if (message.type() === 'error')
      errors.push(message.text());
  });
  page.setDefaultTimeout(10000);
  await page.goto(new URL(address, url).href);
  return page;
}

export async function signIn(page, who = admin) {
  await page.getByLabel('E-mail').fill(who.email);
  await page.getByLabel('Password').fill(who.password);
  await page.getByRole('button', { name: 'Sign in' }).click();
}

// A page of the demo's administrator, or of somebody else.
export async function open(address = list, { who = admin, ...options } = {}) {
  if (!signedIn.has(who.email)) {
    const page = await openOut(list);

    await signIn(page, who);
    await page.getByRole('heading', { name: 'Campaigns', exact: true }).waitFor();
    signedIn.set(who.email, await page.context().storageState());
    await page.context().close();
  }
  return openOut(address, { storageState: signedIn.get(who.email), ...options });
}

export const rowOf = (page, id) => page.locator(`tr[data-campaign-id="${id}"]`);

export const idOf = (row) => row.getAttribute('data-campaign-id');

// The id of the first row with this status that has this button.
export async function find(page, status, button) {
  const row = page.locator(`tr[data-status="${status}"]`)
    .filter({ has: page.getByRole('button', { name: button }) }).first();

  await row.waitFor();
  return idOf(row);
}

export const press = (row, name) => row.getByRole('button', { name, exact: true })
  .click();

export const becomes = (page, id, status) =>
  page.locator(`tr[data-campaign-id="${id}"][data-status="${status}"]`)
    .waitFor();

export const toast = (page, text) =>
  page.getByRole('status').getByText(text).first();

export const focused = (page) => page.evaluate(() =>
  document.activeElement.getAttribute('aria-label') ??
  document.activeElement.id);

// A picture for people to look at, where OUTDIAL_SHOTS says.
export const shoot = (page, name) => shots &&
  page.screenshot({ path: path.join(shots, `${name}.png`) });

// Polls come every 1.5 s; this is what a person may have to wait.
export const SEEN_ELSEWHERE_MS = 2000;

const AXE = { type: 'tag', values: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa',
  'wcag22aa', 'best-practice'] };
// all that another theme can break
const AXE_COLOURS = { type: 'rule',
  values: ['color-contrast', 'link-in-text-block'] };

// The same page where scripts run, for axe: none of its own is loaded, and what is
// there for those without JavaScript stays.
async function twinOf(page) {
  const dark = await page.evaluate(() => matchMedia('(prefers-color-scheme: dark)').matches);
  const body = (await page.content()).replaceAll(/<\/?noscript>/g, '');
  const context = await (await launch()).newContext({ viewport: page.viewportSize(),
    colorScheme: dark ? 'dark' : 'light', reducedMotion: 'reduce', bypassCSP: true });
  const twin = await context.newPage();

  await twin.route('**/*.js', (route) => route.abort());
  await twin.route(page.url(), (route) => route.fulfill({ contentType: 'text/html', body }));
  await twin.goto(page.url());
  return twin;
}

// Violations that axe finds on the page, as lines to read.
export async function violations(page, runOnly = AXE) {
  if (page.plain) {
    const twin = await twinOf(page);
    const found = await violations(twin, runOnly);

    await twin.context().close();
    return found;
  }
  await page.evaluate(axeSource);
  return page.evaluate(async (which) => {
    // a colour on its way to another theme's is neither
    await Promise.allSettled(document.getAnimations()
      .filter((one) => one instanceof CSSTransition).map((one) => one.finished));
    const found = await globalThis.axe.run(document,
      { runOnly: which, resultTypes: ['violations'] });

    return found.violations.map((v) =>
      `${v.id}: ${v.nodes.map((n) => n.target.join(' ')).join(', ')}`);
  }, runOnly);
}

// What no page may have, in either theme: a barrier that axe knows (WCAG 2.2 AA),
// and more than fits beside each other.  Opened with bypassCSP: axe is given to
// the page past its policy.
export async function examine(page, name) {
  const { width } = page.viewportSize();

  // as tall as the page: what is scrolled under a bar is no finding
  await page.setViewportSize({ width, height: await page.evaluate(() =>
    Math.max(innerHeight, document.documentElement.scrollHeight)) });
  for (const [colorScheme, rules] of [['light'], ['dark', AXE_COLOURS]]) {
    await page.emulateMedia({ colorScheme });
    await shoot(page, `${name}-${width}-${colorScheme}`);
    assert.deepEqual(await violations(page, rules), [], `${name}, ${colorScheme}`);
  }
  assert.ok(await page.evaluate(() =>
    document.documentElement.scrollWidth <= innerWidth), `${name} scrolls sideways`);
}

const WIDTHS = [320, 360, 390, 640, 768, 961, 1024, 1280, 1920, 2560];

// Nothing scrolls sideways, whichever way the page runs.
export async function fits(page) {
  const { width, height } = page.viewportSize();

  for (const wide of WIDTHS) {
    await page.setViewportSize({ width: wide, height });
    assert.deepEqual(await page.evaluate(() => ['rtl', 'ltr'].filter((dir) => {
      document.documentElement.dir = dir;
      return document.documentElement.scrollWidth > innerWidth;
    })), [], `${wide} px`);
  }
  await page.setViewportSize({ width, height });
}

// The administrator's command, in the name of the demo's administrator, of
// somebody else, or of nobody.
export function outdial(args, input = '', as = email) {
  return execFileSync(new URL('../../bin/outdial', import.meta.url).pathname,
    as ? [...args, '--as', as] : args, { input, encoding: 'utf8' });
}

// A draft of its own for a test: a copy of what a campaign of the demo has,
// which the page shows by itself; one without JavaScript has to be asked.
export async function draft(page) {
  const [model] = outdial(['campaign', 'list', '--status', 'paused']).trim()
    .split('\n').pop().split(' ');
  const id = outdial(['campaign', 'clone', model]).trim();

  if (await page.locator('#list').evaluate(() => globalThis.htmx === undefined))
    await page.reload();
  await rowOf(page, id).waitFor();
  return id;
}

export function noErrors(page) {
  assert.deepEqual(page.errors, []);
}
