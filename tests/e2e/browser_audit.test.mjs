// The pages of the audit log, of privacy, and the alarms: nobody is left out by
// colour or width, and without JavaScript the filter works too.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { close, examine, list, noErrors, open, rowOf, url } from './browser.mjs';
import { Scene, rawId, said, sql } from './scene.mjs';

const AT = '/dashboard/settings/audit';
const LONG = 'Grundstücksverkehrsgenehmigungszuständigkeitsübertragung'.repeat(8);
const PAGES = { audit: AT, retention: '/dashboard/settings/retention',
  erasure: '/dashboard/settings/erasure', list };
let scene, failed;

before(() => {
  scene = new Scene('Audited', 'supervisor').furnish();
  failed = scene.make('Went wrong', 'failed');
  sql(`INSERT INTO audit (workspace_id, campaign_id, at, actor, action, was, became, behalf) VALUES
    (${scene.id}, ${rawId(failed)}, NOW(6), 'متابعة', 'edit', '{"name":"${LONG}","zone":"UTC"}',
      '{"name":"متابعة مواعيد ${LONG}","zone":"Europe/London"}', '${LONG.slice(0, 110)}')`);
  sql(`INSERT INTO alarm (run_id, kind, workspace_id, campaign_id, at, text)
    SELECT id, 0, workspace_id, campaign_id, NOW(6), 'The bot is gone.' FROM run
    WHERE campaign_id = ${rawId(failed)}`);
});
after(close);

// examine() looks at both themes
for (const width of [1280, 320])
  test(`axe finds nothing on them at ${width} px`, async (t) => {
    for (const [name, path] of Object.entries(PAGES))
      await t.test(name, async () => {
        const page = await open(path, { who: scene.admin, bypassCSP: true,
          viewport: { width, height: 844 }, reducedMotion: 'reduce' });

        await examine(page, name);
        assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth),
          'nothing scrolls sideways');
        noErrors(page);
        await page.context().close();
      });
  });

for (const javaScriptEnabled of [true, false])
  test(`the filter finds an entry ${javaScriptEnabled ? 'with' : 'without'} JavaScript`, async () => {
    const page = await open(AT, { who: scene.admin, javaScriptEnabled });

    await page.getByLabel('Action').selectOption('edit');
    await page.getByLabel('Campaign ID').fill(failed);
    await page.getByRole('button', { name: 'Filter' }).click();
    assert.match(page.url(), new RegExp(`campaign=${failed}`));
    const entry = page.getByRole('listitem').filter({ hasText: 'Time zone' });

    await entry.getByRole('link', { name: 'Went wrong' }).click();
    await page.getByRole('heading', { level: 1, name: 'Went wrong' }).waitFor();
    await page.context().close();
  });

test('a campaign is archived, found in the archive and brought back', async () => {
  const page = await open(list, { who: scene.supervisor });

  await rowOf(page, failed).getByRole('button', { name: 'Archive' }).click();
  await said(page, 'Campaign archived');
  await rowOf(page, failed).waitFor({ state: 'detached' });
  await page.getByLabel('Status').selectOption('archived');
  await rowOf(page, failed).getByRole('button', { name: 'Unarchive' }).click();
  await said(page, 'Campaign taken out of the archive');
  await page.goto(url + list);
  await rowOf(page, failed).getByText('Failed').waitFor();
  noErrors(page);
  await page.context().close();
});

test('an alarm stands above the list until it is dismissed', async () => {
  const page = await open(list, { who: scene.supervisor });
  const alarm = page.getByText('The run failed. The bot is gone.');

  await alarm.waitFor();
  await page.getByRole('button', { name: 'Dismiss' }).click();
  await alarm.waitFor({ state: 'detached' });
  await page.reload();
  await rowOf(page, failed).waitFor();
  assert.equal(await alarm.count(), 0);
  noErrors(page);
  await page.context().close();
});
