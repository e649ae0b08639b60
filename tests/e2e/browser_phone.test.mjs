// The list on a phone: the first campaign is on the first screen, one control
// sorts, every action has its place; and on any screen a toast is never over
// what was pressed.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { becomes, close, list, noErrors, open, press, rowOf, shoot, toast, url,
  violations } from './browser.mjs';
import { Scene } from './scene.mjs';

// what people hold: the smallest there is, and the usual one
const PHONES = [{ width: 320, height: 568 }, { width: 390, height: 844 }];

let scene;
const ids = {};
const hand = (viewport, options = {}) => open(list, { who: scene.admin, viewport,
  hasTouch: viewport.width < 600, bypassCSP: true, ...options });

before(() => {
  scene = new Scene('Phone', 'viewer').furnish();
  for (const state of ['failed', 'completed', 'draft', 'paused', 'running'])
    ids[state] = scene.make(`Is ${state}`, state);
});
after(close);

const boxOf = (locator) => locator.evaluate((element) => {
  const { top, bottom, left, right } = element.getBoundingClientRect();

  return { top, bottom, left, right };
});
const meet = (a, b) => a.bottom > b.top && a.top < b.bottom &&
  a.right > b.left && a.left < b.right;

for (const viewport of PHONES) {
  for (const [what, options] of [['', {}], [', on hold', {}],
    [', for a viewer', { who: 'viewer' }], [', without JavaScript', { javaScriptEnabled: false }]]) {
    test(`at ${viewport.width} px the first campaign is on the first screen${what}`,
      async () => {
        const who = options.who ? scene[options.who] : scene.admin;

        if (what === ', on hold')
          scene.run(['workspace', 'hold']);
        const page = await hand(viewport, { ...options, who });
        const row = page.locator('tr.row').first();

        // a hold is more important than anything, and so is Apply where there
        // is no script
        if (!what.match(/hold|JavaScript/)) {
          const end = viewport.width < 390 ? row.locator('.prog-cell') : row;

          assert.ok((await boxOf(end)).bottom <= viewport.height,
            JSON.stringify(await boxOf(end)));
        }
        assert.ok((await boxOf(row.locator('.row-link'))).bottom <= viewport.height);
        await shoot(page, `phone-${viewport.width}${what.replaceAll(/\W+/g, '-')}`);
        if (options.javaScriptEnabled !== false && viewport === PHONES[0])
          assert.deepEqual(await violations(page), []);
        if (what === ', on hold')
          scene.run(['workspace', 'release']);
        await page.context().close();
      });
  }

  test(`at ${viewport.width} px one control sorts, by what it says`, async () => {
    const page = await hand(viewport);
    const control = page.locator('#sorted');
    const menu = page.locator('#sorts');
    const names = () => page.locator('.row-link').allInnerTexts();

    assert.equal(await control.innerText(), 'Sort: Created, newest');
    assert.equal(await menu.isVisible(), false);
    assert.equal(await page.locator('.sort:visible').count(), 0);
    await control.click();
    assert.deepEqual(await menu.getByRole('link').allInnerTexts(),
      ['Name', 'Status', 'Progress', 'Answer Rate', 'Completion Rate', 'Created']);
    await shoot(page, `sort-${viewport.width}`);
    assert.deepEqual(await violations(page), []);
    await menu.getByRole('link', { name: 'Name' }).click();
    await menu.waitFor({ state: 'hidden' });
    await page.waitForURL(/sort=name/);
    assert.equal(await control.innerText(), 'Sort: Name, A to Z');
    assert.deepEqual(await names(), [...await names()].sort());
    // the same again turns it round; Escape changes nothing
    await control.click();
    await menu.getByRole('link', { name: 'Name' }).click();
    await page.waitForURL(/dir=desc/);
    assert.equal(await control.innerText(), 'Sort: Name, Z to A');
    await control.click();
    await page.keyboard.press('Escape');
    await menu.waitFor({ state: 'hidden' });
    // a live update leaves an open menu alone
    await control.click();
    scene.run(['campaign', 'pause', ids.running]);
    await becomes(page, ids.running, 'paused');
    assert.equal(await menu.isVisible(), true);
    scene.run(['campaign', 'resume', ids.running]);
    noErrors(page);
    await page.context().close();
  });

  test(`at ${viewport.width} px each action has one place in every row`, async () => {
    const page = await hand(viewport);
    const places = async (name) => new Set(await page.locator('tr.row')
      .getByRole('button', { name, exact: true }).evaluateAll((all) =>
        all.map((button) => Math.round(button.getBoundingClientRect().left))));

    assert.equal((await places('Clone')).size, 1);
    assert.equal((await places('Stop')).size, 1);
    assert.deepEqual([...await places('Start')], [...await places('Restart')]);
    assert.deepEqual([...await places('Start')], [...await places('Pause')]);
    assert.deepEqual(await page.locator('.acts .icon-btn').evaluateAll((all) =>
      all.filter((one) => one.scrollWidth > one.clientWidth + 1)
        .map((one) => one.ariaLabel)), [], 'no word is cut off');
    await page.context().close();
  });
}

