// The page of one campaign in a browser: it follows the campaign as the list
// does, and acts in place.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { SEEN_ELSEWHERE_MS, close, examine, focused, list, noErrors, open, openOut,
  press, shoot, signIn, toast, url } from './browser.mjs';
import { Scene, answer, question, said } from './scene.mjs';

const PROMPT = 'Prepare this campaign for a new run? This resets call ' +
  'attempts and returns it to draft. It will not start dialling until you ' +
  'press Start.';

let scene;
const ids = {};
const enter = (id, options = {}) => open(`${list}/${id}`,
  { who: scene.admin, bypassCSP: true, ...options });
const badge = (page) => page.locator('.head .badge');
const becomes = (page, status) =>
  page.locator(`.head[data-status="${status}"]`).waitFor();
const buttons = (page) => page.locator('.head-actions .btn').allInnerTexts();

before(() => {
  scene = new Scene('Detail', 'viewer').furnish();
  for (const state of ['draft', 'prepared', 'running', 'paused', 'completed', 'failed'])
    ids[state] = scene.make(`Is ${state}`, state);
});
after(close);

test('what happens elsewhere is seen within two seconds, in the same nodes', async () => {
  const page = await enter(ids.running);
  const seen = async (what, status) => {
    scene.run(['campaign', what, ids.running]);
    const started = Date.now();

    await becomes(page, status);
    assert.ok(Date.now() - started < SEEN_ELSEWHERE_MS, `${what}: ${Date.now() - started} ms`);
  };

  assert.equal(await page.locator('#live').innerText(), 'Live');
  await page.evaluate(() => { globalThis.bar = document.querySelector('.bar .done'); });
  await page.getByRole('button', { name: 'Clone' }).focus();
  await seen('pause', 'paused');
  assert.equal(await badge(page).innerText(), 'Paused');
  assert.deepEqual(await buttons(page), ['Resume', 'Edit', 'Clone', 'Stop']);
  assert.equal(await focused(page), `b3-${ids.running}`, 'the focus stays');
  assert.ok(await page.evaluate(() =>
    globalThis.bar === document.querySelector('.bar .done')));
  await seen('resume', 'running');
  scene.figures(ids.running, { contacts: 100, processed: 50, connected: 20, ended: 50,
    answered: 25 });
  await page.getByText('50% of 100 contacts processed').waitFor();
  noErrors(page);
  await page.context().close();
});

test('actions answer in place, and ask in a dialog', async () => {
  const id = scene.draft('In place');
  const page = await enter(id);

  await page.evaluate(() => { globalThis.stillHere = true; });
  for (const [name, text, status] of [['Start', 'Campaign started', 'running'],
    ['Pause', 'Campaign paused', 'paused'], ['Resume', 'Campaign resumed', 'running']]) {
    await page.waitForFunction(() => !document.querySelector('[data-now-guarded]'));
    await press(page.locator('.head-actions'), name);
    await becomes(page, status);
    await said(page, text);
  }
  await page.waitForFunction(() => !document.querySelector('[data-now-guarded]'));
  await press(page.locator('.head-actions'), 'Stop');
  await said(page, 'Campaign stopped', '3 contacts were waiting.');
  await becomes(page, 'completed');
  await page.waitForFunction(() => !document.querySelector('[data-now-guarded]'));
  await press(page.locator('.head-actions'), 'Restart');
  assert.equal(await question(page), PROMPT);
  await shoot(page, 'detail-dialog');
  await page.keyboard.press('Escape');
  assert.equal(await focused(page), `b1-${id}`);
  await press(page.locator('.head-actions'), 'Restart');
  await answer(page, 'OK');
  await said(page, 'Campaign prepared for restart');
  await becomes(page, 'draft');
  assert.match(await page.locator('.head').evaluate((head) => head.textContent),
    /Restarted .+ by Robin admin/);
  assert.deepEqual(await buttons(page), ['Start', 'Edit', 'Clone', 'Cancel restart']);
  assert.ok(await page.evaluate(() => globalThis.stillHere), 'one and the same page');
  noErrors(page);
  await page.context().close();
});

