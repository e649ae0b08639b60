// The other pages of a campaign: contacts, each with its attempts, activity and
// integration; by keyboard, at any width, and without JavaScript.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { close, examine, find, list, noErrors, open, shoot, url } from './browser.mjs';

let campaign, at; // one of the demo that has called some, and its contacts

before(async () => {
  const page = await open(list);

  campaign = `${list}/${await find(page, 'running', 'Pause')}`;
  at = `${campaign}/contacts`;
  await page.context().close();
});
after(close);

const attempts = (page) => page.getByRole('link', { name: /^\d+ attempts?$/ });

for (const width of [1280, 390, 320])
  test(`axe finds nothing at ${width} px, and nothing scrolls sideways`, async (t) => {
    for (const [name, path] of Object.entries({ overview: campaign, contacts: at, contact: `${at}/1-1`, wrong: `${at}?phone_number=12`,
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
  const page = await open(campaign), elapsed = page.locator('.calls td:last-child').first();

  await page.getByText('Show as table').click();
  const was = await elapsed.innerText();

  await page.waitForFunction((text) => document.querySelector('.calls td:last-child')?.innerText !== text, was);
  assert.ok(await page.getByRole('region', { name: 'Calls per minute' }).isVisible());
  noErrors(page);
  await page.context().close();
});