test('on a phone all rows are selected from the bar, and let go there', async () => {
  const page = await hand(PHONES[1]);
  const bulk = page.locator('#bulk');

  await rowOf(page, ids.draft).getByRole('checkbox').check();
  await bulk.getByText('No action applies to these').waitFor();
  await bulk.getByRole('button', { name: 'Select all' }).click();
  assert.equal(await page.locator('#picked').innerText(), '5 selected');
  assert.equal(await bulk.getByText('No action applies').isVisible(), false);
  await shoot(page, 'bulk-390');
  await bulk.getByRole('button', { name: 'Clear' }).click();
  assert.equal(await bulk.isVisible(), false);
  assert.equal(await page.locator('tbody .pick:checked').count(), 0);
  await page.context().close();
});

// Presses a button of a row and looks where the toast is.
async function pressAndLook(page, row, name, text) {
  const button = row.getByRole('button', { name, exact: true });

  await page.waitForFunction(() => !document.querySelector('[data-now-guarded]'));
  await button.click();
  await toast(page, text).waitFor();
  const pressed = await boxOf(row), shown = await boxOf(page.locator('#toasts'));

  assert.ok(!meet(shown, pressed), `${text}: ${JSON.stringify([shown, pressed])}`);
  await page.getByRole('button', { name: 'Dismiss' }).last().click();
}

for (const width of [1280, 390, 320]) {
  test(`at ${width} px a toast is never over the row that was acted on`, async () => {
    const viewport = { width, height: width === 320 ? 568 : 844 };
    const page = await hand(viewport);
    const row = rowOf(page, ids.running);

    // at the head of the screen, in its middle, at its foot
    for (const block of ['start', 'center', 'end']) {
      const scroll = () => row.evaluate((one, where) =>
        one.scrollIntoView({ block: where }), block);

      await scroll();
      await pressAndLook(page, row, 'Pause', 'Campaign paused');
      await becomes(page, ids.running, 'paused');
      await scroll();
      await pressAndLook(page, row, 'Resume', 'Campaign resumed');
      await becomes(page, ids.running, 'running');
    }
    // what fails too, and stays
    await page.route('**/clone?*', (route) => route.abort());
    for (const block of ['start', 'end']) {
      await rowOf(page, ids.failed).evaluate((one, where) =>
        one.scrollIntoView({ block: where }), block);
      await pressAndLook(page, rowOf(page, ids.failed), 'Clone', 'Failed to clone');
    }
    await page.context().close();
  });

  test(`at ${width} px a toast is not over the buttons of a campaign’s page`,
    async () => {
      const page = await hand({ width, height: width === 320 ? 568 : 844 });

      await page.goto(`${url}${list}/${ids.running}`);
      for (const [name, text] of [['Pause', 'Campaign paused'],
        ['Resume', 'Campaign resumed']]) {
        await page.waitForFunction(() =>
          !document.querySelector('[data-now-guarded]'));
        await press(page.locator('.head-actions'), name);
        await toast(page, text).waitFor();
        assert.ok(!meet(await boxOf(page.locator('#toasts')),
          await boxOf(page.locator('.head-actions'))), text);
        await shoot(page, `toast-page-${width}`);
      }
      await page.context().close();
    });
}
