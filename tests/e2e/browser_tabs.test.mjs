// The other pages of a campaign: contacts, each with its attempts, activity and
// integration; by keyboard, at any width, and without JavaScript.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { close, examine, list, noErrors, open as openAs, shoot, url } from './browser.mjs';
import { Scene, rawId, sql } from './scene.mjs';

let scene, id, campaign, at; // one that has called 60 of its 120 contacts twice, its address, and that of its contacts

before(() => {
  scene = new Scene('Tabbed').furnish();
  id = scene.make('Winter boiler service reminders', 'running', { contacts: 120 });
  campaign = `${list}/${id}`;
  at = `${campaign}/contacts`;
  sql(`SET @run = (SELECT current_run FROM campaign WHERE id = ${rawId(id)});
    INSERT INTO run_contact (run_id, seg, ordinal, state, class, seq, tries, outcome) SELECT @run, 1, seq, 4, 2, 2, 2, 1 FROM seq_1_to_60;
    INSERT INTO attempt (run_id, seg, ordinal, seq, nonce, phone, carrier_id, number_id, slot, sent_at, ring_ms, talk_ms, outcome, q850,
        sip, counted)
      SELECT @run, 1, c.seq, t.seq, 7, 447700900099 + c.seq, ${scene.carrier}, ${scene.number}, 0, NOW(6) - INTERVAL 30 - t.seq MINUTE,
        5000, IF(t.seq = 2, 60000, NULL), IF(t.seq = 2, 1, 3), IF(t.seq = 2, 16, 17), IF(t.seq = 2, 200, 486), 1
      FROM seq_1_to_60 c, seq_1_to_2 t;
    INSERT INTO call_result SET run_id = @run, seg = 1, ordinal = 2, seq = 2, nonce = 7, at = NOW(6), disposition = 'call_later',
      callback_at = NOW(6) + INTERVAL 1 DAY, answered_by = 1, opt_out = 1, recording = 'https://rec.example/1', transcript = 'https://rec.example/2';
    UPDATE run_cursor SET next_ordinal = 61 WHERE run_id = @run;
    INSERT INTO run_minute (run_id, minute, slot, ended, answered, handled, ring_ms, talk_ms)
      SELECT @run, UNIX_TIMESTAMP() DIV 60 - seq, 0, seq, seq DIV 2, seq DIV 2, seq * 5000, seq * 30000 FROM seq_1_to_40`);
  scene.figures(id, { processed: 60, connected: 60, ended: 120, answered: 60, completed: 60, o_1: 60, o_3: 60 });
});
after(close);

const open = (path, options) => openAs(path, { who: scene.admin, ...options });
const attempts = (page) => page.getByRole('link', { name: /^\d+ attempts?$/ });

for (const width of [1280, 390, 320])
  test(`axe finds nothing at ${width} px, and nothing scrolls sideways`, async (t) => {
    for (const [name, path] of Object.entries({ overview: campaign, contacts: at, contact: `${at}/1-1`, told: `${at}/1-2`,
      filtered: `${at}?disposition=call_later&callback=asked`, calls: `${list.replace('campaigns', 'calls')}?phone_number=%2B447700900100`,
      wrong: `${at}?phone_number=12`,
      runs: `${campaign}/runs`, activity: `${campaign}/activity`, config: `${campaign}/config`, integration: `${campaign}/integration` }))
      await t.test(name, async () => {
        const page = await open(path, { bypassCSP: true, viewport: { width, height: 844 }, reducedMotion: 'reduce' });

        if (name === 'contacts') {
          await attempts(page).first().click();
          await page.getByRole('button', { name: 'Close' }).waitFor();
        }
        await shoot(page, `${name}-${width}`);
        await examine(page, name);
        assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth));
        if (name !== 'wrong') // the console tells of its 422
          noErrors(page);
        await page.context().close();
      });
  });

test('the attempts of a contact open in its row by the keyboard, and close', async () => {
  const page = await open(at), address = page.url();

  await attempts(page).first().focus();
  await page.keyboard.press('Enter');
  const trail = page.getByRole('region', { name: 'Attempts' });

  await trail.getByRole('row').nth(1).waitFor();
  assert.equal(page.url(), address);
  await page.keyboard.press('Tab');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await trail.waitFor({ state: 'detached' });
  assert.match(await page.evaluate(() => document.activeElement.textContent), /attempt/, 'the focus is where it was');
  noErrors(page);
  await page.context().close();
});

