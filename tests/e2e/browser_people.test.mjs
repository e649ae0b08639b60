// From an invitation to signing out everywhere, as the invited person and the
// administrator see it.
import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { after, before, test } from 'node:test';

import { close, examine, list, noErrors, open, openOut, signIn, toast, url }
  from './browser.mjs';
import { Scene, answer, question } from './scene.mjs';

const USERS = '/dashboard/settings/users', ACCOUNT = '/dashboard/account';
const PASSWORD = 'seven bright lamps';
const STAMP = Date.now().toString(36); // an address is used once in a stack

// RFC 6238: HMAC-SHA-1 over the number of the 30 seconds, six digits.
function totp(base32, step) {
  const bits = [...base32].map((c) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'
    .indexOf(c).toString(2).padStart(5, '0')).join('');
  const key = Buffer.from(bits.match(/.{8}/g).map((byte) => parseInt(byte, 2)));
  const counter = Buffer.alloc(8);

  counter.writeBigUInt64BE(BigInt(step));
  const mac = createHmac('sha1', key).update(counter).digest();

  return String((mac.readUInt32BE(mac[19] & 15) & 0x7fffffff) % 1e6)
    .padStart(6, '0');
}

// Codes of the steps from now on: each is taken once.
const step = () => Math.floor(Date.now() / 30000);

let scene;

before(() => {
  scene = new Scene('People', 'viewer');
});
after(close);

for (const javaScriptEnabled of [true, false]) {
  const how = javaScriptEnabled ? 'with JavaScript' : 'without JavaScript';
  const email = `new-${javaScriptEnabled ? 'js' : 'plain'}-${STAMP}@people.example`;

  test(`an invited person sets a password, an account, and signs out, ${how}`,
    async () => {
      const admin = await open(USERS, { javaScriptEnabled, who: scene.admin });

      await admin.getByLabel('E-mail').fill(email);
      await admin.getByLabel('Role').selectOption('supervisor');
      await admin.getByRole('button', { name: 'Invite' }).click();
      const link = await admin.getByLabel('Link', { exact: true }).inputValue();

      assert.ok(link.startsWith(`${url}/invitation/`), link);
      if (javaScriptEnabled) {
        await admin.getByRole('button', { name: 'Copy link' }).click();
        assert.equal(await admin.evaluate(() => navigator.clipboard.readText()), link);
      }
      const page = await openOut(link.slice(url.length), { javaScriptEnabled });

      await page.getByLabel('Your name').fill('Nora New');
      await page.getByLabel('Password').fill('too short');
      await page.getByRole('button', { name: 'Accept' }).click();
      await page.getByText('The password must have 12 to 200 characters').waitFor();
      await page.getByLabel('Password').fill(PASSWORD);
      await page.getByRole('button', { name: 'Accept' }).click();
      await page.getByRole('heading', { name: 'Campaigns', exact: true }).waitFor();
      await page.goto(url + list);
      if (!javaScriptEnabled || await page.locator('.side').isVisible())
        await page.getByRole('link', { name: 'Nora New' }).click();
      await page.getByRole('heading', { name: 'Your account' }).waitFor();
      assert.equal(page.url(), url + ACCOUNT);

      await page.getByLabel('Theme').selectOption('dark');
      await page.getByRole('button', { name: 'Save' }).click();
      await toast(page, 'Appearance saved').waitFor();
      assert.equal(await page.locator('html').getAttribute('data-theme'), 'dark');

      await page.getByRole('button', { name: 'Set up' }).click();
      const secret = await page.getByLabel('Secret', { exact: true }).inputValue();
      const first = step();

      await page.getByRole('img', { name: /QR code/ }).waitFor();
      await page.getByLabel('Code that the app shows').fill(totp(secret, first));
      await page.getByRole('button', { name: 'Switch on' }).click();
      await page.getByRole('heading', { name: 'Recovery codes' }).waitFor();
      assert.equal(await page.locator('.codes code').count(), 8);
      await page.getByRole('link', { name: 'Done' }).click();
      await page.getByText('Recovery codes left: 8').waitFor();

      const second = await openOut(ACCOUNT, { javaScriptEnabled });

      await signIn(second, { email, password: PASSWORD });
      await second.getByLabel('Code').fill(totp(secret, first));
      await second.getByRole('button', { name: 'Sign in' }).click();
      await second.getByText('it has been used already').waitFor();
      await second.getByLabel('Code').fill(totp(secret, first + 1));
      await second.getByRole('button', { name: 'Sign in' }).click();
      await second.getByRole('heading', { name: 'Your account' }).waitFor();
      await page.reload();
      assert.equal(await page.locator('tbody tr').count(), 2, 'two sessions');
      await page.getByRole('button', { name: 'Sign out everywhere' }).click();
      assert.match(await question(page), /^Sign out everywhere\?/);
      await answer(page, 'OK');
      await page.getByLabel('E-mail').waitFor();
      await second.reload();
      await second.getByLabel('E-mail').waitFor();
      // what the browser says of an answer that is meant
      page.errors = page.errors.filter((text) => !text.includes('422'));
      noErrors(page);
      for (const one of [admin, page, second])
        await one.context().close();
    });

  test(`an administrator changes, disables and removes a user, ${how}`, async () => {
    const admin = await open(USERS, { javaScriptEnabled, who: scene.admin });
    const row = () => admin.getByRole('row').filter({ hasText: email });

    await row().getByRole('link').click();
    await admin.getByLabel('Role').selectOption('viewer');
    await admin.getByRole('button', { name: 'Save' }).click();
    await toast(admin, 'User changed').waitFor();
    assert.match(await row().innerText(), /Viewer/);
    await row().getByRole('link').click();
    await admin.getByRole('button', { name: 'Disable' }).click();
    assert.match(await question(admin), /^Disable Nora New\?/);
    await answer(admin, 'OK');
    await toast(admin, 'User disabled').waitFor();
    assert.match(await row().innerText(), /Disabled/);
    await row().getByRole('link').click();
    await admin.getByRole('button', { name: 'Remove' }).click();
    await answer(admin, 'OK');
    await toast(admin, 'User removed').waitFor();
    assert.equal(await row().count(), 0);
    await admin.context().close();
  });
}

