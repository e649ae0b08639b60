// The campaign list as an operator uses it, in a real browser.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';

import { SEEN_ELSEWHERE_MS, becomes, close, draft, find, focused, list, noErrors,
  open, openOut, password, press, rowOf, shoot, signIn, toast, url }
  from './browser.mjs';

after(close);

const PROMPT = 'Prepare this campaign for a new run? This resets call ' +
  'attempts and returns it to draft. It will not start dialling until you ' +
  'press Start.';

test('signing in returns to the page that was asked for', async () => {
  const page = await openOut(`${list}?status=paused`);

  assert.match(page.url(), /\/login/);
  await page.getByLabel('E-mail').fill('nobody@outdial.example');
  await page.getByLabel('Password').fill(`${password}x`);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByText('wrong').waitFor();
  await signIn(page);
  await page.getByRole('table', { name: 'Campaigns' }).waitFor();
  assert.equal(page.url(), `${url}${list}?status=paused`);
  await page.context().close();
});

test('Start, Pause, Resume, Stop and Restart change the row in place',
  async () => {
    const page = await open();
    const id = await draft(page);
    const row = rowOf(page, id);

    await page.evaluate(() => { globalThis.stillHere = true; });
    await press(row, 'Start');
    await toast(page, 'Campaign started').waitFor();
    await becomes(page, id, 'running');
    assert.equal(await row.locator('.badge').innerText(), 'Running');
    await shoot(page, 'started');

    const width = () => row.locator('.done').getAttribute('width');
    const before = await width();
    await page.waitForFunction(([campaign, was]) => document.querySelector(
      `tr[data-campaign-id="${campaign}"] .done`).getAttribute('width') !== was,
    [id, before], { timeout: 60000 });

    await press(row, 'Pause');
    await toast(page, 'Campaign paused').waitFor();
    await becomes(page, id, 'paused');
    await press(row, 'Resume');
    await toast(page, 'Campaign resumed').waitFor();
    await becomes(page, id, 'running');
    await press(row, 'Stop');
    await toast(page, 'Campaign stopped').waitFor();
    await becomes(page, id, 'completed');

    await press(row, 'Restart');
    await page.getByRole('dialog').waitFor();
    assert.equal(await page.evaluate(() => document.activeElement.innerText),
      'Cancel');
    assert.equal((await page.locator('#confirm .dialog-body').innerText())
      .replace(/\s+/g, ' ').trim(), PROMPT);
    await shoot(page, 'restart-dialog');
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'hidden' });
    assert.equal(await focused(page), 'Restart');
    assert.equal(await row.getAttribute('data-status'), 'completed');
    await press(row, 'Restart');
    await page.getByRole('button', { name: 'OK' }).click();
    await toast(page, 'Campaign prepared for restart').waitFor();
    await becomes(page, id, 'draft');
    // the text itself, as scripts and the clipboard get it: one line
    assert.match(await row.locator('.name').evaluate((cell) => cell.textContent),
      /Restarted .+ by .+/);
    assert.equal(await page.getByText(/Restarted .+ by .+/)
      .and(row.locator('.note')).count(), 1);
    assert.equal(await row.getByRole('button', { name: 'Delete' }).count(), 0);
    assert.ok(await page.evaluate(() => globalThis.stillHere));
    noErrors(page);
    await page.context().close();
  });

// A button that has just come takes no press.
const unguarded = (page) => page.waitForFunction(() =>
  !document.querySelector('[data-now-guarded]'));

test('by keyboard: focus stays in its place when the row changes',
  async () => {
    const page = await open();
    const id = await draft(page);
    const row = rowOf(page, id);

    await row.getByRole('link', { name: 'Edit' }).focus();
    await row.getByRole('button', { name: 'Start' }).evaluate((b) => b.click());
    await becomes(page, id, 'running');
    assert.equal(await focused(page), `n-${id}`, 'no Edit any more: the name');
    await row.getByRole('button', { name: 'Pause' }).focus();
    await unguarded(page);
    await page.keyboard.press('Enter');
    await becomes(page, id, 'paused');
    assert.equal(await focused(page), 'Resume');
    await row.getByRole('button', { name: 'Stop' }).focus();
    await unguarded(page);
    await page.keyboard.press('Space');
    await becomes(page, id, 'completed');
    assert.equal(await focused(page), 'Archive');

    await page.locator(`#n-${id}`).focus();
    await page.keyboard.press('j');
    assert.notEqual(await focused(page), `n-${id}`);
    await page.keyboard.press('k');
    assert.equal(await focused(page), `n-${id}`);
    await page.keyboard.press('/');
    assert.equal(await focused(page), 'q');
    await rowOf(page, id).focus();
    await page.keyboard.press('Enter');
    await page.waitForURL(`${url}${list}/${id}`);
    await page.goBack();
    await page.getByRole('table', { name: 'Campaigns' }).waitFor();
    noErrors(page);
    await page.context().close();
  });

