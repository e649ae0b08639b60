// What the list says back: toasts, dialog, live dot, title, keys; and what of it
// is not there without JavaScript.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { SEEN_ELSEWHERE_MS, becomes, close, focused, list, noErrors, open, press,
  rowOf, shoot, toast, url } from './browser.mjs';
import { Scene, answer, said, sql } from './scene.mjs';

const NO_ANSWER = 'The server did not respond as expected. The row shows ' +
  'its last known state.';
const TOAST_MS = 6000;

let scene;
const ids = {};
const enter = (options = {}) => open(list, { who: scene.admin, ...options });
const texts = (page) => page.locator('#toasts .toast p').evaluateAll((all) =>
  all.map((p) => p.firstChild.textContent.trim()));

before(() => {
  scene = new Scene('Page', 'supervisor').furnish();
  for (const state of ['draft', 'running', 'paused', 'completed'])
    ids[state] = scene.make(`Is ${state}`, state);
});
after(close);

test('a toast of success leaves after six seconds, but not while it is read',
  async () => {
    const page = await enter();
    const success = toast(page, 'Campaign resumed');

    await page.clock.install();
    await press(rowOf(page, ids.paused), 'Resume');
    await success.waitFor();
    await page.clock.fastForward(TOAST_MS / 2);
    assert.equal(await success.count(), 1);
    await success.hover();
    for (let i = 0; i < 3; i++)
      await page.clock.fastForward(TOAST_MS);
    assert.equal(await success.count(), 1, 'while the pointer is on it');
    await page.mouse.move(0, 0);
    await page.clock.fastForward(TOAST_MS);
    await success.waitFor({ state: 'detached' });

    // by keyboard: in it, and back to where one was
    await page.waitForFunction(() =>
      !document.querySelector('[data-now-guarded]'));
    await rowOf(page, ids.paused).getByRole('button', { name: 'Pause' }).focus();
    await page.keyboard.press('Enter');
    await toast(page, 'Campaign paused').waitFor();
    await page.getByRole('button', { name: 'Dismiss' }).focus();
    await page.clock.fastForward(2 * TOAST_MS);
    await page.keyboard.press('Enter');
    await toast(page, 'Campaign paused').waitFor({ state: 'detached' });
    assert.equal(await focused(page), 'Resume');
    noErrors(page);
    await page.context().close();
  });

test('failures stay, the newest last, three at most', async () => {
  const page = await enter();

  await page.clock.install();
  await page.route('**/campaigns/**', (route) => route.abort());
  for (const [state, name] of [['draft', 'Start'], ['running', 'Pause'],
    ['paused', 'Resume'], ['completed', 'Clone']]) {
    await press(rowOf(page, ids[state]), name);
    await toast(page, `Failed to ${name.toLowerCase()}`).waitFor();
  }
  assert.deepEqual(await texts(page),
    ['Failed to pause', 'Failed to resume', 'Failed to clone']);
  await page.clock.fastForward(10 * TOAST_MS);
  assert.equal((await texts(page)).length, 3);
  await shoot(page, 'toasts');
  await page.context().close();
});

test('what gets no answer is told of, whatever was pressed', async () => {
  const page = await enter();

  await page.route('**/{campaigns/*/**,hold}*', (route) => route.abort());
  // a question that was answered with OK
  await rowOf(page, ids.completed).getByRole('button', { name: 'Restart' }).focus();
  await page.keyboard.press('Enter');
  await answer(page, 'OK');
  await toast(page, 'Failed to restart').waitFor();
  assert.equal(await page.locator('#confirm').evaluate((box) => box.open), false);
  assert.equal(await focused(page), 'Restart');
  await said(page, 'Failed to restart', NO_ANSWER);
  // several rows
  for (const state of ['running', 'paused'])
    await rowOf(page, ids[state]).getByRole('checkbox').check();
  await press(page.locator('#bulk'), 'Pause 1');
  await said(page, 'Failed to pause', NO_ANSWER);
  assert.equal(await page.locator('tbody .pick:checked').count(), 2,
    'they are still selected');
  await press(page.locator('#strip'), 'Hold all');
  await said(page, 'Failed to hold', NO_ANSWER);
  for (const state of Object.keys(ids))
    assert.equal(scene.statusOf(ids[state]), state);
  assert.deepEqual(page.errors.filter((text) =>
    !/Failed to (load|fetch)/.test(text)), []);
  await page.context().close();
});