test('on a phone the filter is folded until it is used', async () => {
  const page = await open(at, { viewport: { width: 390, height: 844 } }), state = page.getByLabel('State');

  assert.ok(!await state.isVisible());
  await page.getByText('Filter', { exact: true }).first().click();
  await state.selectOption({ label: 'Completed' });
  await page.getByRole('button', { name: 'Filter' }).click();
  await page.waitForURL(/state=completed/);
  assert.ok(await state.isVisible());
  await page.setViewportSize({ width: 1280, height: 844 });
  await page.goto(url + at);
  assert.ok(await state.isVisible(), 'and never where there is room');
  noErrors(page);
  await page.context().close();
});

test('all that match are excluded after a question, by the keyboard', async () => {
  const page = await open(`${at}?disposition=call_later`);

  await page.getByRole('button', { name: 'Exclude all that match' }).press('Enter');
  await page.getByRole('heading', { name: /Exclude 1 contact\s?\?/ }).waitFor();
  await examine(page, 'question');
  assert.equal(await page.evaluate(() => document.activeElement.textContent), 'Cancel');
  await page.getByRole('button', { name: 'OK' }).press('Enter');
  await page.getByText('1 number excluded').waitFor();
  await page.getByRole('rowheader').getByRole('link').click();
  await page.getByText('Excluded from this campaign').waitFor();
  noErrors(page);
  await page.context().close();
});

for (const javaScriptEnabled of [true, false])
  test(`a filter and the pages, ${javaScriptEnabled ? 'with' : 'without'} JavaScript`, async () => {
    const page = await open(at, { javaScriptEnabled });

    await page.getByLabel('State').selectOption({ label: 'Completed' });
    await page.getByRole('button', { name: 'Filter' }).click();
    await page.getByRole('link', { name: 'Next page' }).click();
    assert.match(page.url(), /state=completed&after=/);
    assert.equal(await page.getByLabel('State').inputValue(), 'completed');
    const phone = await page.getByRole('rowheader').first().innerText();

    await page.getByLabel('State').selectOption({ label: 'Any' });
    await page.getByLabel('Phone number').fill(phone.replace(/(\d{4})$/, '-$1'));
    await page.getByRole('button', { name: 'Filter' }).click();
    await page.getByRole('rowheader', { name: phone }).waitFor();
    await page.getByRole('rowheader').getByRole('link').click();
    await page.getByRole('heading', { level: 2, name: phone }).waitFor();
    await page.getByRole('link', { name: 'Overview' }).click();
    assert.equal(page.url(), url + campaign);
    await page.context().close();
  });

test('without JavaScript the link leads to the page with the attempts', async () => {
  const page = await open(at, { javaScriptEnabled: false });

  await attempts(page).first().click();
  await page.getByRole('heading', { name: 'Attempts in this run' }).waitFor();
  await page.context().close();
});

test('a sample is copied as it stands there', async () => {
  const page = await open(`${campaign}/integration`);

  await page.getByText('Python').first().click();
  await page.getByRole('button', { name: 'Copy the Python program' }).first().click();
  await page.getByRole('button', { name: 'Copied' }).waitFor();
  assert.equal(await page.evaluate(() => navigator.clipboard.readText()),
    await page.locator('[data-language="python"]').first().textContent());
  noErrors(page);
  await page.context().close();
});

test('who did what stands on the page “Activity”', async () => {
  const page = await open(campaign);

  await page.getByRole('link', { name: 'Activity' }).click();
  await page.getByRole('listitem').filter({ hasText: 'Start' }).first().waitFor();
  await page.context().close();
});

test('a table that was opened stays open while the page follows the campaign', async () => {
  const page = await open(campaign);

  await page.getByText('Show as table').click();
  scene.figures(id, { processed: 61, connected: 61, ended: 122, answered: 61, completed: 61, o_1: 61, o_3: 61 });
  await page.getByText('61 connected').waitFor();
  assert.ok(await page.getByRole('region', { name: 'Calls per minute as a table' }).isVisible());
  noErrors(page);
  await page.context().close();
});