test('a viewer sees who is there, and no button', async () => {
  const page = await open(USERS, { who: scene.viewer });

  assert.equal(await page.getByRole('row').count(), 3);
  assert.equal(await page.locator('main button, main form').count(), 0);
  await page.context().close();
});

for (const width of [320, 1280])
  test(`no barrier on these pages, at ${width} px`, async () => {
    const options = { bypassCSP: true, reducedMotion: 'reduce', viewport: { width, height: 860 } };
    const admin = await open(USERS, { who: scene.admin, ...options });
    const email = `axe-${width}-${STAMP}@people.example`;

    await admin.getByLabel('E-mail').fill(email);
    await admin.getByRole('button', { name: 'Invite' }).click();
    const link = await admin.getByLabel('Link', { exact: true }).inputValue();

    await examine(admin, 'users-link');
    await admin.goto(url + USERS);
    await examine(admin, 'users');
    await admin.getByRole('button', { name: 'Invite' }).click();
    await examine(admin, 'users-wrong');
    await admin.getByRole('row').filter({ hasText: email }).getByRole('link').click();
    await examine(admin, 'user');
    await admin.goto(url + ACCOUNT);
    await examine(admin, 'account');
    await admin.getByRole('button', { name: 'Change password' }).click();
    await examine(admin, 'account-wrong');
    await admin.goto(url + ACCOUNT);
    await admin.getByRole('button', { name: 'Set up' }).click();
    await examine(admin, 'second-factor');
    const out = await openOut(link.slice(url.length), options);

    await examine(out, 'invitation');
    await admin.context().close();
    await out.context().close();
  });
