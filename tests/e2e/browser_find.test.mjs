// Search, status filter, totals and empty states, with JavaScript and without.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { close, focused, list, noErrors, open, shoot, url } from './browser.mjs';
import { Scene } from './scene.mjs';

const NAMES = ['Straße nach Ölkrug', 'Привет МИР', 'ΣΊΣΥΦΟΣ', 'متابعة مواعيد العيادة',
  '東京リマインダー', '100% off_season', 'Back\\slash', '<b>bold</b> & "quotes"',
  'Plain one', 'plain two'];
const [STREET, PEACE, GREEK, CLINIC, TOKYO, PERCENT, SLASH, BOLD, ONE, TWO] = NAMES;
const FINDS = [
  ['strasse NACH', STREET], ['ÖLK', STREET], ['привет', PEACE], ['мИр', PEACE],
  ['σίσυφος', GREEK], ['مواعيد', CLINIC], ['京リマ', TOKYO],
  ['%', PERCENT], ['_', PERCENT], ['\\', SLASH], ['<b>', BOLD], ['& "', BOLD],
  ['PLAIN', TWO, ONE], ['n one', ONE], ['lai', TWO, ONE],
];
// nothing has such a name; each is shown as it is
const HOSTILE = ['ж'.repeat(300), '😀'.repeat(150), '"'.repeat(300),
  '\'); DROP TABLE campaign; --', '<script>alert(1)</script>', '{{SUMMARY}}', '%%_%%',
  '" onfocus=alert(1) autofocus="', '%2e%zz%00', '&lt;&amp;q=', '‮evil'];
// addresses that no form makes
const BAD = ['q=%00', 'q=%zz', `q=${'a'.repeat(301)}`, 'q=%ff', 'after=garbage'];
// such as an old bookmark has
const UNKNOWN = { 'status=nonsense': 'Status “nonsense”', 'sort=evil': 'Sort “evil”',
  'dir=up': 'Direction “up”', 'size=7': 'Rows per page “7”' };

let scene;
const ids = {};

// newest first: the last one made is on top
before(() => {
  scene = new Scene('Find').furnish();
  for (const name of NAMES)
    ids[name] = scene.draft(name);
  for (const [name, status] of [[ONE, 'paused'], [TWO, 'running'],
    [GREEK, 'completed'], [TOKYO, 'failed']])
    scene.become(ids[name], status);
});
after(close);

const names = (page) => page.locator('.row-link').allInnerTexts();
const box = (page) => page.getByLabel('Search campaigns');
const choice = (page) => page.getByLabel('Status', { exact: true });
const total = (page, text) =>
  page.locator('.foot .num').getByText(text, { exact: true }).waitFor();

