// API keys: made, shown once, used and revoked, with JavaScript and without.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';

import { close, open, toast, url } from './browser.mjs';

after(close);

const path = '/dashboard/settings/api-keys';
const ask = (key) => fetch(`${url}/api/v1/campaigns`,
  { headers: { authorization: `Bearer ${key}` } });

async function make(page, name) {
  await page.goto(url + path);
  await page.getByLabel('Name', { exact: true }).fill(name);
  await page.getByRole('button', { name: 'Add', exact: true }).click();
  const made = page.locator('section.made');

  await made.waitFor();
  return made.locator('code').textContent();
}

for (const [how, options] of [['with', {}],
  ['without', { javaScriptEnabled: false }]])
  test(`a key is made, used and revoked ${how} JavaScript`, async () => {
    const page = await open(path, options);
    const name = `Shop ${how} <b>`;
    const key = await make(page, name);

    assert.match(key, /^od_[\w-]{43}$/);
    assert.equal((await ask(key)).status, 200);
    await page.goto(url + path);
    assert.equal((await page.content()).includes(key), false, 'shown once');
    const row = page.getByRole('row').filter({ hasText: name });

    await row.getByText(key.slice(-4)).waitFor();
    await row.getByRole('button', { name: 'Revoke' }).click();
    await page.getByText(`Revoke the API key “${name}”?`).waitFor();
    await page.getByRole('button', { name: 'OK', exact: true }).click();
    await toast(page, 'API key revoked').waitFor();
    await row.getByText(/^Revoked/).waitFor();
    assert.equal(await row.getByRole('button').count(), 0);
    assert.equal((await ask(key)).status, 401);
    await page.context().close();
  });

test('what is wrong is said at its field, and nothing is lost', async () => {
  const page = await open(path);

  await page.getByLabel('Name', { exact: true }).fill('Late');
  await page.getByLabel(/^trigger/).check();
  await page.getByLabel(/^Campaign/).fill('no such');
  await page.getByRole('button', { name: 'Add', exact: true }).click();
  await page.getByRole('alert').getByText('Campaign must be the ID').waitFor();
  assert.match(await page.title(), /^Error: API keys/);
  assert.equal(await page.getByLabel('Name', { exact: true }).inputValue(), 'Late');
  assert.equal(await page.getByLabel(/^trigger/).isChecked(), true);
  await page.context().close();
});
