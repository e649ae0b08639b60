// From nothing to a campaign that dials: the five steps with and without
// JavaScript, what is wrong, what is kept, and two who change the same.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import { after, before, test } from 'node:test';

import { close, examine, list, noErrors, open, outdial, shoot, toast, url } from
  './browser.mjs';
import { Scene, sql } from './scene.mjs';
import { basics, begin, button, csv, dialler, done, field, next, numbers, phone,
  step } from './wizard.mjs';

const ROWS = 20000;
let scene;

before(() => {
  scene = new Scene('Wizard', 'supervisor').furnish();
});
after(close);

const statusOf = (id) => outdial(['campaign', 'list']).split('\n')
  .find((line) => line.startsWith(id));

test('with JavaScript: made from nothing, a file is read, it dials', async () => {
  const page = await open();
  const name = `Made ${Date.now()}`;
  const file = csv('many.csv', ['phone_number,First name,city',
    ...Array.from({ length: ROWS }, (_, i) =>
      `+4479${String(10000000 + i)},Ann ${i},"York, ${i % 7}"`),
    '12,Too short,', `+447910000001,Twice,`]);

  await page.getByRole('link', { name: 'New Campaign' }).click();
  await page.waitForURL(/\/new/);
  await begin(page);
  await page.evaluate(() => { globalThis.stillHere = true; });
  await basics(page, name);
  assert.match(page.url(), /\/new\/numbers$/);
  assert.equal(await page.evaluate(() => document.activeElement.id),
    'step-title', 'focus is where the step begins');
  await numbers(page);
  await field(page, 'max_attempts').fill('5');
  await page.locator('#means').getByText('5 at most').waitFor();
  await field(page, 'window_start').fill('00:00');
  await field(page, 'window_end').fill('24:00');
  for (const day of ['Sat', 'Sun'])
    await page.locator('.day', { hasText: day }).click();
  await page.locator('#means').getByText(/all day, every day, .*open now/).waitFor();
  await shoot(page, 'wizard-dialler');
  await dialler(page);
  await page.locator('#upload [type="file"]').setInputFiles(file);
  await done(page);
  assert.ok(await page.evaluate(() => globalThis.stillHere), 'never reloaded');
  const counts = await page.locator('.counts').innerText();
  assert.match(counts, /Rows\s+20,002\s+Contacts\s+20,000\s+Rejected\s+1\s+Duplicates\s+1/);
  assert.match(await page.locator('.preview').innerText(),
    /phone_number\s+First name\s+city[^]*\+447910000000\s+Ann 0\s+York, 0/);
  await shoot(page, 'wizard-preview');
  const [rejected] = await Promise.all([page.waitForEvent('download'),
    page.getByRole('link', { name: 'Download the rejected rows' }).click()]);

  assert.match(fs.readFileSync(await rejected.path(), 'utf8'),
    /^\ufeff?phone_number,First name,city,line,reason\r\n12,Too short,,\d+,.*8 to 15 digits/);
  await next(page);
  await step(page, 'Review');
  await page.getByText('many.csv, 20,000 contacts').waitFor();
  await shoot(page, 'wizard-review');
  await page.getByRole('button', { name: 'Create Campaign' }).click();
  await toast(page, 'Campaign created').waitFor();
  await page.getByRole('heading', { name }).waitFor();
  await page.getByRole('button', { name: 'Start', exact: true }).click();
  await toast(page, 'Campaign started').waitFor();
  const id = page.url().split('/').pop();

  await page.waitForFunction(async () => {
    const text = await (await fetch(location.href)).text();

    return !/<b>0<\/b> in progress/.test(text) ||
      !/<b>0%<\/b> of/.test(text);
  }, null, { timeout: 60000, polling: 500 });
  outdial(['campaign', 'stop', id]);
  noErrors(page);
  await page.context().close();
});

test('the card follows the last change, whenever an answer comes', async () => {
  const page = await open();

  await begin(page);
  await basics(page, 'Follows');
  await numbers(page);
  // the first answer arrives while the next change waits to be sent
  let release;
  const asked = new Promise((resolve) => page.route('**/new/dialler',
    async (route) => {
      const response = await route.fetch();

      resolve();
      await new Promise((go) => { release = go; });
      await route.fulfill({ response });
    }, { times: 1 }));
  const type = (value) => field(page, 'max_attempts').evaluate((input, text) => {
    input.value = text;
    input.dispatchEvent(new Event('input', { bubbles: true }));
  }, value);

  await type('5');
  await asked;
  await type('6');
  release();
  await page.locator('#means').getByText('6 at most').waitFor();
  await page.context().close();
});

