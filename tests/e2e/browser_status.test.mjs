// Each status with its badge and buttons, each action with its toast, each
// refusal with its reason; all of it with JavaScript and without.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { close, focused, list, noErrors, open, press, rowOf, shoot, toast, url }
  from './browser.mjs';
import { Scene, actionsOf, answer, question, rawId, said, sql }
  from './scene.mjs';

const RESTART = 'Prepare this campaign for a new run? This resets call ' +
  'attempts and returns it to draft. It will not start dialling until you ' +
  'press Start.';
const HOSTILE = '<img src=x onerror=alert(1)> & “Ann’s” "%s"';

// what a row offers, as [name, place]
const START = ['Start', 1], EDIT = ['Edit', 2], CLONE = ['Clone', 3],
  STOP = ['Stop', 4], ARCHIVE = ['Archive', 4];
const OFFERS = {
  draft: ['Draft', START, EDIT, CLONE, ['Delete', 4]],
  prepared: ['Draft', START, EDIT, CLONE],
  running: ['Running', ['Pause', 1], CLONE, STOP],
  paused: ['Paused', ['Resume', 1], EDIT, CLONE, STOP],
  completed: ['Completed', ['Restart', 1], CLONE, ARCHIVE],
  failed: ['Failed', ['Restart', 1], CLONE, ARCHIVE],
};

let scene;

before(() => { scene = new Scene('Status').furnish(); });
after(close);

async function shows(page, id, state) {
  const row = rowOf(page, id);
  const [badge, ...actions] = OFFERS[state];

  await page.locator(`#c-${id} .badge`).getByText(badge, { exact: true }).waitFor();
  assert.deepEqual(await actionsOf(row), actions, state);
}

async function fresh(page) {
  await page.goto(`${url}${list}`);
  return page;
}

