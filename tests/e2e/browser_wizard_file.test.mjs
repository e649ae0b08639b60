// A large file on a slow line: it is seen on every step, both buttons say what
// they wait for, and the review never shows an old list without a word.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { close, examine, list, noErrors, open, shoot, toast, url } from './browser.mjs';
import { Scene, sql } from './scene.mjs';
import { begin, button, csv, field, next, phone, pill, slow, step, toUpload }
  from './wizard.mjs';

const ROWS = 200000;
const SLOW = 100000;
const FAST = -1;
const STEPS = ['Basics', 'Number Pool', 'Dialler Config', 'Upload CSV', 'Review'];
let scene, big;

before(() => {
  scene = new Scene('Files', 'supervisor').furnish();
  big = csv('big.csv', ['phone_number,name', ...Array.from({ length: ROWS },
    (_, i) => `+4479${String(10000000 + i)},Ann ${i}`), '12,short']);
});
after(close);

const coming = (page) => page.locator('#coming:not([hidden])');
const list_ = (page) => page.locator('#review-contacts dd').first();
const choose = (page, file) =>
  page.locator('#upload [type="file"]').setInputFiles(file);
const sent = (page) => coming(page).locator('progress').evaluate((p) => p.value);
const read = (page, count) => list_(page)
  .getByText(`big.csv, ${count} contacts`).waitFor({ timeout: 60000 });

// The bar moves on by itself.
async function moves(page) {
  const before_ = await sent(page);

  await page.waitForFunction((was) =>
    document.querySelector('#coming progress').value > was, before_);
}

test('a new campaign: every step shows the file, Create waits for it',
  async () => {
    const page = await open();

    await toUpload(page, 'On its way');
    await page.evaluate(() => { globalThis.stillHere = true; });
    const line = await slow(page, SLOW);

    await choose(page, big);
    await coming(page).getByRole('heading', { name: 'big.csv' }).waitFor();
    await coming(page).getByText(/ of \d\.\d MB sent/).waitFor();
    assert.ok(await page.locator('#upload').isHidden(),
      'nobody is asked for the file again');
    assert.equal(await page.evaluate(() => document.activeElement.id),
      'coming-title');
    await shoot(page, 'wizard-coming');
    await next(page);
    await step(page, 'Review');
    assert.equal(await page.locator('#errors').count(), 0);
    await list_(page).getByText('big.csv is uploading').waitFor();
    await page.locator('#means').getByText('uploading').waitFor();
    await button(page, 'Create Campaign').click();
    await page.locator('#errors').getByText(/“big.csv” is still uploading/)
      .waitFor();
    await moves(page);
    await shoot(page, 'wizard-coming-review');
    for (const name of STEPS) {
      if (name !== 'Review')
        await pill(page, name);
      else
        await next(page);
      await step(page, name);
      await coming(page).getByRole('button', { name: 'Cancel' }).waitFor();
      await moves(page);
    }
    await button(page, 'Finish later').click();
    await page.locator('#notice').getByText(/leaving would cancel it/)
      .waitFor();
    await pill(page, 'Basics');
    await field(page, 'name').fill('Typed while it comes');
    await next(page);
    await step(page, 'Number Pool');
    await pill(page, 'Review');
    await step(page, 'Review');
    await button(page, 'Create Campaign').click();
    await page.locator('#errors').waitFor();
    await line(FAST);
    await read(page, '200,000');
    assert.equal(await coming(page).count(), 0);
    assert.equal(await page.locator('#errors, #notice').count(), 0,
      'what it waited for is no error any more');
    await page.locator('#means').getByText('200,000').waitFor();
    assert.match(await page.locator('#review-contacts').innerText(),
      /Rejected rows\s+1\s+Duplicates\s+0/);
    assert.ok(await page.evaluate(() => globalThis.stillHere), 'no reload');
    await button(page, 'Create Campaign').click();
    await toast(page, 'Campaign created').waitFor();
    await page.getByRole('heading', { name: 'Typed while it comes' }).waitFor();
    assert.match(await page.locator('.phase-text').innerText(),
      /of 200,000 contacts/);
    noErrors(page);
    await page.context().close();
  });

test('an edit of a draft with a list: never the old one without a word',
  async () => {
    const id = scene.draft('Has a list');
    const page = await open(`${list}/${id}/edit/contacts`,
      { who: scene.supervisor });
    const line = await slow(page, SLOW);

    await choose(page, big);
    await coming(page).getByText(/MB sent/).waitFor();
    await next(page);
    await step(page, 'Review');
    assert.match(await list_(page).innerText(),
      /big\.csv is uploading\s+was 3 contacts/);
    await button(page, 'Save Changes').click();
    await page.locator('#errors').getByText(/still uploading/).waitFor();
    await line(FAST);
    await read(page, '200,000');
    await button(page, 'Save Changes').click();
    await toast(page, 'Changes saved').waitFor();
    assert.match(await page.locator('.phase-text').innerText(),
      /of 200,000 contacts/);
    noErrors(page);
    await page.context().close();
  });