test('focus goes to the next row when a filter lets its own go', async () => {
  const page = await open(`${list}?status=draft`);
  const id = await draft(page);
  const next = await rowOf(page, id).locator('xpath=following-sibling::tr')
    .first().getAttribute('data-campaign-id');

  await rowOf(page, id).getByRole('button', { name: 'Start' }).focus();
  await page.keyboard.press('Enter');
  await toast(page, 'Campaign started').waitFor();
  await rowOf(page, id).waitFor({ state: 'detached' });
  assert.equal(await focused(page), `n-${next}`);
  noErrors(page);
  await page.context().close();
});

test('a double click starts once and does not pause', async () => {
  const page = await open();
  const id = await draft(page);
  const sent = [];

  page.on('request', (request) => {
    if (request.method() === 'POST')
      sent.push(new URL(request.url()).pathname);
  });
  // a press at the moment of the change is for what was there before
  await page.evaluate((slot) => {
    document.addEventListener('htmx:after:swap', () => {
      const button = document.getElementById(slot);

      globalThis.reached = getComputedStyle(button).pointerEvents;
      button.click();
    }, { once: true });
  }, `b1-${id}`);
  await rowOf(page, id).getByRole('button', { name: 'Start' })
    .dblclick({ delay: 30 });
  await becomes(page, id, 'running');
  await page.waitForFunction(() =>
    !document.querySelector('[data-now-guarded]'));
  assert.equal(await page.evaluate(() => globalThis.reached), 'none');
  assert.deepEqual(sent, [`${list}/${id}/start`]);
  assert.equal(page.url(), `${url}${list}`);
  await page.context().close();
});

test('on a campaign’s own page an impatient press counts once', async () => {
  const page = await open();
  const id = await find(page, 'completed', 'Clone');
  const sent = [];

  await page.goto(`${url}${list}/${id}`);
  page.on('request', (request) => {
    if (request.method() === 'POST')
      sent.push(new URL(request.url()).pathname);
  });
  // a slow server gives time for more than one press
  await page.route('**/clone?*', async (route) => {
    await page.waitForTimeout(1000);
    await route.continue().catch(() => {});
  });
  await page.getByRole('button', { name: 'Clone' }).focus();
  for (let i = 0; i < 5; i++) {
    await page.keyboard.down('Enter');
    await page.waitForTimeout(50);
  }
  await page.keyboard.up('Enter');
  await toast(page, 'Campaign cloned').waitFor();
  assert.equal(await page.locator('#toasts .toast').count(), 1);
  assert.deepEqual(sent, [`${list}/${id}/clone`]);
  // and a page that Back brings is ready again
  await page.unroute('**/clone?*');
  await page.goBack();
  await page.getByRole('button', { name: 'Clone' }).click();
  await toast(page, 'Campaign cloned').waitFor();
  assert.equal(sent.length, 2);
  await page.context().close();
});

test('of two operators one wins, and the other sees it', async () => {
  const one = await open();
  const two = await open();
  const id = await find(one, 'running', 'Pause');

  // the second does not hear of the change before pressing
  await two.route((address) => address.pathname === list,
    (route) => route.abort());
  await press(rowOf(one, id), 'Pause');
  await toast(one, 'Campaign paused').waitFor();
  await press(rowOf(two, id), 'Pause');
  await toast(two, 'Failed to pause').waitFor();
  await becomes(two, id, 'paused');
  await shoot(two, 'refused');
  await press(rowOf(one, id), 'Resume');
  await becomes(one, id, 'running');
  await one.context().close();
  await two.context().close();
});