for (const javaScriptEnabled of [true, false]) {
  const how = javaScriptEnabled ? 'with JavaScript' : 'without JavaScript';
  const enter = (who = scene.admin, address = list) =>
    open(address, { javaScriptEnabled, who });

  test(`a campaign’s life: every action has its toast, ${how}`, async () => {
    const id = scene.draft(`Life ${how}`);
    const page = await enter();
    const row = rowOf(page, id);
    const note = row.locator('.note', { hasText: 'Restarted' });
    const life = [
      ['Start', 'Campaign started', 'running'],
      ['Pause', 'Campaign paused', 'paused'],
      ['Resume', 'Campaign resumed', 'running'],
      ['Stop', 'Campaign stopped', 'completed'],
      ['Restart', 'Campaign prepared for restart', 'prepared', RESTART],
      ['Start', 'Campaign started', 'running'],
      ['Pause', 'Campaign paused', 'paused'],
      ['Stop', 'Campaign stopped', 'completed'],
    ];
    let restarted = null;

    assert.deepEqual(await page.getByRole('columnheader').allInnerTexts(),
      ['Name', 'Status', 'Progress', 'Answer Rate', 'Completion Rate',
        'Created', 'Actions']);
    await shows(page, id, 'draft');
    assert.equal(await note.count(), 0);
    for (const [name, text, state, asks] of life) {
      await press(row, name);
      if (asks) {
        assert.equal(await question(page), asks);
        await answer(page, 'OK');
      }
      await said(page, text, name === 'Stop' ? '3 contacts were waiting.' : '');
      await shows(page, id, state);
      if (state === 'prepared') {
        restarted = await note.innerText();
        assert.match(restarted,
          /^Restarted \d+ \w+, \d\d:\d\d by Robin admin$/);
      } else if (restarted) {
        assert.equal(await note.innerText(), restarted, state);
      }
    }
    noErrors(page);
    await page.context().close();
  });

  test(`a failed run says why, and Cancel restart brings it back, ${how}`,
    async () => {
      const id = scene.make(`Failed ${how}`, 'failed');
      const page = await enter();
      const row = rowOf(page, id);
      const reason = row.locator('.note.bad');
      const heading = page.locator('.head .badge');

      await shows(page, id, 'failed');
      assert.equal(await reason.innerText(),
        'The number pool lost its last usable number.');
      await press(row, 'Restart');
      await answer(page, 'OK');
      await said(page, 'Campaign prepared for restart');
      assert.equal(await reason.count(), 0);
      await row.locator('.row-link').click();
      await page.getByRole('button', { name: 'Cancel restart' }).click();
      await said(page, 'Restart cancelled');
      assert.equal(await heading.innerText(), 'Failed');
      await page.getByText('The number pool lost its last usable number.')
        .waitFor();
      await fresh(page);
      await shows(page, id, 'failed');
      assert.doesNotMatch(await row.innerText(), /Restarted/);
      noErrors(page);
      await page.context().close();
    });

  test(`Delete asks with the name, and takes the row away, ${how}`, async () => {
    const id = scene.draft(HOSTILE);
    const page = await enter();
    const row = rowOf(page, id);

    assert.equal(await row.locator('.row-link').innerText(), HOSTILE);
    assert.equal(await page.locator('#list img').count(), 0);
    await press(row, 'Delete');
    assert.equal(await question(page), `Delete draft campaign “${HOSTILE}”? ` +
      'This also removes uploaded contacts.');
    await shoot(page, `delete-${javaScriptEnabled ? 'dialog' : 'page'}`);
    await answer(page, 'Cancel');
    await shows(page, id, 'draft');
    await press(row, 'Delete');
    await answer(page, 'OK');
    await said(page, 'Campaign removed from the list');
    await row.waitFor({ state: 'detached' });
    if (javaScriptEnabled)
      assert.notEqual(await focused(page), '', 'the focus is not lost');
    noErrors(page);
    await page.context().close();
  });

  test(`Clone makes a fresh draft of a campaign in any status, ${how}`,
    async () => {
      const page = await enter();

      for (const state of Object.keys(OFFERS)) {
        const name = `Model ${state} ${how}`;
        const id = scene.make(name, state);

        for (const copy of javaScriptEnabled ? ['(copy)', '(copy 2)'] : ['(copy)']) {
          await fresh(page);
          await press(rowOf(page, id), 'Clone');
          await said(page, 'Campaign cloned');
          assert.equal(await page.getByRole('heading', { level: 1 }).innerText(),
            `${name} ${copy}`);
          assert.equal(await page.locator('.head .badge').innerText(), 'Draft');
        }
        const clone = new URL(page.url()).pathname.split('/').pop();

        await fresh(page);
        await shows(page, clone, 'draft');
        await shows(page, id, state);
        assert.match(await rowOf(page, clone).innerText(), /0%\s+0 connected/);
        assert.doesNotMatch(await rowOf(page, clone).innerText(), /Restarted/);
        sql(`DELETE FROM campaign WHERE workspace_id = ${scene.id}
          AND name LIKE '${name}%'`);
        scene.tell();
      }
      noErrors(page);
      await page.context().close();
    });

  test(`an action that comes too late is refused, and the row is as it is, ${how}`,
    async () => {
      const page = await enter();
      // shown in, pressed, what somebody does before, what it then is
      const late = [
        ['draft', 'Start', 'start', 'running', 'already running'],
        ['draft', 'Delete', 'start', 'running'],
        ['running', 'Pause', 'pause', 'paused', 'already paused'],
        ['running', 'Stop', 'stop', 'completed', 'already completed'],
        ['paused', 'Resume', 'resume', 'running', 'already running'],
        ['paused', 'Stop', 'resume', 'running', 'now running'],
        ['completed', 'Restart', 'restart', 'prepared', 'a draft'],
      ];

      for (const [shown, name, before_, now, words] of late) {
        const id = scene.make(`Late ${name} ${how}`, shown);

        await fresh(page);
        await shows(page, id, shown);
        // this page does not hear of it before the press
        await page.route((at) => at.pathname === list && javaScriptEnabled,
          (route) => route.abort());
        scene.run(['campaign', before_, id]);
        await press(rowOf(page, id), name);
        if (['Restart', 'Delete'].includes(name))
          await answer(page, 'OK');
        await said(page, `Failed to ${name.toLowerCase()}`, name === 'Delete' ?
          'Only a draft that never ran can be deleted.' :
          `The campaign is ${words}.`);
        await shows(page, id, now);
        await page.unrouteAll();
      }
      await page.context().close();
    });

  test(`what is gone cannot be cloned, ${how}`, async () => {
    const id = scene.draft(`Gone ${how}`);
    const page = await enter();

    await page.route((at) => at.pathname === list && javaScriptEnabled,
      (route) => route.abort());
    scene.run(['campaign', 'delete', id]);
    await press(rowOf(page, id), 'Clone');
    if (javaScriptEnabled)
      await said(page, 'Failed to clone', 'There is no such campaign.');
    else
      await page.getByText('There is no such campaign.').waitFor();
    await page.context().close();
  });

  test(`Start and Resume say what is missing, ${how}`, async () => {
    const draft = scene.draft(`Checks draft ${how}`);
    const paused = scene.make(`Checks paused ${how}`, 'paused');
    const page = await enter();
    const both = `IN (${rawId(draft)}, ${rawId(paused)})`;
    const set = (column, value) => `UPDATE campaign SET ${column} = ${value}
      WHERE id ${both}`;
    const numbers = (table, id, on) => `UPDATE ${table} SET enabled = ${on}
      WHERE id = ${id}`;
    const checks = [
      ['The campaign’s bot no longer exists. Choose another one.',
        set('bot_id', 999999), set('bot_id', scene.bot)],
      ['The number pool is empty. Choose at least one number to call from.',
        `DELETE FROM campaign_number WHERE campaign_id ${both}`,
        `INSERT INTO campaign_number SELECT id, ${scene.number} FROM campaign
          WHERE id ${both}`],
      ['No number in the pool is usable: each number or its carrier is switched off.',
        numbers('number', scene.number, 0), numbers('number', scene.number, 1)],
      ['No number in the pool is usable: each number or its carrier is switched off.',
        numbers('carrier', scene.carrier, 0), numbers('carrier', scene.carrier, 1)],
      ['Time Window start and end must differ; 00:00 to 24:00 is the whole day.',
        set('window_end', 'window_start'), set('window_end', 1080)],
      [/Working Days/, set('days', 0), set('days', 127)],
      [/^Concurrency Limit/, set('concurrency', 0), set('concurrency', 50)],
      ['A contact list is being imported: 1,234 rows so far. Wait until it is done, then start.',
        `INSERT INTO upload (workspace_id, campaign_id, list_id, state, name, node, rows_done,
          created_at, created_by, beat_at)
          SELECT workspace_id, id, own_list, 1, 'a.csv', '', 1234, UTC_TIMESTAMP(6), '',
          UTC_TIMESTAMP(6) FROM campaign WHERE id ${both}`,
        `DELETE FROM upload WHERE campaign_id ${both}`],
      ['The campaign has no contacts. Upload a list first.',
        `UPDATE segment SET upto = 0 WHERE campaign_id ${both}`,
        `UPDATE segment SET upto = NULL WHERE campaign_id ${both}`],
    ];
    const messages = new Set();

    for (const [message, spoil, mend] of checks) {
      sql(spoil);
      for (const [id, name, state] of [[draft, 'Start', 'draft'],
        [paused, 'Resume', 'paused']]) {
        await press(rowOf(page, id), name);
        const reason = await toast(page, `Failed to ${name.toLowerCase()}`)
          .locator('small').innerText();

        if (message instanceof RegExp)
          assert.match(reason, message);
        await said(page, `Failed to ${name.toLowerCase()}`,
          message instanceof RegExp ? reason : message);
        messages.add(reason);
        await shows(page, id, state);
        assert.equal(scene.statusOf(id), state);
      }
      sql(mend);
    }
    assert.equal(messages.size, checks.length - 1, 'each has its own');
    await press(rowOf(page, draft), 'Start');
    await said(page, 'Campaign started');
    await page.context().close();
  });
}
