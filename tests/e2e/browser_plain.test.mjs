// The same without JavaScript: links, a filter form, posts and redirects.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';

import { close, draft, list, openOut, open, press, rowOf, signIn, toast, url }
  from './browser.mjs';

after(close);

const plain = (address = list) => open(address, { javaScriptEnabled: false });

test('the filter has a button, and an action returns to the filtered list',
  async () => {
    const page = await plain();

    await page.getByLabel('Status', { exact: true }).selectOption('draft');
    await page.getByRole('button', { name: 'Apply' }).click();
    await page.waitForURL(/status=draft/);
    const filtered = page.url();
    const id = await draft(page);

    assert.equal(await page.locator('tr.row:not([data-status="draft"])').count(),
      0);
    await press(rowOf(page, id), 'Start');
    await toast(page, 'Campaign started').waitFor();
    assert.equal(page.url(), filtered);
    await page.goto(`${url}${list}`);
    assert.equal(await rowOf(page, id).getAttribute('data-status'), 'running');
    assert.equal(await toast(page, 'Campaign started').count(), 0,
      'a toast is shown once');
    await press(rowOf(page, id), 'Pause');
    await toast(page, 'Campaign paused').waitFor();
    await press(rowOf(page, id), 'Resume');
    await toast(page, 'Campaign resumed').waitFor();
    await press(rowOf(page, id), 'Stop');
    await toast(page, 'Campaign stopped').waitFor();
    await page.context().close();
  });

test('a campaign has a page of its own with its actions', async () => {
  const page = await plain();
  const id = await draft(page);

  await rowOf(page, id).getByRole('link').first().click();
  await page.waitForURL(`${url}${list}/${id}`);
  await page.getByRole('button', { name: 'Start', exact: true }).click();
  await toast(page, 'Campaign started').waitFor();
  assert.equal(page.url(), `${url}${list}/${id}`);
  await page.getByRole('button', { name: 'Stop' }).click();
  await toast(page, 'Campaign stopped').waitFor();
  await page.context().close();
});

test('signing out ends it', async () => {
  const page = await openOut(list, { javaScriptEnabled: false });

  await signIn(page);
  await page.getByRole('button', { name: 'Sign out' }).click();
  await page.goto(`${url}${list}`);
  assert.match(page.url(), /\/login/);
  await page.context().close();
});
