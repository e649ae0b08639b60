// One file after another on the wizard's step for contacts.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { close, list, noErrors, open, shoot, url } from './browser.mjs';
import { Scene } from './scene.mjs';

before(() => { new Scene('Files', 'supervisor').furnish(); });
after(close);

const file = (name, text) => ({ name, mimeType: 'text/csv', buffer: Buffer.from(text) });

test('what was wrong with one file does not stand beside the next', async () => {
  const page = await open();
  const choose = page.locator('#upload [type="file"]');

  await page.goto(`${url}${list}/new/contacts`);
  await choose.setInputFiles(file('bad.csv', 'Mobile\n12025550171\n'));
  const wrong = page.locator('#contacts .err-sum');

  await wrong.getByText('Column 1, “Mobile”, comes near').waitFor();
  await shoot(page, 'files-wrong');
  let go;
  const held = new Promise((resolve) => { go = resolve; });

  await page.route('**/upload', async (route) => {
    await held;
    await route.continue();
  });
  await choose.setInputFiles(file('good.csv', 'phone_number\n+12025550171\n'));
  await page.locator('.sending:not([hidden])').waitFor();
  assert.equal(await wrong.count(), 0);
  await shoot(page, 'files-next');
  go();
  await page.locator('#contacts[data-state="done"]').waitFor();
  assert.equal(await wrong.count(), 0);
  await noErrors(page);
});
