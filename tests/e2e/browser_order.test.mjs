// Order and pages of the list, with JavaScript and without.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { close, focused, list, noErrors, open, outdial, shoot, url }
  from './browser.mjs';

after(close);

const PREFIX = `Order ${Date.now().toString(36)}`;
const NAMES = ['apple', 'Äpfel', 'Zebra', 'école', 'Echo'];
const IN_ORDER = ['Äpfel', 'apple', 'Echo', 'école', 'Zebra'];
const MORE = 30;

// 35 drafts of this test's own, so that there are two pages of them
before(() => {
  const [model] = outdial(['campaign', 'list', '--status', 'paused']).trim()
    .split('\n').pop().split(' ');

  for (const name of [...NAMES, ...Array.from({ length: MORE }, (_, i) =>
    `zz ${String(i).padStart(2, '0')}`)]) {
    const settings = { name: `${PREFIX} ${name}`, bot_id: 1 };

    outdial(['campaign', 'create', '-'], JSON.stringify(settings));
  }
  assert.ok(model);
});

const mine = `${list}?q=${encodeURIComponent(PREFIX)}`;
const names = (page) => page.locator('.row-link').allInnerTexts()
  .then((all) => all.map((name) => name.replace(`${PREFIX} `, '')));
const header = (page, name) => page.getByRole('columnheader', { name });
const sortBy = (page, name) => header(page, name).getByRole('link', { name })
  .click();

for (const javaScriptEnabled of [true, false]) {
  const how = javaScriptEnabled ? 'with JavaScript' : 'without JavaScript';
  const start = (address) => open(address, { javaScriptEnabled });

  test(`a heading sorts by its column, and once more the other way, ${how}`,
    async () => {
      const page = await start(mine);

      assert.equal(await header(page, 'Created').getAttribute('aria-sort'),
        'descending');
      await sortBy(page, 'Name');
      await page.waitForURL(/sort=name/);
      await page.locator('th[aria-sort="ascending"]').waitFor();
      assert.deepEqual((await names(page)).slice(0, 5), IN_ORDER);
      await sortBy(page, 'Name');
      await page.waitForURL(/dir=desc/);
      await page.locator('th[aria-sort="descending"]').waitFor();
      assert.equal((await names(page))[0], 'zz 29');
      if (javaScriptEnabled)
        assert.equal(await focused(page), 'sort-name');
      await page.goBack();
      await page.locator('th[aria-sort="ascending"]').waitFor();
      assert.deepEqual((await names(page)).slice(0, 5), IN_ORDER);
      for (const [label, word] of [['Status', 'status'],
        ['Progress', 'progress'], ['Answer Rate', 'answer'],
        ['Completion Rate', 'completion'], ['Created', null]]) {
        await sortBy(page, label);
        await page.waitForURL((at) =>
          at.searchParams.get('sort') === word &&
          at.searchParams.get('q') === PREFIX);
        await page.locator('th[aria-sort]', { hasText: label }).waitFor();
        assert.equal((await names(page)).length, 25);
      }
      if (javaScriptEnabled)
        noErrors(page);
      await page.context().close();
    });

  test(`pages lead on and back, sizes change how many rows, ${how}`,
    async () => {
      const page = await start(`${mine}&sort=name`);

      const range = () => page.locator('.foot .num').innerText();

      assert.equal(await range(), '1–25 of 35 found');
      const first = await names(page);

      assert.equal(first.length, 25);
      await page.getByRole('link', { name: 'Next' }).click();
      await page.waitForURL(/after=/);
      await page.getByRole('link', { name: 'Previous' }).waitFor();
      const second = await names(page);

      assert.equal(second.length, 10);
      assert.equal(await range(), '26–35 of 35 found');
      if (javaScriptEnabled) {
        // one reads on from the head of the list, by eye and by keyboard
        assert.ok(await page.evaluate(() => {
          const { top } = document.querySelector('#list').getBoundingClientRect();

          return top >= 0 && top < innerHeight / 2;
        }));
        assert.equal(await focused(page),
          await page.locator('.row-link').first().getAttribute('id'));
        assert.equal(await page.locator('#said').textContent(), await range());
      }
      assert.deepEqual([...first, ...second].slice(5),
        Array.from({ length: MORE }, (_, i) => `zz ${String(i).padStart(2, '0')}`));
      await page.getByRole('link', { name: 'Previous' }).click();
      await page.waitForURL(/before=/);
      await page.getByRole('link', { name: 'Next' }).waitFor();
      assert.deepEqual(await names(page), first);
      await page.getByRole('link', { name: '50', exact: true }).click();
      await page.waitForURL(/size=50/);
      await page.locator('tr.row').nth(34).waitFor();
      assert.equal((await names(page)).length, 35);
      assert.match(page.url(), /sort=name/);
      await page.context().close();
    });
}

test('search keeps order and size, and a page past the end leads back',
  async () => {
    const page = await open(`${list}?sort=name&size=50`);

    await page.getByLabel('Search campaigns').fill(PREFIX);
    await page.waitForURL((at) => at.searchParams.get('q') === PREFIX);
    await page.locator('tr.row').nth(34).waitFor();
    assert.match(page.url(), /sort=name/);
    assert.match(page.url(), /size=50/);
    assert.deepEqual((await names(page)).slice(0, 5), IN_ORDER);
    await page.goto(`${url}${mine}&sort=name`);
    await page.getByRole('link', { name: 'Next' }).click();
    await page.waitForURL(/after=/);
    const last = new URL(page.url());

    // the same place in an order that has nothing after it
    last.searchParams.set('q', `${PREFIX} apple`);
    await page.goto(last.href);
    await page.getByText('There are no campaigns left on this page').waitFor();
    await shoot(page, 'past-the-end');
    await page.getByRole('link', { name: 'Go to the first page' }).click();
    await page.locator('.row-link').first().waitFor();
    assert.deepEqual(await names(page), ['apple']);
    noErrors(page);
    await page.context().close();
  });

test('what is typed while the server is away is asked for when it is back',
  async () => {
    const page = await open();

    await page.route((address) => address.pathname === list,
      (route) => route.fulfill({ status: 503, body: '' }));
    await page.getByLabel('Search campaigns').fill(`${PREFIX} apple`);
    await page.getByText('Reconnecting').waitFor();
    await page.unroute((address) => address.pathname === list);
    await page.unrouteAll();
    await page.waitForURL(/q=/);
    await page.waitForFunction(() =>
      document.querySelectorAll('.row-link').length === 1);
    assert.deepEqual(await names(page), ['apple']);
    await page.context().close();
  });
