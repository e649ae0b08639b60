// What goes on in a campaign and how its calls fare, in a browser: by keyboard, at
// any width, in both themes and forced colours, and without JavaScript.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { close, examine, list, noErrors, open as openAs, shoot } from './browser.mjs';
import { Scene, rawId, sql } from './scene.mjs';

let scene, id, campaign, performance;
const figures = { processed: 60, connected: 60, ended: 120, answered: 60, completed: 60, o_1: 60, o_3: 60 };

before(() => {
  scene = new Scene('Monitored').furnish();
  id = scene.make('Winter boiler service reminders', 'running', { contacts: 120 });
  campaign = `${list}/${id}`;
  performance = `${campaign}/performance`;
  sql(`SET @run = (SELECT current_run FROM campaign WHERE id = ${rawId(id)}), @minute = UNIX_TIMESTAMP() DIV 60;
    UPDATE campaign SET goal_dispositions = 'sold', started_at = NOW(6) - INTERVAL 9 HOUR WHERE id = ${rawId(id)};
    INSERT INTO run_minute (run_id, minute, slot, ended, answered, handled, connected, ring_ms, talk_ms)
      SELECT @run, @minute - seq, 0, 20 + seq % 7, 8 + seq % 5, 8, 7, 200000, 400000 FROM seq_1_to_50;
    INSERT INTO campaign_period SELECT ${rawId(id)}, 15, @minute DIV 15 * 15 - seq * 15, 0, 90, 20 + seq % 40, 50, seq % 2 FROM seq_1_to_1000
      WHERE seq % 13 > 2;
    INSERT INTO campaign_period SELECT campaign_id, 1440, at DIV 1440 * 1440 AS day, 0, SUM(ended), SUM(answered), SUM(picked_up), SUM(abandoned)
      FROM campaign_period WHERE campaign_id = ${rawId(id)} GROUP BY day;
    INSERT INTO run_disposition VALUES (@run, 'sold', 0, 9), (@run, 'call_later', 0, 12), (@run, 'a_disposition_with_a_long_name_of_its', 1, 3);
    INSERT INTO run_breakdown SELECT @run, seq % 2, ${scene.carrier}, ${scene.number} + seq DIV 2, 1 + seq DIV 30, 40 - seq, 20, 15, 3, seq % 4, 1,
      90000, NOW(6) - INTERVAL 8 HOUR, NOW(6) - INTERVAL seq MINUTE FROM seq_1_to_38`);
  scene.figures(id, figures);
});
after(close);

const open = (path, options) => openAs(path, { who: scene.admin, ...options });

for (const [width, look] of [[2560, {}], [1280, {}], [1280, { colorScheme: 'dark' }], [1280, { forcedColors: 'active' }], [390, { colorScheme: 'dark' }],
  [320, {}]])
  test(`axe finds nothing at ${width} px${Object.values(look).map((s) => `, ${s}`)}, and nothing scrolls sideways`, async (t) => {
    for (const [name, path] of Object.entries({ overview: campaign, performance }))
      await t.test(name, async () => {
        const page = await open(path, { bypassCSP: true, viewport: { width, height: 844 }, reducedMotion: 'reduce', ...look });

        await page.getByText('What the figures mean').click();
        await shoot(page, `monitor-${name}-${width}${Object.values(look).map((s) => `-${s}`)}`);
        await examine(page, name);
        assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth));
        noErrors(page);
        await page.context().close();
      });
  });

test('what is opened stays open while the page follows', async () => {
  const page = await open(campaign), about = page.getByText('Contacts who have spoken to the bot.');

  await page.getByText('What the figures mean').focus();
  await page.keyboard.press('Enter');
  await about.waitFor();
  scene.figures(id, { ...figures, retry: 7 });
  await page.locator('.tiles div', { hasText: 'Retries' }).getByText('7', { exact: true }).waitFor();
  assert.ok(await about.isVisible());
  noErrors(page);
  await page.context().close();
});

test('its time goes on although nothing changes, and stands still while there is no answer', async () => {
  const page = await open(`${list}/${scene.make('At rest', 'paused')}`);
  const time = () => page.locator('#as-of').innerText();
  const first = await time();

  assert.match(first, /^\d\d:\d\d:\d\d$/);
  await page.waitForFunction((was) => document.querySelector('#as-of').textContent !== was, first);
  assert.match(await time(), /^\d\d:\d\d:\d\d$/);
  await page.context().setOffline(true);
  await page.locator('#live').getByText('Offline').waitFor();
  const last = await time();
  await page.evaluate(() => new Promise((done) => { setTimeout(done, 1600); }));
  assert.equal(await time(), last);
  await page.context().close();
});

test('without JavaScript it says the same', async () => {
  const page = await open(campaign, { javaScriptEnabled: false });

  assert.match(await page.locator('.state').innerText(), /\w/);
  assert.match(await page.locator('#as-of').innerText(), /^\d\d:\d\d:\d\d$/);
  assert.match(await page.locator('.phase').innerText(), /Goal Rate\s+37\.5%\s+9 reached/);
  await page.getByRole('link', { name: 'Performance' }).click();
  assert.equal(await page.getByRole('row', { name: /^Mon/ }).count(), 1);
  assert.match(await page.getByRole('region', { name: 'Numbers', exact: true }).innerText(), /\+442079460000/);
  await page.context().close();
});
