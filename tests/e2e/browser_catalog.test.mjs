// The pages of settings: what is used stays, who may not add is told whom to ask,
// and nobody is left out.  How all is added is in browser_first_run.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';

import { close, examine, list, noErrors, open, url } from './browser.mjs';
import { Scene, answer, question, said } from './scene.mjs';

const settings = '/dashboard/settings';
const LONG = 'Grundstücksverkehrsgenehmigungszuständigkeitsübertragung';

after(close);

const add = (page) => page.getByRole('button', { name: 'Add', exact: true })
  .click();

for (const js of [true, false])
  test(`what is used is not removed, ${js ? 'with' : 'without'} JavaScript`, async () => {
    const used = new Scene(js ? 'Used' : 'Plain').furnish();
    const page = await open(`${settings}/carriers`, { who: used.admin, javaScriptEnabled: js });

    await page.getByRole('button', { name: 'Disable Carrier' }).click();
    assert.match(await question(page), /^Disable the carrier “Carrier”\?/);
    await answer(page, 'Cancel');
    await page.getByRole('link', { name: 'Edit Carrier' }).click();
    await page.getByRole('button', { name: 'Remove' }).click();
    await answer(page, 'OK');
    await said(page, 'Failed to remove', 'The carrier is used by the number “+442079460000”.');
    if (js)
      noErrors(page);
    await page.context().close();
  });

test('a supervisor is told whom to ask', async () => {
  const bare = new Scene('Asked', 'supervisor');
  const page = await open(list, { who: bare.supervisor });

  await page.getByText(`ask Robin admin (${bare.admin.email}).`).waitFor();
  assert.equal(await page.locator('.needs a').count(), 0);
  await page.goto(`${url}${settings}/carriers`);
  await page.getByText('Only an administrator can add them').waitFor();
  await page.context().close();
});

for (const width of [320, 1280])
  test(`axe finds nothing on the pages of settings at ${width} px`, async () => {
    const scene = new Scene(`Looks${width}`).furnish();
    const page = await open(list, { who: scene.admin, reducedMotion: 'reduce',
      bypassCSP: true, viewport: { width, height: 844 } });
    const look = async (at, name) => {
      await page.goto(`${url}${settings}${at}`);
      await examine(page, `settings-${name}`);
    };

    await look('', 'index');
    await look('/bots/new', 'bot-new');
    await add(page);
    await page.getByText('Name must have').waitFor();
    await examine(page, 'settings-bot-wrong');
    for (const name of [LONG, 'متابعة مواعيد العيادة'])
      scene.run(['bot', 'add', name, 'sip:bot@example.org']);
    scene.run(['carrier', 'add', LONG, '/run/nowhere.sock', '--enabled', 'no']);
    for (const place of ['bots', 'carriers', 'numbers'])
      await look(`/${place}`, place);
    await look(`/bots/${scene.bot}`, 'bot');
    await look(`/carriers/${scene.carrier}`, 'carrier');
    await look(`/numbers/${scene.number}`, 'number');
    await look('/numbers/new', 'numbers-new');
    await look('/workspace', 'workspace');
    const empty = new Scene(`Void${width}`);
    const other = await open(list, { who: empty.admin, bypassCSP: true,
      reducedMotion: 'reduce', viewport: { width, height: 844 } });

    await examine(other, 'settings-needs');
    await other.goto(`${url}${list}/new`);
    await examine(other, 'settings-needs-wizard');
    await other.context().close();
    await page.context().close();
  });
