// The contacts of a campaign: found, read page by page, each with its attempts;
// by keyboard, at any width, and without JavaScript.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { close, examine, find, list, noErrors, open, shoot, url } from './browser.mjs';

let at; // the contacts of a campaign of the demo that has called some

before(async () => {
  const page = await open(list);

  at = `${list}/${await find(page, 'running', 'Pause')}/contacts`;
  await page.context().close();
});
after(close);

const attempts = (page) => page.getByRole('link', { name: /^\d+ attempts?$/ });

for (const width of [1280, 390, 320])
  test(`axe finds nothing at ${width} px, and nothing scrolls sideways`, async (t) => {
    for (const [name, path] of Object.entries({ contacts: at, contact: `${at}/1-1`, wrong: `${at}?phone_number=12` }))
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
    assert.equal(page.url(), url + at.replace('/contacts', ''));
    await page.context().close();
  });

test('without JavaScript the link leads to the page with the attempts', async () => {
  const page = await open(at, { javaScriptEnabled: false });

  await attempts(page).first().click();
  await page.getByRole('heading', { name: 'Attempts in this run' }).waitFor();
  await page.context().close();
});
