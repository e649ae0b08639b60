// Several rows at once, and the keyboard's way to them.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';

import { SEEN_ELSEWHERE_MS, becomes, close, draft, focused, list, noErrors, open,
  outdial, press, rowOf, shoot, toast } from './browser.mjs';

after(close);

const bulk = (page) => page.getByRole('group', { name: 'Selected campaigns' });
const pick = (page, id) => rowOf(page, id).getByRole('checkbox');
const dialogText = async (page) =>
  (await page.locator('#confirm .dialog-body').innerText())
    .replace(/\s+/g, ' ').trim();

async function running(page, count) {
  const ids = [];

  for (let i = 0; i < count; i++) {
    const id = await draft(page);

    outdial(['campaign', 'start', id]);
    ids.push(id);
  }
  if (await page.evaluate(() => globalThis.htmx !== undefined))
    for (const id of ids)
      await becomes(page, id, 'running');
  else
    await page.reload();
  return ids;
}

test('selected rows are paused, resumed and stopped with one line each',
  async () => {
    const page = await open();
    const ids = await running(page, 2);
    const other = await draft(page);

    assert.equal(await bulk(page).isVisible(), false);
    for (const id of [...ids, other])
      await pick(page, id).check();
    assert.equal(await bulk(page).isVisible(), true);
    assert.equal(await page.locator('#picked').innerText(), '3 selected');
    // a button says for how many of them it is
    assert.equal(await bulk(page).getByRole('button', { name: 'Pause' })
      .getAttribute('data-now-count'), '2');
    assert.equal(await bulk(page).getByRole('button', { name: 'Resume' })
      .isVisible(), false);
    await shoot(page, 'selected');
    await bulk(page).getByRole('button', { name: 'Pause' }).click();
    await toast(page, '2 campaigns paused').waitFor();
    for (const id of ids)
      await becomes(page, id, 'paused');
    assert.equal(await bulk(page).isVisible(), false, 'nothing is selected now');
    assert.equal(await rowOf(page, other).getAttribute('data-status'), 'draft');

    for (const id of ids)
      await pick(page, id).check();
    await bulk(page).getByRole('button', { name: 'Resume' }).click();
    await toast(page, '2 campaigns resumed').waitFor();
    for (const id of ids)
      await becomes(page, id, 'running');

    for (const id of ids)
      await pick(page, id).check();
    await bulk(page).getByRole('button', { name: 'Stop' }).click();
    await page.getByRole('dialog').waitFor();
    assert.equal(await dialogText(page),
      'Stop 2 campaigns? This cannot be undone.');
    assert.equal(await page.evaluate(() => document.activeElement.innerText),
      'Cancel');
    await shoot(page, 'stop-dialog');
    await page.getByRole('button', { name: 'Cancel' }).click();
    assert.equal(await rowOf(page, ids[0]).getAttribute('data-status'), 'running');
    await bulk(page).getByRole('button', { name: 'Stop' }).click();
    await page.getByRole('button', { name: 'OK' }).click();
    await toast(page, '2 campaigns stopped').waitFor();
    for (const id of ids)
      await becomes(page, id, 'completed');
    assert.notEqual(await focused(page), '', 'focus is not lost');
    noErrors(page);
    await page.context().close();
  });

test('what changed elsewhere meanwhile is told in the one line', async () => {
  const page = await open();
  const ids = await running(page, 2);

  for (const id of ids)
    await pick(page, id).check();
  // this page does not hear of it before the press
  await page.route((address) => address.pathname === list,
    (route) => route.abort());
  outdial(['campaign', 'stop', ids[0]]);
  await bulk(page).getByRole('button', { name: 'Pause' }).click();
  await toast(page, '1 campaign paused, 1 not').waitFor();
  await toast(page, 'The campaign is now completed').waitFor();
  await becomes(page, ids[0], 'completed');
  await becomes(page, ids[1], 'paused');
  await shoot(page, 'many-refused');
  await page.context().close();
});