test('a file that came while Basics was shown is no other tab', async () => {
  const id = scene.draft('Own upload');
  const page = await open(`${list}/${id}/edit/contacts`,
    { who: scene.supervisor });
  const line = await slow(page, SLOW);

  await choose(page, big);
  await coming(page).waitFor();
  await pill(page, 'Basics');
  await step(page, 'Basics');
  await field(page, 'name').fill('Renamed meanwhile');
  await line(FAST);
  await page.locator('#told').getByText(/has been read: 200,000 contacts, 1/)
    .waitFor({ timeout: 60000 });
  assert.equal(await field(page, 'name').inputValue(), 'Renamed meanwhile');
  await next(page);
  await step(page, 'Number Pool');
  assert.equal(await page.locator('#notice').count(), 0);
  await pill(page, 'Review');
  await button(page, 'Save Changes').click();
  await toast(page, 'Changes saved').waitFor();
  await page.getByRole('heading', { name: 'Renamed meanwhile' }).waitFor();
  await page.context().close();
});

test('another tab of the wizard sees the file come, waits, and may cancel it',
  async () => {
    const page = await open();

    await toUpload(page, 'Two tabs');
    await next(page);
    await page.locator('#errors').getByText(/Upload a CSV file/).waitFor();
    const line = await slow(page, SLOW);

    await choose(page, big);
    await coming(page).waitFor();
    assert.equal(await page.locator('#errors').count(), 0,
      'the old error does not stand beside the new file');
    const other = await page.context().newPage();

    await other.goto(`${url}${list}/new/contacts`);
    await coming(other).getByText(/It is being uploaded from another tab/).waitFor();
    await moves(other);
    await next(other);
    await step(other, 'Review');
    await button(other, 'Create Campaign').click();
    await other.locator('#errors').getByText(/still uploading/).waitFor();
    await coming(other).getByRole('button', { name: 'Cancel' }).click();
    await coming(page).waitFor({ state: 'detached' });
    await coming(other).waitFor({ state: 'detached' });
    assert.ok(await page.locator('#upload').isVisible());
    await list_(other).getByText('None').waitFor();

    await choose(page, big);
    await coming(other).waitFor();
    await line(FAST);
    await read(other, '200,000');
    await button(other, 'Create Campaign').click();
    await toast(other, 'Campaign created').waitFor();
    await page.context().close();
  });

test('reload asks first; what was cut off is said, and nothing is stored',
  async () => {
    const page = await open();
    const asked = [];

    await toUpload(page, 'Reloaded');
    await slow(page, SLOW);
    await choose(page, big);
    await coming(page).waitFor();
    page.on('dialog', async (dialog) => {
      asked.push(dialog.type());
      await dialog.accept();
    });
    await page.reload();
    assert.deepEqual(asked, ['beforeunload']);
    await coming(page).getByText(/You left the page before the upload finished/).waitFor();
    assert.ok(await page.locator('#upload').isVisible());
    await coming(page).getByRole('button', { name: 'Close' }).click();
    assert.equal(await coming(page).count(), 0);
    await page.reload();
    await step(page, 'Upload CSV');
    assert.equal(await coming(page).count(), 0, 'it is said once');
    assert.equal(sql(`SELECT COUNT(*) FROM upload u JOIN wizard w
      ON w.upload_id = u.id JOIN user ON user.id = w.user_id
      WHERE w.campaign_id = 0 AND user.email = '${process.env.OUTDIAL_EMAIL}'`
    )[0][0], '0');
    await page.context().close();
  });

test('a lost connection is told where one is, and Try again sends it again',
  async () => {
    const page = await open();

    await toUpload(page, 'Lost');
    let lose;
    const held = new Promise((resolve) => page.route('**/new/upload',
      (route) => {
        lose = () => route.abort('connectionreset');
        resolve();
      }, { times: 1 }));

    await choose(page, big);
    await coming(page).waitFor();
    await next(page);
    await step(page, 'Review');
    await held;
    await lose();
    await coming(page).getByText(/The connection was lost/).waitFor();
    await list_(page).getByText('None').waitFor();
    await shoot(page, 'wizard-lost');
    await coming(page).getByRole('button', { name: 'Try again' }).click();
    await read(page, '200,000');
    await page.context().close();
  });