test('two steps pressed at once: the first is shown, the other is forgotten',
  async () => {
    const page = await open();

    await begin(page);
    await basics(page, 'Hasty');
    await numbers(page);
    await page.evaluate(() => {
      const link = (name) => [...document.querySelectorAll('.steps a')]
        .find((a) => a.textContent.includes(name));

      link('Basics').click();
      link('Number Pool').click();
    });
    await step(page, 'Basics');
    await button(page, 'Finish later').click();
    await page.waitForURL(`**${list}`);
    await page.context().close();
  });

test('without JavaScript: the same way, by pages alone', async () => {
  const page = await open(list, { javaScriptEnabled: false });
  const name = `Plain ${Date.now()}`;

  await begin(page);
  await next(page);
  await page.getByText('Please correct 2 entries').waitFor();
  assert.match(await page.locator('#errors').innerText(),
    /Campaign Name is missing[^]*Bot is missing/);
  await basics(page, name);
  await next(page);
  await page.getByText('Choose at least one number').first().waitFor();
  await numbers(page);
  await field(page, 'window_end').fill('09:00');
  await next(page);
  await page.getByText(/must differ/).first().waitFor();
  assert.equal(await field(page, 'window_end').inputValue(), '09:00',
    'what was entered is still there');
  await dialler(page, { window_end: '17:30' });
  await next(page);
  await page.getByText('Upload a CSV file').first().waitFor();
  await page.locator('#upload [type="file"]').setInputFiles(
    csv('few.csv', ['phone_number', phone(0), phone(1)]));
  await page.getByRole('button', { name: 'Upload', exact: true }).click();
  await step(page, 'Upload CSV');
  while (!await page.locator('#contacts[data-state="done"]').count())
    await page.reload();
  await next(page);
  await page.getByRole('button', { name: 'Create Campaign' }).click();
  await toast(page, 'Campaign created').waitFor();
  await page.getByRole('heading', { name }).waitFor();
  assert.match(await page.locator('.phase-text').innerText(), /of 2 contacts/);
  await page.context().close();
});

test('what was begun survives a reload, signing out, and is offered', async () => {
  const page = await open(`${list}?q=Plain`);

  await page.getByRole('link', { name: 'New Campaign' }).click();
  await begin(page);
  await page.goto(`${url}${list}/new`);
  await page.getByLabel('Campaign Name').fill('Half done');
  await page.waitForURL(/\/new\/basics$/);
  await page.reload();
  assert.equal(await page.getByLabel('Campaign Name').inputValue(), 'Half done');
  await page.context().clearCookies();
  await page.context().close();

  const later = await open(`${list}/new`);

  await later.getByText('You have an unfinished campaign').waitFor();
  await later.getByText('Half done').waitFor();
  await later.getByRole('link', { name: 'Continue' }).click();
  assert.equal(await later.getByLabel('Campaign Name').inputValue(), 'Half done');
  await later.getByRole('button', { name: 'Discard' }).click();
  await later.getByText('Discard “Half done”?').waitFor();
  await later.getByRole('button', { name: 'OK', exact: true }).click();
  await toast(later, 'Draft discarded').waitFor();
  await later.goto(`${url}${list}/new`);
  await step(later, 'Basics');
  await later.context().close();
});

