// The main job: a campaign is started in the browser, dials by itself on the
// simulated carrier and completes, and the page shows it without being asked.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';

import { becomes, close, noErrors, open, outdial, press, rowOf, shoot, toast }
  from './browser.mjs';

after(close);

const CONTACTS = 8;
const NAME = `Main job ${Date.now()}`;

// A draft of its own: one call a contact, at any hour.
function makeDraft() {
  const settings = { name: NAME, bot_id: 1, concurrency: 8, mode: 'multi_day',
    window_start: '00:00', window_end: '24:00', max_attempts: 1, ring_timeout: 20,
    days: 'mon,tue,wed,thu,fri,sat,sun', retry_on: '' };
  const id = outdial(['campaign', 'create', '-'], JSON.stringify(settings))
    .trim();
  const phones = Array.from({ length: CONTACTS }, (_, i) =>
    `1312555${String(i + (Date.now() % 9000)).padStart(4, '0')}`);

  outdial(['import', id, '-'], `phone_number\n${phones.join('\n')}\n`);
  return id;
}

test('Start turns the row green, its bar moves by itself, it ends blue',
  async () => {
    const page = await open();
    const id = makeDraft();
    const row = rowOf(page, id);

    await row.waitFor({ timeout: 5000 });
    assert.equal(await row.getAttribute('data-status'), 'draft');
    assert.match(await row.innerText(), /0%\s+0 connected/);
    await page.evaluate(() => { globalThis.stillHere = true; });
    await press(row, 'Start');
    await toast(page, 'Campaign started').waitFor();
    await becomes(page, id, 'running');
    assert.equal(await row.locator('.badge').innerText(), 'Running');
    await page.waitForFunction((campaign) => {
      const bar = document.querySelector(
        `tr[data-campaign-id="${campaign}"] [role="progressbar"]`);

      return Number(bar.getAttribute('aria-valuenow')) > 0;
    }, id, { timeout: 120000 });
    await shoot(page, 'dialling');
    await page.locator(
      `tr[data-campaign-id="${id}"][data-status="completed"]`)
      .waitFor({ timeout: 240000 });
    assert.equal(await row.locator('.badge').innerText(), 'Completed');
    await row.getByText('100%', { exact: true }).first().waitFor();
    assert.ok(await row.getByRole('button', { name: 'Restart' }).isVisible());
    assert.ok(await page.evaluate(() => globalThis.stillHere));
    await shoot(page, 'completed');
    noErrors(page);
    await page.context().close();
  });