test('Cancel keeps what is typed, while it comes and while it is read',
  async () => {
    const page = await open();

    await toUpload(page, 'Cancelled');
    const line = await slow(page, SLOW);

    await choose(page, big);
    await coming(page).waitFor();
    await pill(page, 'Dialler Config');
    await field(page, 'max_attempts').fill('7');
    await coming(page).getByRole('button', { name: 'Cancel' }).click();
    await coming(page).waitFor({ state: 'detached' });
    assert.equal(await field(page, 'max_attempts').inputValue(), '7');
    await next(page);
    await step(page, 'Upload CSV');
    await line(FAST);
    await choose(page, csv('small.csv', ['phone_number', phone(1)]));
    await page.locator('#contacts[data-state="done"]').waitFor();
    // the focus is where the result is
    await page.locator('#upload-title:focus').waitFor();
    // as if a node that lives took long to read it
    sql(`UPDATE upload SET state = 1, node = 'elsewhere',
        beat_at = NOW(6) + INTERVAL 1 HOUR
      WHERE name = 'small.csv' ORDER BY id DESC LIMIT 1`);
    await pill(page, 'Dialler Config');
    await page.getByRole('heading', { name: 'small.csv' }).waitFor();
    await shoot(page, 'wizard-reading-dialler');
    await field(page, 'max_attempts').fill('8');
    await page.getByRole('button', { name: 'Cancel', exact: true }).click();
    await page.locator('#contacts[data-state="none"]')
      .waitFor({ state: 'attached' });
    assert.equal(await field(page, 'max_attempts').inputValue(), '8');
    await pill(page, 'Basics');
    await step(page, 'Basics');
    await pill(page, 'Number Pool');
    await step(page, 'Number Pool');
    await page.context().close();
  });

test('without JavaScript: the same file, each page and both buttons', async () => {
  const page = await open(list, { javaScriptEnabled: false });

  await toUpload(page, 'Plain and large');
  const line = await slow(page, SLOW * 10);

  await choose(page, big);
  // nobody has to wait for this page in order to look at another one
  const sending = page.getByRole('button', { name: 'Upload', exact: true })
    .click();
  const other = await page.context().newPage();

  await other.goto(`${url}${list}/new/contacts`);
  await next(other);
  await other.locator('#errors').getByText(/Upload a CSV file/).waitFor();
  await sending;
  await page.waitForURL(/new\/contacts$/, { timeout: 60000 });
  await line(FAST);
  while (!await page.locator('#contacts[data-state="done"]').count())
    await page.reload();
  // as if it took long to read it
  sql(`UPDATE upload SET state = 1, node = 'elsewhere', beat_at = NOW(6)
    WHERE name = 'big.csv' ORDER BY id DESC LIMIT 1`);
  await page.goto(`${url}${list}/new/dialler`);
  await page.getByRole('heading', { name: 'big.csv' }).waitFor();
  await page.getByRole('link', { name: 'Show the progress' }).waitFor();
  await dialNext(page);
  await next(page);
  await step(page, 'Review');
  await list_(page).getByText('big.csv is being read').waitFor();
  await button(page, 'Create Campaign').click();
  await page.locator('#errors').getByText(/“big.csv” is still being read/)
    .waitFor();
  sql(`UPDATE upload SET state = 2 WHERE name = 'big.csv'
    ORDER BY id DESC LIMIT 1`);
  await button(page, 'Create Campaign').click();
  await page.locator('#notice').getByText(/“big.csv” has been uploaded since this page/)
    .waitFor();
  await page.getByText('big.csv, 200,000 contacts').waitFor();
  await button(page, 'Create Campaign').click();
  await toast(page, 'Campaign created').waitFor();
  await page.context().close();
});

const dialNext = async (page) => {
  await field(page, 'max_attempts').fill('6');
  await next(page);
  await step(page, 'Upload CSV');
};

test('one button at a time: an empty file is told once, in the place of the old',
  async () => {
    const page = await open();

    await toUpload(page, 'Errors');
    assert.ok(await page.getByRole('button', { name: 'Upload', exact: true })
      .isHidden(), 'choosing a file uploads it');
    await choose(page, csv('near.csv', ['Phone Number', phone(2)]));
    await page.getByText(/looks similar/).waitFor();
    await choose(page, csv('empty.csv', []));
    await coming(page).getByText('The file is empty.').waitFor();
    assert.equal(await page.getByText(/looks similar|near\.csv/).count(), 0);
    await page.context().close();
  });

for (const width of [1280, 320])
  test(`axe finds nothing while a file is on its way, at ${width} px`, async () => {
    const page = await open(list, { reducedMotion: 'reduce',
      bypassCSP: true, viewport: { width, height: 844 } });
    const look = (name) => examine(page, `wizard-${name}`);

    await toUpload(page, 'Looks');
    await look('choose');
    await slow(page, SLOW);
    await choose(page, big);
    await coming(page).getByText(/MB sent/).waitFor();
    await look('coming');
    await next(page);
    await step(page, 'Review');
    await button(page, 'Create Campaign').click();
    await page.locator('#errors').waitFor();
    await look('coming-review');
    await coming(page).getByRole('button', { name: 'Cancel' }).click();
    await begin(page);
    await page.context().close();
  });