test('a server error leaves the rows, and what was asked for comes later', async () => {
  const page = await enter();
  const sort = (name) => page.getByRole('columnheader', { name }).getByRole('link')
    .click();
  const live = page.locator('#live');
  const rows = await page.locator('tr.row').count();
  const figures = () => page.locator('.prog-text b, .strip dd').evaluateAll((all) =>
    all.map((one) => getComputedStyle(one).color));
  const fresh = await figures();

  await page.clock.install();
  assert.equal(await live.innerText(), 'Live');
  for (const [status, name] of [[500, 'Name'], [503, 'Status']]) {
    await page.route((at) => at.pathname === list, (route) =>
      route.fulfill({ status, contentType: 'text/html', body: '<h1>Broken</h1>' }));
    await sort(name);
    await live.getByText('Reconnecting').waitFor();
    await page.clock.fastForward(11000);
    await page.locator('html[data-stale]').waitFor();
    assert.notDeepEqual(await figures(), fresh, 'old figures look old');
    assert.equal(await page.locator('tr.row').count(), rows);
    assert.equal(await page.getByText('Broken').count(), 0);
    await page.unrouteAll();
    await live.getByText('Live').waitFor();
    await page.locator('th[aria-sort]').getByRole('link', { name }).waitFor();
    assert.match(page.url(), new RegExp(`sort=${name.toLowerCase()}`));
    await page.locator('html:not([data-stale])').waitFor();
    assert.deepEqual(await figures(), fresh);
  }
  await page.context().close();
});

test('the tab’s title counts what runs', async () => {
  const page = await enter();

  assert.equal(await page.title(), '(1 running) Campaigns · Outdial');
  const id = scene.make('Second', 'running');

  await becomes(page, id, 'running');
  assert.equal(await page.title(), '(2 running) Campaigns · Outdial');
  for (const one of [id, ids.running])
    scene.run(['campaign', 'pause', one]);
  await becomes(page, ids.running, 'paused');
  assert.equal(await page.title(), 'Campaigns · Outdial');
  scene.run(['campaign', 'resume', ids.running]);
  await becomes(page, ids.running, 'running');
  await page.context().close();
});

test('what one browser does the other shows: Clone, several, Delete', async () => {
  const one = await enter();
  const two = await enter();
  const within = async (what) => {
    const started = Date.now();

    await what();
    assert.ok(Date.now() - started < SEEN_ELSEWHERE_MS);
  };

  await press(rowOf(one, ids.running), 'Clone');
  await said(one, 'Campaign cloned');
  const clone = new URL(one.url()).pathname.split('/').pop();

  await within(() => rowOf(two, clone).waitFor());
  await one.goto(url + list);
  await press(rowOf(one, clone), 'Start');
  await becomes(two, clone, 'running');
  for (const id of [clone, ids.running])
    await rowOf(one, id).getByRole('checkbox').check();
  await press(one.locator('#bulk'), 'Pause 2');
  await said(one, '2 campaigns paused');
  await within(async () => {
    await becomes(two, clone, 'paused');
    await becomes(two, ids.running, 'paused');
  });
  await press(rowOf(one, ids.running), 'Resume');
  await said(one, 'Campaign resumed');
  const draft = scene.draft('To be deleted');

  await rowOf(two, draft).waitFor();
  await press(rowOf(one, draft), 'Delete');
  await answer(one, 'OK');
  await said(one, 'Campaign removed from the list');
  await within(() => rowOf(two, draft).waitFor({ state: 'detached' }));
  noErrors(one);
  noErrors(two);
  await one.context().close();
  await two.context().close();
});