test('a bad file is told by what is wrong with it, and another one is taken',
  async () => {
    const page = await open();
    const bad = [
      ['none.csv', ['name', 'Ann'], /no column “phone_number”/],
      ['near.csv', ['Phone Number', '+447911123456'], /“Phone Number”, looks similar/],
      ['zip.csv', ['PK\x03\x04 and so on'], /ZIP archive or a spreadsheet/],
      ['all.csv', ['phone_number', '12', '13'], /No row has a valid phone number/],
    ];

    await begin(page);
    await basics(page, 'Bad files');
    await numbers(page);
    await dialler(page);
    for (const [name, lines, what] of bad) {
      await page.locator('#upload [type="file"]').setInputFiles(csv(name, lines));
      await page.locator('#contacts[data-state="failed"]')
        .getByText(name).waitFor();
      await page.getByText(what).waitFor();
    }
    await next(page);
    await page.locator('#errors').getByText(/Choose another file/).waitFor();
    await page.locator('#upload [type="file"]').setInputFiles(
      csv('good.csv', ['phone_number', phone(3)]));
    await done(page);
    await page.getByRole('button', { name: 'Use another file' }).click();
    await page.locator('#upload').waitFor();
    noErrors(page);
    await shoot(page, 'wizard-upload');
    await page.context().close();
  });

test('another file takes the place of one that is on its way', async () => {
  const page = await open();
  const large = csv('large.csv', ['phone_number,text', ...Array.from(
    { length: 60000 }, (_, i) => `${phone(i)},${'x'.repeat(100)}`)]);
  const bodies = [];

  await begin(page);
  await basics(page, 'Two files');
  await numbers(page);
  await dialler(page);
  await page.route('**/new/upload', async (route) => {
    bodies.push(route);
    // the first one never arrives
    if (bodies.length > 1)
      await route.continue();
  });
  await page.locator('#upload [type="file"]').setInputFiles(large);
  await page.locator('[data-abort]').waitFor();
  await page.locator('#upload [type="file"]').setInputFiles(
    csv('wanted.csv', ['phone_number', phone(4)]));
  await done(page);
  await page.getByRole('heading', { name: 'wanted.csv' }).waitFor();
  assert.equal(bodies.length, 2);
  await page.context().close();
});

test('two who edit the same campaign: the later is told who and what', async () => {
  const id = scene.make('Shared', 'draft');
  const one = await open(`${list}/${id}/edit`, { who: scene.admin });
  const two = await open(`${list}/${id}/edit/dialler`, { who: scene.supervisor });

  await two.locator('#f-concurrency').fill('7');
  await next(two);
  await one.goto(`${url}${list}/${id}/edit/dialler`);
  await one.locator('#f-retry_delay').fill('44');
  await next(one);
  await one.goto(`${url}${list}/${id}/edit/review`);
  await one.getByRole('button', { name: 'Save Changes' }).click();
  await toast(one, 'Changes saved').waitFor();
  await two.goto(`${url}${list}/${id}/edit/review`);
  await two.getByRole('button', { name: 'Save Changes' }).click();
  await two.locator('#notice').getByText(/Robin admin changed Retry Delay/)
    .waitFor();
  assert.match(await two.locator('.review').nth(2).innerText(), /44 min/,
    'theirs is shown');
  await shoot(two, 'wizard-stale-version');
  await two.getByRole('button', { name: 'Save Changes' }).click();
  await toast(two, 'Changes saved').waitFor();
  assert.deepEqual(sql(`SELECT concurrency, retry_delay FROM campaign
    WHERE workspace_id = ${scene.id} AND name = 'Shared'`), [['7', '44']]);
  await one.context().close();
  await two.context().close();
});

test('after the first run name, bot and list are shown and locked', async () => {
  const id = scene.make('Ran', 'paused');
  const page = await open(`${list}/${id}/edit`, { who: scene.supervisor });

  await step(page, 'Number Pool');
  await page.getByRole('link', { name: 'Basics' }).click();
  await page.getByText('locked after the first run').first().waitFor();
  assert.equal(await page.locator('input[name="name"]').count(), 0);
  assert.equal(await page.locator('select[name="bot_id"]').count(), 0);
  await shoot(page, 'wizard-locked');
  await page.goto(`${url}${list}/${id}/edit/contacts`);
  await page.getByText('The contact list is locked').waitFor();
  assert.equal(await page.locator('#upload').count(), 0);
  await page.context().close();
});