test('what happens elsewhere is seen within two seconds, in the same nodes',
  async () => {
    const one = await open();
    const two = await open();
    const id = await find(one, 'running', 'Pause');
    const other = await one.locator('tr[data-status="completed"]').first()
      .getAttribute('data-campaign-id');

    await two.evaluate((campaign) => {
      globalThis.row = document.querySelector(`#c-${campaign}`);
      globalThis.bar = globalThis.row.querySelector('.done');
    }, id);
    await rowOf(two, other).getByRole('button', { name: 'Restart' }).focus();
    await press(rowOf(one, id), 'Pause');
    await becomes(one, id, 'paused');
    const started = Date.now();
    await becomes(two, id, 'paused');
    assert.ok(Date.now() - started < SEEN_ELSEWHERE_MS);
    assert.ok(await two.evaluate((campaign) => {
      const row = document.querySelector(`#c-${campaign}`);

      return row === globalThis.row &&
        row.querySelector('.done') === globalThis.bar;
    }, id));
    assert.equal(await focused(two), 'Restart');
    await press(rowOf(one, id), 'Resume');
    await becomes(two, id, 'running');
    await one.context().close();
    await two.context().close();
  });

test('what was pasted with a tab in it is searched for as words',
  async () => {
    const page = await open();
    const name = await page.locator('.row-link', { hasText: ' ' }).first()
      .innerText();

    await page.getByLabel('Search campaigns').fill(name.replace(' ', '\t'));
    await page.waitForURL(/\?q=/);
    await page.locator('#list .num', { hasText: ' of ' }).waitFor();
    assert.equal(await page.locator('.row-link').first().innerText(), name);
    assert.doesNotMatch(page.url(), /%09/);
    noErrors(page);
    await page.context().close();
  });

test('the ID is copied, and the button says so', async () => {
  const page = await open();
  const row = page.locator('tr.row').first();
  const id = await row.getAttribute('data-campaign-id');

  await row.getByRole('button', { name: `Copy ID ${id}` }).click();
  await row.getByRole('button', { name: 'Copied' }).waitFor();
  assert.equal(await page.evaluate(() => navigator.clipboard.readText()), id);
  assert.equal(page.url(), `${url}${list}`);
  await row.getByRole('button', { name: `Copy ID ${id}` }).waitFor();
  await page.context().close();
});

test('a server that does not answer: the row stays, the page says so',
  async () => {
    const page = await open();
    const id = await draft(page);

    await page.clock.install();
    await page.route('**/dashboard/**', (route) => route.abort());
    await press(rowOf(page, id), 'Start');
    await toast(page, 'Failed to start').waitFor();
    await page.getByText('Reconnecting').waitFor();
    assert.equal(await rowOf(page, id).getAttribute('data-status'), 'draft');
    await page.clock.fastForward(11000);
    await page.locator('html[data-stale]').waitFor();
    await shoot(page, 'stale');
    await page.unroute('**/dashboard/**');
    await page.locator('html:not([data-stale]) #live[data-state="live"]')
      .waitFor();
    await page.context().setOffline(true);
    await page.getByText('Offline').waitFor();
    await page.context().setOffline(false);
    await page.locator('#live[data-state="live"]').waitFor();
    assert.equal(await rowOf(page, id).getAttribute('data-status'), 'draft');
    await page.context().close();
  });

test('a click anywhere in a row opens its campaign', async () => {
  const page = await open();
  const row = page.locator('tr.row').nth(1);
  const id = await row.getAttribute('data-campaign-id');

  for (const place of ['.prog-cell', '.status', '.date', '.date time']) {
    const box = await row.locator(place).boundingBox();

    await page.mouse.click(box.x + box.width / 2, box.y + box.height / 2);
    await page.waitForURL(`${url}${list}/${id}`);
    await page.goBack();
    await row.waitFor();
  }
  await page.context().close();
});

test('a hidden tab does not ask, and asks at once when it is back',
  async () => {
    const page = await open();
    let asked = 0;
    const hide = (hidden) => page.evaluate((value) => {
      Object.defineProperty(document, 'hidden',
        { value, configurable: true });
      document.dispatchEvent(new Event('visibilitychange'));
    }, hidden);

    await page.clock.install();
    await page.reload();
    await page.waitForResponse((response) =>
      response.request().headers()['hx-request'] === 'true');
    await hide(true);
    page.on('request', () => { asked++; });
    for (let i = 0; i < 3; i++)
      await page.clock.fastForward(SEEN_ELSEWHERE_MS);
    assert.equal(asked, 0);
    await Promise.all([page.waitForRequest(`${url}${list}`), hide(false)]);
    await page.context().close();
  });