test('a selection outlives live updates, and the head selects all',
  async () => {
    const page = await open();
    const [id] = await running(page, 1);

    await pick(page, id).check();
    outdial(['campaign', 'pause', id]);
    await becomes(page, id, 'paused');
    assert.equal(await pick(page, id).isChecked(), true);
    assert.equal(await bulk(page).getByRole('button', { name: 'Resume' })
      .getAttribute('data-now-count'), '1');
    // a new row: the whole part is another
    const fresh = await draft(page);

    assert.equal(await pick(page, id).isChecked(), true);
    assert.equal(await pick(page, fresh).isChecked(), false);
    const all = page.getByRole('checkbox', { name: 'Select every row' });
    const rows = await page.locator('tr.row').count();

    assert.equal(await all.evaluate((box) => box.indeterminate), true);
    await all.check();
    assert.equal(await page.locator('tbody .pick:checked').count(), rows);
    assert.equal(await page.locator('#picked').innerText(), `${rows} selected`);
    await all.uncheck();
    assert.equal(await page.locator('tbody .pick:checked').count(), 0);
    noErrors(page);
    await page.context().close();
  });

test('by keyboard: x selects, ? shows the keys, Escape closes them',
  async () => {
    const page = await open();
    const id = await draft(page);

    await rowOf(page, id).locator('.row-link').focus();
    await page.keyboard.press('x');
    assert.equal(await pick(page, id).isChecked(), true);
    await page.keyboard.press('x');
    assert.equal(await pick(page, id).isChecked(), false);
    await page.keyboard.press('?');
    await page.getByRole('dialog', { name: 'Keyboard shortcuts' }).waitFor();
    await shoot(page, 'keys');
    await page.keyboard.press('Escape');
    await page.getByRole('dialog', { name: 'Keyboard shortcuts' })
      .waitFor({ state: 'hidden' });
    await page.getByRole('button', { name: 'Keyboard shortcuts' }).click();
    await page.getByRole('button', { name: 'Close' }).click();
    await page.getByRole('dialog', { name: 'Keyboard shortcuts' })
      .waitFor({ state: 'hidden' });
    await page.getByLabel('Search campaigns').focus();
    await page.keyboard.type('n?x');
    assert.equal(await page.getByLabel('Search campaigns').inputValue(), 'n?x');
    await page.context().close();
  });

test('without JavaScript the selection works, and Stop asks on a page',
  async () => {
    const page = await open(list, { javaScriptEnabled: false });
    const ids = await running(page, 2);

    for (const id of ids)
      await pick(page, id).check();
    await bulk(page).getByRole('button', { name: 'Pause' }).click();
    await toast(page, '2 campaigns paused').waitFor();
    for (const id of ids)
      await pick(page, id).check();
    await bulk(page).getByRole('button', { name: 'Stop' }).click();
    assert.match((await page.locator('form.confirm').innerText())
      .replace(/\s+/g, ' '), /Stop 2 campaigns\? This cannot be undone\./);
    await page.getByRole('button', { name: 'OK' }).click();
    await toast(page, '2 campaigns stopped').waitFor();
    for (const id of ids)
      assert.equal(await rowOf(page, id).getAttribute('data-status'), 'completed');
    await page.context().close();
  });

test('Hold all holds the workspace on every screen, Release lets go',
  async () => {
    const one = await open();
    const two = await open();
    const id = await draft(one);

    outdial(['campaign', 'start', id]);
    await becomes(two, id, 'running');
    await one.getByRole('button', { name: 'Hold all' }).focus();
    await one.keyboard.press('Enter');
    await toast(one, 'Workspace on hold').waitFor();
    assert.equal(await focused(one), 'hold', 'on the switch as it is now');
    const started = Date.now();

    await two.getByText(/On hold since/).waitFor();
    await rowOf(two, id).getByText('on hold').waitFor();
    assert.ok(Date.now() - started < SEEN_ELSEWHERE_MS);
    await rowOf(one, id).getByText('on hold').waitFor();
    await shoot(one, 'held');
    await press(two.locator('#strip'), 'Release');
    await toast(two, 'Workspace released').waitFor();
    await one.getByText(/On hold since/).waitFor({ state: 'detached' });
    await rowOf(one, id).getByText('on hold').waitFor({ state: 'detached' });
    outdial(['campaign', 'stop', id]);
    noErrors(one);
    noErrors(two);
    await one.context().close();
    await two.context().close();
  });

test('without JavaScript the switch works too', async () => {
  const page = await open(list, { javaScriptEnabled: false });

  await page.getByRole('button', { name: 'Hold all' }).click();
  await toast(page, 'Workspace on hold').waitFor();
  assert.match(await page.locator('#strip').innerText(), /On hold since .+ by /);
  await page.getByRole('button', { name: 'Release' }).click();
  await toast(page, 'Workspace released').waitFor();
  await page.context().close();
});