for (const javaScriptEnabled of [true, false]) {
  const how = javaScriptEnabled ? 'with JavaScript' : 'without JavaScript';
  const enter = (address = list, who = scene.admin) =>
    open(address, { javaScriptEnabled, who });
  const apply = async (page) => {
    if (!javaScriptEnabled)
      await page.getByRole('button', { name: 'Apply' }).click();
  };
  const search = async (page, text) => {
    await box(page).fill(text);
    await apply(page);
    await page.waitForURL((at) => at.searchParams.get('q') === text);
  };

  test(`any part of the name or the ID is found, in any alphabet and case, ${how}`,
    async () => {
      const page = await enter();
      const finds = [...FINDS, [ids[PEACE].slice(1, 8).toUpperCase(), PEACE],
        [ids[CLINIC], CLINIC]];

      await total(page, `${NAMES.length} campaigns`);
      for (const [text, ...found] of finds) {
        await search(page, text);
        await total(page, `${found.length} of ${NAMES.length} campaigns`);
        assert.deepEqual(await names(page), found, text);
        assert.equal(await box(page).inputValue(), text);
      }
      noErrors(page);
      await page.context().close();
    });

  test(`no search text is anything but text, ${how}`, async () => {
    const page = await enter();

    for (const text of HOSTILE) {
      await search(page, text);
      await page.locator('.empty bdi').getByText(text, { exact: true }).waitFor();
      assert.equal(await page.locator('.empty h2').innerText(),
        'No campaigns found');
      await page.goto(page.url());
      assert.equal(await box(page).inputValue(), text, 'the address holds it');
      assert.ok(await page.evaluate(() =>
        document.documentElement.scrollWidth <= innerWidth), text);
    }
    noErrors(page);
    await page.context().close();
  });

  test(`the status filters too, alone and with a search, ${how}`, async () => {
    const page = await enter();

    assert.deepEqual(await choice(page).locator('option').allInnerTexts(),
      ['All statuses', 'Draft', 'Running', 'Paused', 'Completed', 'Failed',
        'Archived']);
    assert.equal(await choice(page).inputValue(), '', 'all by default');
    for (const [status, found] of [['running', TWO], ['paused', ONE],
      ['completed', GREEK], ['failed', TOKYO]]) {
      await choice(page).selectOption(status);
      await apply(page);
      await page.waitForURL((at) => at.searchParams.get('status') === status);
      await total(page, `1 of ${NAMES.length} campaigns`);
      assert.deepEqual(await names(page), [found]);
    }
    await search(page, 'plain');
    await page.getByText('Nothing matches “plain” with the status Failed.')
      .waitFor();
    await page.getByRole('link', { name: 'Show all campaigns' }).click();
    await total(page, `${NAMES.length} campaigns`);
    assert.equal(await box(page).inputValue(), '');
    assert.equal(await choice(page).inputValue(), '');
    await page.goBack();
    await page.getByText('Nothing matches').waitFor();
    assert.equal(await box(page).inputValue(), 'plain');
    assert.equal(await choice(page).inputValue(), 'failed');
    noErrors(page);
    await page.context().close();
  });

  test(`Back and Forward bring search and status again, ${how}`, async () => {
    const page = await enter();
    const filtered = async () => {
      await total(page, `1 of ${NAMES.length} campaigns`);
      assert.deepEqual(await names(page), [ONE]);
      assert.equal(await box(page).inputValue(), 'PLAIN');
      assert.equal(await choice(page).inputValue(), 'paused');
    };

    await search(page, 'PLAIN');
    await choice(page).selectOption('paused');
    await apply(page);
    await page.waitForURL(/status=paused/);
    await filtered();
    await page.locator('.row-link').click();
    await page.waitForURL(`${url}${list}/${ids[ONE]}`);
    await page.goBack();
    await filtered();
    await page.goForward();
    await page.getByRole('heading', { name: ONE }).waitFor();
    await page.goBack();
    await filtered();
    await page.goto(page.url());
    await filtered();
    noErrors(page);
    await page.context().close();
  });

  test(`an address that no form makes is refused, with a way on, ${how}`,
    async () => {
      const page = await enter();

      for (const query of BAD) {
        const got = await page.goto(`${url}${list}?${query}`);

        assert.equal(got.status(), 400, query);
        await page.getByRole('link', { name: 'Go to campaigns' }).waitFor();
      }
      await page.getByRole('link', { name: 'Go to campaigns' }).click();
      await total(page, `${NAMES.length} campaigns`);
      await page.context().close();
    });

  test(`an address that asks for what is not there shows the usual list, ${how}`,
    async () => {
      const page = await enter();

      for (const [query, what] of Object.entries(UNKNOWN)) {
        const got = await page.goto(`${url}${list}?${query}&q=`);

        assert.equal(got.status(), 200, query);
        await total(page, `${NAMES.length} campaigns`);
        await page.getByRole('status').getByText(`${what} is not known`).waitFor();
        assert.equal(await page.getByLabel('Status').inputValue(), '');
      }
      await page.context().close();
    });

  test(`a workspace without campaigns leads to a new one, ${how}`, async () => {
    const bare = new Scene('Bare', 'viewer');
    const page = await enter(list, bare.admin);
    const linksOf = (to) => to.getByRole('link', { name: 'New Campaign' });
    const links = linksOf(page);

    assert.equal(await page.locator('.empty h2').innerText(), 'No campaigns found');
    assert.equal(await page.locator('.foot, #bulk').count(), 0);
    assert.equal(await links.count(), 2);
    await shoot(page, 'first-run');
    await links.last().click();
    await page.waitForURL(`${url}${list}/new`);
    await page.getByRole('heading', { level: 1, name: 'New Campaign' }).waitFor();
    await page.goBack();
    await links.first().click();
    await page.waitForURL(`${url}${list}/new`);
    noErrors(page);
    await page.context().close();

    const reader = await enter(list, bare.viewer);

    assert.equal(await reader.locator('.empty h2').innerText(),
      'No campaigns found');
    assert.equal(await linksOf(reader).count(), 0);
    await reader.context().close();
  });
}

test('what is typed is asked for once, keeps the focus, and is announced',
  async () => {
    const page = await open(list, { who: scene.admin });
    const asked = [];

    page.on('request', (request) => {
      if (request.url().includes('q=') &&
          !/#poll$/.test(request.headers()['hx-source'] ?? ''))
        asked.push(request.url());
    });
    // typed in no time, however busy the machine is
    await page.clock.install();
    await page.clock.pauseAt(Date.now() + 1000);
    await box(page).pressSequentially('plain');
    await page.clock.resume();
    await total(page, `2 of ${NAMES.length} campaigns`);
    assert.equal(asked.length, 1);
    assert.equal(await focused(page), 'q');
    assert.equal(await page.locator('#said').innerText(),
      `2 of ${NAMES.length} campaigns`);
    await box(page).fill('ж'.repeat(400));
    assert.equal((await box(page).inputValue()).length, 400, 'nothing is cut');
    noErrors(page);
    await page.context().close();
  });