test('letter keys work, unless they are switched off or letters are typed',
  async () => {
    sql(`UPDATE user SET letter_keys = 0 WHERE email = '${scene.supervisor.email}'`);
    for (const who of [scene.admin, scene.supervisor]) {
      const page = await enter({ who });
      const on = who === scene.admin;

      await page.keyboard.press('j');
      assert.equal((await focused(page)).startsWith('n-'), on);
      await page.keyboard.press('?');
      assert.equal(await page.locator('#keys').isVisible(), on);
      await page.keyboard.press('Escape');
      await page.getByLabel('Search campaigns').focus();
      await page.keyboard.type('n');
      assert.equal(await page.getByLabel('Search campaigns').inputValue(), 'n');
      // past what clears the search, and the statuses, which take letters too
      for (let i = 0; i < 3; i++)
        await page.keyboard.press('Tab');
      await page.keyboard.press('n');
      if (on)
        await page.waitForURL(`${url}${list}/new`);
      assert.equal(page.url().endsWith('/new'), on);
      await page.context().close();
    }
  });

test('while the overview of the keys is open no letter acts', async () => {
  const page = await enter();

  await page.keyboard.press('?');
  await page.locator('#keys').waitFor();
  for (const key of ['j', 'n', '/'])
    await page.keyboard.press(key);
  assert.equal(page.url(), url + list);
  assert.equal(await page.locator('#keys').isVisible(), true);
  assert.doesNotMatch(await focused(page), /^n-|^q$/);
  await page.keyboard.press('?');
  assert.equal(await page.locator('#keys').isVisible(), false);
  await page.keyboard.press('j');
  assert.match(await focused(page), /^n-/);
  await page.context().close();
});

test('what is typed into the search can be cleared, and hides the hint', async () => {
  const page = await enter();
  const box = page.getByLabel('Search campaigns');
  const hint = page.locator('.tools kbd');
  const clear = page.getByRole('button', { name: 'Clear search' });
  const rows = await page.locator('tr.row').count();

  assert.equal(await hint.isVisible(), true);
  assert.equal(await clear.isVisible(), false);
  await box.fill('zzzz nothing');
  await page.getByText('Nothing matches').waitFor();
  assert.equal(await hint.isVisible(), false);
  await shoot(page, 'search-filled');
  await clear.click();
  await page.locator('tr.row').nth(rows - 1).waitFor();
  assert.equal(await box.inputValue(), '');
  assert.equal(page.url(), url + list);
  assert.equal(await focused(page), 'q');
  assert.equal(await hint.isVisible(), true);
  await page.context().close();
});

test('no page is longer than it is', async () => {
  const page = await enter();

  for (const address of [`${list}/0000000000`, '/dashboard/settings/retention',
    '/dashboard/settings']) {
    await page.goto(url + address);
    const [whole, shown] = await page.evaluate(() => [
      document.documentElement.scrollHeight,
      Math.max(innerHeight,
        Math.ceil(document.querySelector('main').getBoundingClientRect().bottom))]);

    assert.ok(whole <= shown, `${address}: ${whole} px, shown ${shown}`);
  }
  await page.context().close();
});

test('without JavaScript nothing is there that needs it', async () => {
  for (const javaScriptEnabled of [true, false]) {
    const page = await enter({ javaScriptEnabled });

    await press(page.locator('#strip'), 'Hold all');
    await toast(page, 'Workspace on hold').waitFor();
    for (const what of ['.copy', '.live', '.tools kbd', '.foot .icon-btn',
      '#all', '.toast [data-dismiss]'])
      assert.equal(await page.locator(what).first().isVisible(),
        javaScriptEnabled, what);
    await press(page.locator('#strip'), 'Release');
    await toast(page, 'Workspace released').waitFor();
    await shoot(page, `released-${javaScriptEnabled}`);
    await page.goto(`${url}${list}?q=n`);
    assert.equal(await page.locator('#q-clear').isVisible(), javaScriptEnabled);
    await page.context().close();
  }
});
