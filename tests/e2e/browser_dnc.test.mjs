// Do-not-call lists in a browser: a number is looked up, added and removed, a
// list made, imported and exported, with and without JavaScript.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { close, examine, list, noErrors, open, toast, url } from './browser.mjs';
import { Scene, sql } from './scene.mjs';

const AT = '/dashboard/settings/do-not-call';
const LONG = 'Grundstücksverkehrsgenehmigungszuständigkeitsübertragung';

let scene;

before(() => {
  scene = new Scene('Barred', 'viewer', 'supervisor').furnish();
});
after(close);

const look = { bypassCSP: true, reducedMotion: 'reduce' };

async function lookUp(page, number) {
  await page.goto(url + AT);
  await page.getByLabel('Phone number to look up').fill(number);
  await page.getByRole('button', { name: 'Look up' }).click();
  await page.locator('#answer').waitFor();
  return page.locator('#answer').innerText();
}

// Presses a button that asks first, and says yes.
async function sure(page, name) {
  await page.getByRole('button', { name, exact: true }).click();
  await page.getByRole('button', { name: 'OK', exact: true }).click();
}

for (const javaScriptEnabled of [true, false]) {
  const how = javaScriptEnabled ? 'with JavaScript' : 'without JavaScript';
  const number = javaScriptEnabled ? '07700 900201' : '07700 900202';
  const digits = `+44${number.replace(' ', '').slice(1)}`;
  const name = `Registry ${how}`;
  const enter = (who) => open(AT, { who, javaScriptEnabled });

  test(`a supervisor adds a number and everybody finds it, ${how}`, async () => {
    const page = await enter(scene.supervisor);

    await page.getByLabel('Phone number', { exact: true }).fill(number);
    await page.getByLabel(/^Reason/).fill('asked on the phone');
    await page.getByRole('button', { name: 'Add number' }).click();
    await toast(page, 'Number added').waitFor();
    await page.context().close();
    const viewer = await enter(scene.viewer);

    assert.match(await lookUp(viewer, number), /is not called/);
    assert.match(await viewer.getByRole('region', { name: 'Lists with this number' })
      .innerText(), /Robin supervisor\s+For good\s+asked on the phone/);
    assert.equal(await viewer.getByRole('button', { name: 'Add number' }).count(), 0);
    noErrors(viewer);
    await viewer.context().close();
  });

  test(`an administrator makes a list, imports, exports and removes, ${how}`, async () => {
    const page = await enter(scene.admin);

    await page.getByLabel('Name', { exact: true }).fill(name);
    await page.getByLabel(/^Highest age/).fill('28');
    await page.getByRole('button', { name: 'Add list' }).click();
    await page.getByRole('heading', { level: 1, name }).waitFor();
    await page.getByText('has never been imported').waitFor();
    await page.getByLabel('replace the list').check();
    await page.getByLabel('CSV file').setInputFiles({ name: 'numbers.csv', mimeType: 'text/csv',
      buffer: Buffer.from(`phone_number,reason\n${number},file\n12,short\n`) });
    await page.getByRole('button', { name: 'Import' }).click();
    await toast(page, 'File imported').waitFor();
    assert.equal(await page.getByText('has never been imported').count(), 0);
    const [fetched] = await Promise.all([page.waitForEvent('download'),
      page.getByRole('link', { name: 'Rejected rows' }).click()]);

    assert.equal(fetched.suggestedFilename(), 'rejected.csv');
    const [whole] = await Promise.all([page.waitForEvent('download'),
      page.getByRole('link', { name: 'Export' }).click()]);

    assert.equal(whole.suggestedFilename(), 'do-not-call.csv');
    await sure(page, `Remove ${digits}`);
    await toast(page, 'Number removed').waitFor();
    await page.reload(); // without the toast, which may lie over a button
    await page.getByText('No numbers yet').waitFor();
    await sure(page, 'Delete this list');
    await toast(page, 'List deleted').waitFor();
    noErrors(page);
    await page.context().close();
  });
}

test('a wrong entry is said at its field', async () => {
  const page = await open(AT, { who: scene.supervisor });

  await page.getByLabel('Phone number', { exact: true }).fill('12');
  await page.getByRole('button', { name: 'Add number' }).click();
  await page.getByRole('alert').waitFor();
  assert.equal(await page.getByLabel('Phone number', { exact: true })
    .getAttribute('aria-invalid'), 'true');
  await page.context().close();
});

for (const width of [1280, 390, 320]) {
  test(`axe finds nothing at ${width} px, and nothing scrolls sideways`, async () => {
    const add = (text, ...more) => scene.run(['dnc', 'add', text, ...more]);
    const page = await open(AT, { who: scene.admin, viewport: { width, height: 844 }, ...look });

    add('07700 900300', '--reason', `<b>${LONG}</b>`, '--until', '2099-12-24');
    add('07700 900301', '--reason', 'طلب عدم الاتصال');
    scene.run(['dnc', 'import', '-', '--list', `${LONG} ${LONG}`, '--kind', 'litigator', '--max-age',
      '1', '--source', 'متابعة'], 'phone_number,reason\n07700900300,file\n12,bad\n');
    sql(`UPDATE dnc_list SET imported_at = NOW(6) - INTERVAL 40 DAY
      WHERE kind = 2 AND workspace_id = ${scene.id}`);
    await lookUp(page, '07700 900300');
    await examine(page, 'dnc');
    await page.goto(`${url}${list}/${scene.draft('Warned')}`);
    await page.getByText('was imported 40 days ago').waitFor();
    await examine(page, 'dnc-campaign');
    await page.goto(`${url}${AT}/own`);
    await examine(page, 'dnc-own');
    await page.goto(url + AT);
    await page.getByRole('link', { name: LONG }).first().click();
    await page.getByRole('heading', { level: 1, name: LONG }).waitFor();
    await examine(page, 'dnc-list');
    await page.getByLabel('Phone number', { exact: true }).fill('1');
    await page.getByRole('button', { name: 'Add number' }).click();
    await page.getByRole('alert').waitFor();
    await examine(page, 'dnc-list-wrong');
    await page.context().close();
  });
}