test('Delete asks with the name and leads to the list', async () => {
  const id = scene.draft('Deleted here');
  const page = await enter(id);

  await press(page.locator('.head-actions'), 'Delete');
  assert.equal(await question(page), 'Delete draft campaign “Deleted here”? ' +
    'This also removes uploaded contacts.');
  await answer(page, 'OK');
  await page.waitForURL(`${url}${list}`);
  await said(page, 'Campaign removed from the list');
  await page.context().close();
});

test('a campaign that is deleted elsewhere is not there any more', async () => {
  const id = scene.draft('Deleted elsewhere');
  const page = await enter(id);

  scene.run(['campaign', 'delete', id]);
  await page.getByRole('heading', { name: 'Not found' }).waitFor();
  await page.context().close();
});

test('it says what it calls with, and what became of it', async () => {
  const page = await enter(ids.failed);
  const fact = (name) => page.locator('.facts div', { has: page.getByText(name, { exact: true }) })
    .locator('dd').innerText();

  assert.equal(await fact('Bot'), 'Bot');
  assert.equal(await fact('Number pool'), '1 number\n+442079460000');
  assert.equal(await fact('Contact list'), '3 contacts');
  assert.match(await fact('Failed'), /^\d+ \w+, \d\d:\d\d$/);
  assert.equal(await page.getByText('Completed', { exact: true }).count(), 0);
  assert.equal(await page.getByText('in progress').count(), 0);
  assert.match(await page.locator('.sub').innerText(), /09:00–18:00/);
  await page.context().close();
});

test('without an answer it is not live after four seconds', async () => {
  for (const address of [list, `${list}/${ids.running}`]) {
    const page = await open(address, { who: scene.admin });
    let answers = [];

    await page.locator('#live').getByText('Live').waitFor();
    // a server that takes the request and does nothing
    await page.route((at) => at.pathname === address, (route) => { answers.push(route); });
    const hung = Date.now();

    await page.locator('#live').getByText('Reconnecting').waitFor();
    assert.ok(Date.now() - hung < 4500, `${address}: ${Date.now() - hung} ms`);
    await page.unroute((at) => at.pathname === address);
    for (const route of answers)
      await route.continue().catch(() => {});
    await page.unrouteAll({ behavior: 'ignoreErrors' });
    await page.locator('#live').getByText('Live').waitFor();
    await page.context().close();
  }
});

test('offline says so, whatever is pressed', async () => {
  const page = await enter(ids.paused);

  await page.context().setOffline(true);
  await press(page.locator('.head-actions'), 'Resume');
  await said(page, 'Failed to resume', 'You are offline.');
  await page.context().setOffline(false);
  await page.locator('#live').getByText('Live').waitFor();
  await page.context().close();
});

test('who is signed out elsewhere is told why they have to sign in', async () => {
  const one = await openOut(list);
  const two = await one.context().newPage();

  await signIn(one, scene.viewer);
  await one.getByRole('heading', { name: 'Campaigns' }).waitFor();
  await two.goto(`${url}${list}/${ids.running}`);
  await one.getByRole('button', { name: 'Sign out' }).click();
  await one.getByText('You are signed out.').waitFor();
  await two.getByText('Your session has ended. Sign in to continue.').waitFor();
  await shoot(two, 'session-ended');
  await signIn(two, scene.viewer);
  await two.waitForURL(`${url}${list}/${ids.running}`);
  await one.context().close();
});

for (const width of [1280, 320]) {
  test(`axe finds nothing on it at ${width} px`, async () => {
    for (const [state, who] of [['running', 'admin'], ['prepared', 'admin'],
      ['failed', 'admin'], ['paused', 'viewer']]) {
      const page = await enter(ids[state], { who: scene[who],
        viewport: { width, height: 844 }, reducedMotion: 'reduce' });

      await examine(page, `detail-${state}`);
      await page.context().close();
    }
  });
}

test('without JavaScript every action works and asks on a page of its own', async () => {
  const page = await enter(ids.completed, { javaScriptEnabled: false });

  await press(page.locator('.head-actions'), 'Restart');
  assert.equal(await question(page), PROMPT);
  assert.match(await page.title(), /^Restart, Is completed/);
  await page.getByRole('navigation', { name: 'Breadcrumb' })
    .getByRole('link', { name: 'Is completed' }).waitFor();
  await answer(page, 'Cancel');
  await becomes(page, 'completed');
  await press(page.locator('.head-actions'), 'Clone');
  await toast(page, 'Campaign cloned').waitFor();
  await page.context().close();
});
