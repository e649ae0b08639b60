// Who may do what, and what becomes of a page whose person has gone.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { becomes, close, list, noErrors, open, openOut, press, rowOf, shoot,
  signIn, toast, url } from './browser.mjs';
import { Scene, actionsOf, said, sql } from './scene.mjs';

const STATES = ['draft', 'prepared', 'running', 'paused', 'completed', 'failed'];
const ACTIONS = ['start', 'pause', 'resume', 'stop', 'restart', 'clone', 'delete'];
const FILTERED = `${list}?q=Gone&status=draft`;

let scene;
const ids = {};

before(() => {
  scene = new Scene('Roles', 'viewer', 'supervisor').furnish();
  for (const state of STATES)
    ids[state] = scene.make(`Is ${state}`, state);
});
after(close);

// A press by a form of one's own, with a token that is right.
const forge = (page, path, form = {}) => page.locator('.who [name="csrf"]')
  .inputValue().then((csrf) => page.request.post(url + path, {
    form: { csrf, confirm: '1', ...form }, maxRedirects: 0,
    headers: { accept: 'application/json', origin: url },
  }));

const statuses = () => STATES.map((state) => scene.statusOf(ids[state]));

for (const javaScriptEnabled of [true, false]) {
  const how = javaScriptEnabled ? 'with JavaScript' : 'without JavaScript';
  const enter = (who, address = list) => open(address, { javaScriptEnabled, who });

  test(`a viewer reads everything and changes nothing, ${how}`, async () => {
    const page = await enter(scene.viewer, `${list}?q=Is`);

    assert.equal(await page.locator('tr.row').count(), STATES.length);
    for (const state of STATES)
      assert.deepEqual(await actionsOf(rowOf(page, ids[state])), [], state);
    for (const name of ['.pick', '#bulk', '#hold', '[aria-keyshortcuts="n"]'])
      assert.equal(await page.locator(name).count(), 0, name);
    assert.equal(await page.getByRole('columnheader', { name: 'Actions' }).count(), 0,
      'nor an empty column');
    await shoot(page, 'viewer');
    const before_ = statuses();
    const refused = [...ACTIONS.flatMap((action) => STATES.map((state) =>
      `${list}/${ids[state]}/${action}`)), '/dashboard/hold',
    '/dashboard/release', `${list}/selected/stop`];

    for (const path of refused)
      assert.equal((await forge(page, path)).status(), 403, path);
    assert.deepEqual(statuses(), before_);
    for (const path of [`${list}/new`, `${list}/${ids.draft}/edit`])
      assert.equal((await page.goto(url + path)).status(), 403, path);
    await page.goto(`${url}${list}/${ids.paused}`);
    assert.equal(await page.locator('.head-actions button').count(), 0);
    await page.context().close();
  });

  test(`a supervisor has every button but Delete, ${how}`, async () => {
    const page = await enter(scene.supervisor);

    assert.deepEqual(await actionsOf(rowOf(page, ids.draft)),
      [['Start', 1], ['Edit', 2], ['Clone', 3]]);
    assert.equal((await forge(page, `${list}/${ids.draft}/delete`)).status(), 403);
    assert.equal(scene.statusOf(ids.draft), 'draft');
    await page.context().close();
  });

  test(`a draft that ever ran is not deleted, whoever forges it, ${how}`,
    async () => {
      const page = await enter(scene.admin);
      const path = `${list}/${ids.prepared}/delete`;

      assert.deepEqual(await actionsOf(rowOf(page, ids.prepared)),
        [['Start', 1], ['Edit', 2], ['Clone', 3]]);
      assert.equal((await forge(page, path)).status(), 409);
      // as a browser would: the button of another row, sent elsewhere
      const button = rowOf(page, ids.draft).getByRole('button', { name: 'Delete' });

      await button.evaluate((element, to) => {
        element.setAttribute('formaction', to);
      }, path);
      await button.click();
      await page.locator('dialog[open], form.confirm')
        .getByRole('button', { name: 'OK' }).click();
      await said(page, 'Failed to delete',
        'Only a draft that never ran can be deleted.');
      assert.deepEqual(statuses().slice(0, 2), ['draft', 'draft']);
      await page.context().close();
    });

  test(`who is signed out meanwhile signs in, and is where they were, ${how}`,
    async () => {
      const id = scene.draft(`Gone ${how}`);
      const page = await openOut(FILTERED, { javaScriptEnabled });
      const other = await page.context().newPage();
      const again = async (note) => {
        await page.getByLabel('E-mail').waitFor();
        await signIn(page, scene.admin);
        await rowOf(page, id).waitFor();
        assert.equal(page.url(), url + FILTERED, note);
        assert.equal(await page.getByLabel('Search campaigns').inputValue(),
          'Gone');
      };

      await again('the first time');
      // by a live update, by a press, by a link
      for (const way of javaScriptEnabled ? ['poll', 'press'] : ['press']) {
        if (way === 'press')
          await page.route((at) => at.pathname === list && javaScriptEnabled,
            (route) => route.abort());
        await other.goto(url + list);
        await other.getByRole('button', { name: 'Sign out' }).click();
        await other.getByLabel('E-mail').waitFor();
        if (way === 'press')
          await press(rowOf(page, id), 'Start');
        await page.waitForURL(/\/login/);
        await page.unrouteAll();
        await again(way);
        assert.equal(scene.statusOf(id), 'draft', 'nothing was done');
      }
      await page.context().close();
    });
}

test('in two tabs of one person each sees what the other does', async () => {
  const one = await open(list, { who: scene.supervisor });
  const two = await one.context().newPage();
  const id = scene.draft('Two tabs');

  await two.goto(url + list);
  await rowOf(two, id).waitFor();
  await press(rowOf(two, id), 'Start');
  await toast(two, 'Campaign started').waitFor();
  await becomes(one, id, 'running');
  assert.equal(await one.locator('#toasts .toast').count(), 0,
    'a toast is for the tab that pressed');
  noErrors(one);
  await one.context().close();
});

test('another workspace’s campaigns are not there', async () => {
  const other = new Scene('Others');
  const page = await open(list, { who: other.admin });

  assert.equal(await page.locator('tr.row').count(), 0);
  for (const action of ACTIONS)
    assert.equal((await forge(page, `${list}/${ids.draft}/${action}`)).status(),
      404, action);
  assert.equal((await page.goto(`${url}${list}/${ids.draft}`)).status(), 404);
  assert.equal(sql(`SELECT held_at FROM workspace WHERE id = ${scene.id}`)[0][0],
    'NULL');
  await page.context().close();
});
