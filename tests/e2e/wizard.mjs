// wizard.mjs - what the tests of the wizard share: its steps, and files.
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';

import { list, url } from './browser.mjs';

const FIRST = Date.now() % 9000;
const dir = fs.mkdtempSync(path.join(os.tmpdir(), 'outdial-wizard.'));

process.on('exit', () => fs.rmSync(dir, { recursive: true }));

export const phone = (i) =>
  `+1312555${String((FIRST + i) % 10000).padStart(4, '0')}`;

export function csv(name, lines) {
  const file = path.join(dir, name);

  fs.writeFileSync(file, lines.join('\n'));
  return file;
}

export const step = (page, name) =>
  page.locator('.steps [aria-current="step"]', { hasText: name }).waitFor();
export const pill = (page, name) => page.locator('.steps')
  .getByRole('link', { name }).click();
export const button = (page, name) => page.locator('.foot-bar')
  .getByRole('button', { name, exact: true });
export const next = (page) => button(page, 'Next').click();
export const field = (page, name) => page.locator(`#f-${name}`);

export async function begin(page) {
  await page.goto(`${url}${list}/new`);
  const anew = page.getByRole('button', { name: 'Discard and start over' });

  if (await anew.count()) {
    await anew.click();
    await page.getByRole('button', { name: 'OK', exact: true }).click();
  }
  await step(page, 'Basics');
}

export async function basics(page, name) {
  await page.getByLabel('Campaign Name').fill(name);
  await page.getByLabel('Bot', { exact: true }).selectOption({ index: 1 });
  await next(page);
  await step(page, 'Number Pool');
}

export async function numbers(page) {
  await page.getByRole('button', { name: /Select all/ }).click();
  await page.getByText(/[1-9]\d* of \d+ selected/).waitFor();
  await next(page);
  await step(page, 'Dialler Config');
}

export async function dialler(page, values = {}) {
  for (const [name, value] of Object.entries(values))
    await field(page, name).fill(value);
  await next(page);
  await step(page, 'Upload CSV');
}

// As far as the step where a file is chosen.
export async function toUpload(page, name) {
  await begin(page);
  await basics(page, name);
  await numbers(page);
  await dialler(page);
}

export const done = (page) => page.locator('#contacts[data-state="done"]')
  .waitFor({ timeout: 60000 });

// The line of this page from now on, in bytes a second.
export async function slow(page, upload) {
  const cdp = await page.context().newCDPSession(page);

  await cdp.send('Network.enable');
  const set = (bytes) => cdp.send('Network.emulateNetworkConditions', {
    offline: false, latency: 20, downloadThroughput: -1,
    uploadThroughput: bytes });

  await set(upload);
  return set;
}
