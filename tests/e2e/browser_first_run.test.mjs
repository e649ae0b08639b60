// From nothing to calls, in the browser alone: an installation with nobody in it,
// the one-time link that `outdial setup` prints, and then only what the pages say
// comes next, until a campaign has called everybody.  With JavaScript and without.
import assert from 'node:assert/strict';
import path from 'node:path';
import { after, test } from 'node:test';

import { stackUp, until } from '../lib/stack.mjs';
import { becomes, close, examine, fits, noErrors, openOut, press, rowOf, signIn, toast } from './browser.mjs';
import { said } from './scene.mjs';
import { basics, csv, dialler, done, field, numbers, phone, step } from './wizard.mjs';

const ANN = { email: 'ann@works.example', password: 'seven bright lamps' };
const CONTACTS = 8;

after(close);

// No page on the way has a barrier, or more than fits beside each other.
async function see(page, name) {
  await examine(page, `first-${name}`);
  await fits(page);
}

const push = (page, name) => page.getByRole('button', { name, exact: true }).click();
const follow = (page, name) => page.getByRole('link', { name }).first().click();

// What is still missing, as the empty list of campaigns says it, and then each page
// to which something was added.
const missing = (page) => page.locator('.needs a').allInnerTexts();

async function enter(page) {
  await see(page, 'invitation');
  await page.getByLabel('Your name').fill('Ann');
  await page.getByLabel('Password').fill(ANN.password);
  await push(page, 'Accept');
  await page.getByRole('heading', { name: 'Campaigns', exact: true }).waitFor();
  await see(page, 'empty');
  await push(page, 'Sign out');
  await page.getByLabel('E-mail').waitFor();
  await see(page, 'sign-in');
  await signIn(page, ANN);
  await page.getByRole('heading', { name: 'Campaigns', exact: true }).waitFor();
}

async function addAll(page, address) {
  assert.deepEqual(await missing(page), ['A carrier, which places the calls',
    'A number to call from', 'A bot, which talks to the people who answer']);
  await follow(page, /^A carrier/);
  await see(page, 'carrier');
  await field(page, 'name').fill('Works');
  await field(page, 'address').fill('nowhere');
  await push(page, 'Add');
  await page.getByText('is reached by the path of its socket').waitFor();
  await see(page, 'carrier-wrong');
  assert.equal(await field(page, 'name').inputValue(), 'Works');
  await field(page, 'address').fill(address);
  await push(page, 'Add');
  await said(page, 'Carrier added', 'Works');
  assert.equal((await missing(page)).length, 2);
  assert.ok((await page.locator('.needs .done').boundingBox()).height < 30, 'beside it');
  await see(page, 'carriers');
  await follow(page, /^A number/);
  await field(page, 'phone').fill('020 7946 0000, Main\n12\n');
  await push(page, 'Add');
  await page.getByText('Line 2: The number must have 8 to 15 digits.').first().waitFor();
  await see(page, 'number-wrong');
  await field(page, 'phone').fill('020 7946 0000, Main\n020 7946 0001\n');
  await push(page, 'Add');
  await said(page, '2 numbers added');
  assert.equal((await missing(page)).length, 1);
  await see(page, 'numbers');
  await follow(page, /^A bot/);
  await see(page, 'bot');
  await field(page, 'name').fill('Reminder');
  await field(page, 'target').fill('sip:reminder@example.org');
  await push(page, 'Add');
  await said(page, 'Bot added', 'Reminder');
  assert.deepEqual(await missing(page), []);
  await follow(page, /^Campaigns$/);
  page.errors.length = 0; // two answers were a 422
}

// The wizard keeps its steps; the file is read by the dialler.
async function addCampaign(page, js) {
  await see(page, 'ready');
  await page.locator('.empty').getByRole('link', { name: 'New Campaign' }).click();
  await step(page, 'Basics');
  await see(page, 'basics');
  await basics(page, 'The first');
  await see(page, 'pool');
  await numbers(page);
  await see(page, 'dialler');
  for (const day of ['Sat', 'Sun'])
    await page.getByLabel(day, { exact: true }).check();
  await page.locator('#f-mode [value="multi_day"]').check();
  await dialler(page, { window_start: '00:00', window_end: '24:00', max_attempts: '1' });
  await see(page, 'file');
  await page.locator('#upload [type="file"]').setInputFiles(csv('first.csv',
    ['phone_number', ...Array.from({ length: CONTACTS }, (_, i) => phone(i))]));
  if (!js) {
    await page.locator('#upload').getByRole('button', { name: /Upload/ }).click();
    await until(60, 'the file is read', async () => {
      await page.goto(page.url());
      return page.locator('#contacts[data-state="done"]').count();
    });
  }
  await done(page);
  await see(page, 'read');
  await page.locator('#step').getByRole('button', { name: 'Next' }).click();
  await step(page, 'Review');
  await see(page, 'review');
  await push(page, 'Create Campaign');
  // the step before has such a heading, too
  await page.waitForURL(/\/campaigns\/[0-9a-z]{10}$/);
  await page.getByRole('heading', { name: 'The first' }).waitFor();
  await see(page, 'campaign');
  return page.url().split('/').pop();
}

// It calls, and completes: with JavaScript the page shows it without being asked.
async function call(page, id, js) {
  const row = rowOf(page, id);
  const progress = () => row.getByRole('progressbar').getAttribute('aria-valuenow').then(Number);
  const sees = (what, condition) => until(120, what, async () => {
    if (!js)
      await page.reload();
    return condition();
  });

  await follow(page, /^Campaigns$/);
  await row.waitFor();
  assert.match(await row.innerText(), /0%\s+0 connected/);
  await see(page, 'draft');
  await page.evaluate(() => { globalThis.stillHere = true; });
  await press(row, 'Start');
  await toast(page, 'Campaign started').waitFor();
  await becomes(page, id, 'running');
  await sees('somebody was called', async () => await progress() > 0);
  await see(page, 'dialling');
  await sees('everybody was', async () => await row.getAttribute('data-status') === 'completed');
  assert.equal(await row.locator('.badge').innerText(), 'Completed');
  assert.equal(await progress(), 100);
  assert.match(await row.innerText(), new RegExp(`${CONTACTS} connected`));
  assert.ok(await row.getByRole('button', { name: 'Restart' }).isVisible());
  if (js)
    assert.ok(await page.evaluate(() => globalThis.stillHere));
  await see(page, 'completed');
  await row.getByRole('link').first().click();
  await page.getByRole('heading', { name: 'The first' }).waitFor();
  await see(page, 'campaign-completed');
}

for (const js of [true, false])
  test(`an administrator's link leads to calls, ${js ? 'with' : 'without'} JavaScript`, async (t) => {
    let passed = false;
    const stack = await stackUp({ demo: false, sim: 'speed=10 answer=100 voicemail=0 busy=0 no_answer=0 rejected=0 ' +
      'unreachable=0 invalid=0 congestion=0' });

    t.after(() => stack.down(!passed));
    const [link] = stack.outdial(['setup', '--workspace', 'Works', '--email', ANN.email, '--zone', 'Europe/London'])
      .stdout.match(/http\S+/);
    const page = await openOut(link, { javaScriptEnabled: js, bypassCSP: true, reducedMotion: 'reduce' });

    await enter(page);
    await addAll(page, path.join(path.dirname(stack.env.MARIADB_SOCKET), 'sim.sock'));
    await call(page, await addCampaign(page, js), js);
    assert.equal(stack.placed().length, CONTACTS);
    stack.balanced();
    if (js)
      noErrors(page);
    await page.context().close();
    passed = true;
  });