for (const javaScriptEnabled of [true, false])
  test(`a double click on Create makes one campaign, JavaScript ${
    javaScriptEnabled ? 'on' : 'off'}`, async () => {
    const page = await open(list, { javaScriptEnabled });
    const name = `Double ${Date.now()}`;

    await begin(page);
    await basics(page, name);
    await numbers(page);
    await page.getByLabel('Always-on').check();
    await dialler(page);
    await next(page);
    await step(page, 'Review');
    await page.getByRole('button', { name: 'Create Campaign' }).dblclick();
    await page.waitForURL(/campaigns\/[0-9a-z]{10}$/);
    await page.getByRole('heading', { name }).waitFor();
    assert.deepEqual(await page.locator('#toasts .toast p').allInnerTexts(),
      ['Campaign created']);
    await page.goto(`${url}${list}?q=Double`);
    assert.equal(await page.locator('#toasts .toast').count(), 0);
    assert.equal(await page.locator('tr.row', { hasText: name }).count(), 1);
    await page.context().close();
  });

test('Always-on visibly makes it Multi day', async () => {
  const page = await open();

  await begin(page);
  await basics(page, 'Always');
  await numbers(page);
  assert.ok(await page.getByLabel('Single day').isChecked());
  await page.getByLabel('Always-on').check();
  assert.ok(await page.getByLabel('Multi day').isChecked());
  assert.ok(await page.getByLabel('Single day').isDisabled());
  await shoot(page, 'wizard-always-on');
  await dialler(page);
  await page.getByRole('button', { name: 'Back' }).click();
  await step(page, 'Dialler Config');
  assert.ok(await page.getByLabel('Single day').isDisabled(), 'as it is kept');
  await page.getByLabel('Always-on').uncheck();
  assert.ok(await page.getByLabel('Single day').isEnabled());
  await page.context().close();
});

test('a workspace without bots or numbers says how to get them', async () => {
  const empty = new Scene('Empty');
  const page = await open(`${list}/new`, { who: empty.admin });

  await page.getByText('There are no bots yet.').waitFor();
  await page.getByRole('link', { name: /^A bot, / }).waitFor();
  await shoot(page, 'wizard-no-bots');
  outdial(['bot', 'add', 'Bot', 'sip:bot@example.org', '--workspace', empty.name],
    '', null);
  await page.reload();
  await basics(page, 'No numbers');
  await page.getByText('no numbers to call from yet').waitFor();
  await page.getByRole('link', { name: /^A carrier, / }).waitFor();
  await next(page);
  await page.getByText('Choose at least one number').first().waitFor();
  await shoot(page, 'wizard-no-numbers');
  await page.context().close();
});

test('changes that wait are said on the campaign’s page', async () => {
  const id = scene.make('Waiting', 'draft');
  const page = await open(`${list}/${id}/edit`, { who: scene.admin });

  await page.getByLabel('Campaign Name').fill('Waiting for me');
  await page.getByRole('button', { name: 'Finish later' }).click();
  await toast(page, 'Changes kept, but not saved').waitFor();
  await page.goto(`${url}${list}/${id}`);
  await page.getByText(/You have unsaved changes from/).waitFor();
  await shoot(page, 'wizard-waits');
  await page.getByRole('link', { name: 'Continue' }).click();
  assert.equal(await page.getByLabel('Campaign Name').inputValue(),
    'Waiting for me');
  await page.goto(`${url}${list}/${id}`);
  await page.getByRole('button', { name: 'Discard' }).click();
  await page.getByRole('button', { name: 'OK', exact: true }).click();
  await toast(page, 'Changes discarded').waitFor();
  await page.getByRole('heading', { name: 'Waiting' }).waitFor();
  assert.equal(await page.getByText('unsaved changes').count(), 0);
  await page.context().close();
});

for (const width of [1280, 390])
  test(`axe finds nothing on any step at ${width} px`, async () => {
    const page = await open(list, { reducedMotion: 'reduce', bypassCSP: true,
      viewport: { width, height: 844 } });
    const look = (name) => examine(page, `wizard-${name}`);

    await begin(page);
    await look('new');
    await next(page);
    await page.locator('#errors').waitFor();
    await look('errors');
    await basics(page, 'Looks');
    await look('numbers');
    await numbers(page);
    await look('dialler');
    await dialler(page);
    await look('upload');
    await page.locator('#upload [type="file"]').setInputFiles(
      csv('look.csv', ['phone_number,name', `${phone(5)},متابعة`, '1,bad']));
    await done(page);
    await look('preview');
    await next(page);
    await step(page, 'Review');
    await look('review');
    await page.goto(`${url}${list}/new`);
    await look('begun');
    await page.context().close();
  });
