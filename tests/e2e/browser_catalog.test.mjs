// From an empty workspace to a draft that can start, in the browser alone: a
// carrier, numbers, a bot and a campaign are added in the order in which the
// pages ask for them, with JavaScript and without.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';

import { close, examine, list, noErrors, open, press, rowOf, toast, url } from
  './browser.mjs';
import { Scene, answer, question, said } from './scene.mjs';
import { basics, csv, dialler, done, field, numbers, phone, step } from
  './wizard.mjs';

const settings = '/dashboard/settings';
const LONG = 'Grundstücksverkehrsgenehmigungszuständigkeitsübertragung';

after(close);

const add = (page) => page.getByRole('button', { name: 'Add', exact: true })
  .click();

// What is still missing, as the empty list of campaigns says it.
const missing = async (page) => {
  await page.goto(`${url}${list}`);
  return page.locator('.needs a').allInnerTexts();
};

const begin = (page, name) => page.getByRole('link', { name }).click();

async function addAll(page) {
  assert.deepEqual(await missing(page), ['A carrier, which places the calls',
    'A number to call from', 'A bot, which talks to the people who answer']);
  await begin(page, /^A carrier/);
  await field(page, 'name').fill('Works');
  await field(page, 'address').fill('nowhere');
  await add(page);
  await page.getByText('is reached by the path of its socket').waitFor();
  assert.equal(await field(page, 'name').inputValue(), 'Works');
  await field(page, 'address').fill('/run/outdial-nowhere.sock');
  await add(page);
  await said(page, 'Carrier added', 'Works');

  assert.equal((await missing(page)).length, 2);
  await begin(page, /^A number/);
  await field(page, 'phone').fill('020 7946 0000, Main\n12\n');
  await add(page);
  await page.getByText('Line 2: The number must have 8 to 15 digits.').first()
    .waitFor();
  await field(page, 'phone').fill('020 7946 0000, Main\n020 7946 0001\n');
  await add(page);
  await said(page, '2 numbers added');

  assert.equal((await missing(page)).length, 1);
  await begin(page, /^A bot/);
  await field(page, 'name').fill('Reminder');
  await field(page, 'target').fill('sip:reminder@example.org');
  await add(page);
  await said(page, 'Bot added', 'Reminder');
  assert.deepEqual(await missing(page), []);
  page.errors.length = 0; // two answers were a 422
}

// The wizard keeps its steps; the file is read by the dialler.
async function addCampaign(page, js) {
  await page.locator('.empty').getByRole('link', { name: 'New Campaign' })
    .click();
  await step(page, 'Basics');
  await basics(page, 'The first');
  await numbers(page);
  await dialler(page);
  await page.locator('#upload [type="file"]').setInputFiles(csv('first.csv',
    ['phone_number', phone(1), phone(2)]));
  if (!js)
    await page.locator('#upload').getByRole('button', { name: /Upload/ })
      .click();
  for (let i = 0; !js && i < 60 &&
    !await page.locator('#contacts[data-state="done"]').count(); i++)
    await page.goto(page.url());
  await done(page);
  await page.locator('#step').getByRole('button', { name: 'Next' }).click();
  await step(page, 'Review');
  await page.getByRole('button', { name: 'Create Campaign' }).click();
  // the step before has such a heading, too
  await page.waitForURL(/\/campaigns\/[0-9a-z]{10}$/);
  await page.getByRole('heading', { name: 'The first' }).waitFor();
}

for (const js of [true, false])
  test(`an empty workspace gets what a campaign needs, ${js ? 'with' : 'without'
  } JavaScript`, async () => {
    const fresh = new Scene(js ? 'Fresh' : 'Plain');
    const page = await open(list, { who: fresh.admin, javaScriptEnabled: js });

    await addAll(page);
    await addCampaign(page, js);
    const id = page.url().split('/').pop();

    await page.goto(`${url}${list}`);
    await press(rowOf(page, id), 'Start');
    await toast(page, 'Campaign started').waitFor();
    await page.goto(`${url}${settings}/carriers`);
    await page.getByRole('button', { name: 'Disable Works' }).click();
    assert.match(await question(page), /^Disable the carrier “Works”\?/);
    await answer(page, 'Cancel');
    await page.getByRole('link', { name: 'Edit Works' }).click();
    await page.getByRole('button', { name: 'Remove' }).click();
    await answer(page, 'OK');
    await said(page, 'Failed to remove', 'The carrier is used by the numbers ' +
      '“+442079460000”, “+442079460001”.');
    fresh.run(['campaign', 'stop', id]);
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
