// Every state of a row: its figures, notes and names, and how it answers to
// pointer, keyboard, a slow server and changes made elsewhere.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { SEEN_ELSEWHERE_MS, becomes, close, focused, list, noErrors, open, press,
  rowOf, shoot, toast, url } from './browser.mjs';
import { Scene, answer, said } from './scene.mjs';

const TEN_MILLION = 10_000_000;
const RTL = 'متابعة مواعيد العيادة (٢)';
const LONG = 'W'.repeat(120);
const MARKUP = '</bdi></a><script>alert(1)</script>{{NAME}}&lt;';
const NONE = '—';

// status, figures of its run; progress, connected, rates, width of the bars
const FIGURES = {
  'Never dialled': ['draft', {}, '0%', '0 connected', NONE, NONE, 0, 0],
  'No contacts': ['draft', { contacts: 0 }, '0%', '0 connected', NONE, NONE, 0, 0],
  'Ten million': ['draft', { contacts: TEN_MILLION }, '0%', '0 connected', NONE,
    NONE, 0, 0],
  'Started, nothing dialled': ['paused', {}, '0%', '0 connected', NONE, NONE, 0, 0],
  'One of ten million': ['paused', { contacts: TEN_MILLION, processed: 1,
    connected: 1, ended: 1, answered: 1, completed: 1 },
  '<1%', '1 connected', '100%', '0%', 1, 1],
  'Half': ['completed', { contacts: 8, processed: 4, connected: 2, ended: 6,
    answered: 3, completed: 2, exhausted: 1 },
  '50%', '2 connected', '50%', '37.5%', 50, 25],
  'All but one': ['completed', { contacts: TEN_MILLION,
    processed: TEN_MILLION - 1, connected: 1_234_567, ended: 3, answered: 1 },
  '99%', '1,234,567 connected', '33.3%', '0%', 99.9, 12.3],
  'All': ['completed', { contacts: 3, processed: 3, connected: 3, ended: 3,
    answered: 3, completed: 3 }, '100%', '3 connected', '100%', '100%', 100, 100],
};
const NOTES = [
  ['Waits', 'running', {}, 'opens 09:00 tomorrow', 'clock'],
  ['Finishing', 'completed', { active: 3 }, '3 calls finishing', 'phone-call'],
  ['Finishing one', 'completed', { active: 1 }, '1 call finishing', 'phone-call'],
  ['Failed', 'failed', {}, 'The number pool lost its last usable number.',
    'circle-alert'],
];

let scene;
const ids = {};
const enter = (options = {}) => open(list, { who: scene.admin, ...options });

before(() => {
  scene = new Scene('Rows').furnish();
  for (const [name, [status, figures]] of Object.entries(FIGURES))
    scene.figures(ids[name] = scene.make(name, status), figures);
  for (const [name, status, figures] of NOTES)
    scene.figures(ids[name] = scene.make(name, status), figures);
  for (const name of [RTL, LONG, MARKUP])
    ids[name] = scene.draft(name);
});
after(close);

test('a row shows progress, connected and rates as they are', async () => {
  const page = await enter();

  for (const [name, [, , progress, connected, answered, done, width, solid]]
    of Object.entries(FIGURES)) {
    const row = rowOf(page, ids[name]);
    const rates = row.locator('.end');
    const seen = await row.evaluate((tr) => ({
      progress: tr.querySelector('.prog-text b').textContent,
      connected: tr.querySelector('.prog-text span').textContent,
      percent: Number(tr.querySelector('.bar').getAttribute('aria-valuenow')),
      width: parseFloat(tr.querySelector('.done').getAttribute('width')),
      solid: parseFloat(tr.querySelector('.conn').getAttribute('width')),
    }));

    assert.deepEqual(seen, { progress, connected, width, solid,
      percent: Number(progress.replace(/<1|%/g, '')) }, name);
    assert.deepEqual([await rates.nth(0).innerText(), await rates.nth(1).innerText()],
      [answered, done], name);
    assert.equal(await row.getByRole('img', { name: 'No calls yet' }).count(),
      answered === NONE ? 2 : 0, name);
  }
  noErrors(page);
  await page.context().close();
});

test('a row that waits, ends or failed says so', async () => {
  const page = await enter();

  for (const [name, , , text, icon] of NOTES) {
    const note = rowOf(page, ids[name]).locator('.note');

    assert.equal(await note.innerText(), text);
    assert.equal(await note.locator(`.i-${icon}`).count(), 1, name);
  }
  scene.run(['workspace', 'hold']);
  await rowOf(page, ids.Waits).getByText('on hold').waitFor();
  scene.run(['workspace', 'release']);
  await rowOf(page, ids.Waits).getByText('opens 09:00 tomorrow').waitFor();
  await page.context().close();
});

test('whatever its name and status, a row’s parts keep their places',
  async () => {
    const page = await enter();

    await shoot(page, 'rows');
    for (const width of [1280, 961, 390, 320]) {
      await page.setViewportSize({ width, height: 860 });
      const out = await page.evaluate(() => [...document.querySelectorAll('tr.row')]
        .flatMap((row) => {
          const frame = row.getBoundingClientRect();
          const parts = row.querySelectorAll('a, code, button, .badge, .note, b');

          return [...parts].filter((part) => {
            const box = part.getBoundingClientRect();

            return box.left < frame.left - 1 || box.right > frame.right + 1;
          }).map((part) => `${row.id} ${part.className}`);
        }));

      assert.deepEqual(out, [], `${width} px`);
      if (width < 960) continue;
      // the hand learns the places
      const places = await page.evaluate(() => [1, 2, 3, 4].map((slot) =>
        new Set([...document.querySelectorAll(`.acts .slot-${slot}`)]
          .map((button) => button.getBoundingClientRect().left)).size));

      assert.deepEqual(places, [1, 1, 1, 1], `${width} px`);
    }
    for (const name of [RTL, LONG, MARKUP]) {
      const link = rowOf(page, ids[name]).locator('.row-link');

      assert.equal(await link.innerText(), name);
    }
    assert.equal(await page.locator('#list script').count(), 0);
    await page.goto(`${url}${list}/${ids[MARKUP]}`);
    assert.equal(await page.getByRole('heading', { level: 1 }).innerText(), MARKUP);
    await page.goto(`${url}${list}/${ids[LONG]}`);
    assert.ok(await page.evaluate(() =>
      document.documentElement.scrollWidth <= innerWidth));
    noErrors(page);
    await page.context().close();
  });

test('hover and keyboard focus are seen, and the tooltip says what a button does',
  async () => {
    const page = await enter();
    const row = rowOf(page, ids.Half);
    const tint = (of) => of.evaluate((tr) => getComputedStyle(tr).backgroundColor);
    const outline = () => row.locator('.row-link').evaluate((link) =>
      getComputedStyle(link, '::after').outlineStyle);
    const rest = await tint(row);
    const button = row.getByRole('button', { name: 'Restart' });
    const tip = () => button.evaluate((one) =>
      getComputedStyle(one, '::after').visibility);

    assert.equal(await outline(), 'none');
    assert.equal(await tip(), 'hidden');
    await button.hover();
    await page.waitForFunction(([slot, was]) => {
      const one = document.getElementById(slot);

      return getComputedStyle(one, '::after').opacity === '1' &&
        getComputedStyle(one.closest('tr')).backgroundColor !== was;
    }, [`b1-${ids.Half}`, rest]);
    await page.mouse.move(0, 0);
    await row.locator('.row-link').focus();
    await page.keyboard.press('Shift+Tab');
    await page.keyboard.press('Tab');
    assert.equal(await focused(page), `n-${ids.Half}`);
    assert.equal(await outline(), 'solid');
    await shoot(page, 'row-focus');
    await page.context().close();
  });

test('a live update leaves focus, tooltip and selection as they are, and is silent',
  async () => {
    const page = await enter();
    const id = scene.make('Watched', 'paused');
    const row = rowOf(page, id);

    await row.waitFor();
    await row.getByRole('checkbox').check();
    await row.getByRole('button', { name: 'Resume' }).focus();
    await row.getByRole('button', { name: 'Stop' }).hover();
    await page.waitForFunction((slot) => getComputedStyle(
      document.getElementById(slot), '::after').opacity === '1', `b4-${id}`);
    await page.evaluate((slot) => {
      const live = '[aria-live], [role="status"], [role="alert"], [role="log"]';
      const watch = new MutationObserver((all) => globalThis.spoken.push(
        ...all.map((one) => one.target.nodeName)));
      const look = () => {
        const stop = document.getElementById(slot);

        globalThis.dimmed ||= getComputedStyle(stop, '::after').opacity !== '1';
        requestAnimationFrame(look);
      };

      globalThis.spoken = [];
      globalThis.nodes = [...document.querySelectorAll('tr.row, .acts > *')];
      for (const region of document.querySelectorAll(live))
        watch.observe(region,
          { childList: true, subtree: true, characterData: true });
      look();
    }, `b4-${id}`);
    scene.figures(id, { processed: 2, connected: 1, ended: 2, answered: 1 });
    await row.getByText('66%').waitFor();
    assert.equal(await focused(page), 'Resume');
    assert.equal(await row.getByRole('checkbox').isChecked(), true);
    const after_ = await page.evaluate(() => ({
      spoken: globalThis.spoken, dimmed: globalThis.dimmed,
      gone: globalThis.nodes.filter((node) => !node.isConnected).length,
      // numbers that change are in no region that is read out
      said: document.querySelector('#list, #strip').closest(
        '[aria-live]:not([aria-live="off"]), [role="status"], [role="log"]'),
    }));

    assert.deepEqual(after_, { spoken: [], dimmed: false, gone: 0, said: null });
    scene.run(['campaign', 'stop', id]);
    noErrors(page);
    await page.context().close();
  });

test('a slow answer turns the icon into a ring, and the focus stays', async () => {
  const page = await enter();
  const id = scene.draft('Slow');
  const row = rowOf(page, id);
  const icon = () => page.evaluate((slot) => {
    const one = document.getElementById(slot);
    const ring = one.getAnimations({ subtree: true })
      .find((animation) => animation.animationName === 'ring');

    return { mask: getComputedStyle(one, '::before').maskImage,
      delay: ring?.effect.getTiming().delay };
  }, `b1-${id}`);
  let go;
  const held = new Promise((resolve) => { go = resolve; });

  await row.waitFor();
  const rest = await row.evaluate((tr) => getComputedStyle(tr).backgroundColor);

  await page.route('**/start?*', async (route) => {
    await held;
    await route.continue();
  });
  assert.notEqual((await icon()).mask, 'none');
  await row.getByRole('button', { name: 'Start' }).focus();
  await page.keyboard.press('Enter');
  await page.waitForFunction((slot) => getComputedStyle(
    document.getElementById(slot), '::before').maskImage === 'none', `b1-${id}`);
  assert.equal((await icon()).delay, 150);
  assert.notEqual(await row.evaluate((tr) => getComputedStyle(tr).backgroundColor),
    rest);
  assert.equal(await focused(page), 'Start');
  await shoot(page, 'row-busy');
  go();
  await becomes(page, id, 'running');
  assert.equal(await focused(page), 'Pause');
  await page.waitForFunction((slot) => getComputedStyle(
    document.getElementById(slot), '::before').maskImage !== 'none', `b1-${id}`);
  await page.context().close();
});

test('a held Enter presses once, and does not answer the question it asked',
  async () => {
    const page = await enter();
    const draft = scene.draft('Held');
    const done = scene.make('Held too', 'completed');
    const sent = [];
    const hold = async (id, name) => {
      await rowOf(page, id).getByRole('button', { name }).focus();
      for (let i = 0; i < 8; i++)
        await page.keyboard.down('Enter');
    };

    page.on('request', (request) => {
      if (request.method() === 'POST')
        sent.push(new URL(request.url()).pathname);
    });
    await rowOf(page, done).waitFor();
    await hold(draft, 'Start');
    await becomes(page, draft, 'running');
    await page.waitForFunction(() =>
      !document.querySelector('[data-now-guarded]'));
    // the key is still down, and on Pause now
    await page.keyboard.down('Enter');
    await page.keyboard.up('Enter');
    assert.deepEqual(sent, [`${list}/${draft}/start`]);
    await hold(done, 'Restart');
    assert.equal(await page.locator('#confirm').evaluate((box) => box.open), true);
    await page.keyboard.up('Enter');
    await page.keyboard.press('Enter');
    await page.getByRole('dialog').waitFor({ state: 'hidden' });
    assert.equal(await focused(page), 'Restart', 'that was Cancel');
    assert.equal(scene.statusOf(done), 'completed');
    await page.context().close();
  });

test('a row that somebody deleted leaves, and the focus goes to the next',
  async () => {
    const page = await enter();
    const [next, id] = ['Stays', 'Leaves'].map((name) => scene.draft(name));

    await rowOf(page, id).waitFor();
    await rowOf(page, id).getByRole('button', { name: 'Start' }).focus();
    const started = Date.now();

    scene.run(['campaign', 'delete', id]);
    await rowOf(page, id).waitFor({ state: 'detached' });
    assert.ok(Date.now() - started < SEEN_ELSEWHERE_MS);
    assert.equal(await focused(page), `n-${next}`);

    // it leaves while it is asked for
    await press(rowOf(page, next), 'Delete');
    await page.getByRole('dialog').waitFor();
    scene.run(['campaign', 'delete', next]);
    await rowOf(page, next).waitFor({ state: 'detached' });
    await answer(page, 'OK');
    await said(page, 'Failed to delete', 'It is no longer in this list.');
    assert.match(await focused(page), /^n-/, 'the focus is on a row');
    await page.context().close();
  });

test('what changed while it was asked for is refused', async () => {
  const page = await enter();
  const id = scene.make('Asked', 'completed');

  await rowOf(page, id).waitFor();
  await press(rowOf(page, id), 'Restart');
  await page.getByRole('dialog').waitFor();
  scene.run(['campaign', 'restart', id]);
  await becomes(page, id, 'draft');
  await answer(page, 'OK');
  await said(page, 'Failed to restart', 'The campaign is a draft.');
  assert.equal(await rowOf(page, id).getAttribute('data-status'), 'draft');
  await page.context().close();
});

test('where the clipboard is refused the ID is selected', async () => {
  const page = await enter();
  const row = rowOf(page, ids.Half);

  await page.evaluate(() => {
    navigator.clipboard.writeText = () => Promise.reject(new Error('no'));
  });
  await row.getByRole('button', { name: /^Copy ID/ }).click();
  await page.waitForFunction((id) => getSelection().toString() === id, ids.Half);
  assert.equal(await row.getByRole('button', { name: 'Copied' }).count(), 0);
  assert.equal(page.url(), url + list);
  await page.context().close();
});

test('with reduced motion nothing moves', async () => {
  // as if they dialled: those of this scene all wait for tomorrow
  const moving = (page) => page.evaluate(() => {
    for (const badge of document.querySelectorAll('.badge.waits'))
      badge.classList.remove('waits');
    return document.getAnimations()
      .filter((one) => one.effect.getComputedTiming().duration > 1).length;
  });
  const still = await enter({ reducedMotion: 'reduce' });
  const lively = await enter();

  assert.ok(await moving(lively) > 0, 'the discs of what runs pulse');
  for (const page of [still, lively]) {
    const id = scene.draft('Moves');

    await rowOf(page, id).waitFor();
    await page.evaluate(() => {
      globalThis.moved = 0;
      document.addEventListener('transitionrun', () => { globalThis.moved++; });
      document.addEventListener('animationstart', (event) => {
        globalThis.moved += event.target.getAnimations({ subtree: true })
          .some((one) => one.effect.getComputedTiming().duration > 1);
      });
    });
    await press(rowOf(page, id), 'Start');
    await toast(page, 'Campaign started').waitFor();
    await page.getByRole('button', { name: 'Dismiss' }).hover();
    assert.equal(await page.evaluate(() => globalThis.moved > 0), page === lively);
  }
  assert.equal(await moving(still), 0);
  await still.context().close();
  await lively.context().close();
});

test('figures of a run can be as large as they get', async () => {
  const page = await enter({ viewport: { width: 320, height: 860 } });

  await page.goto(`${url}${list}/${ids['All but one']}`);
  assert.match(await page.locator('.phase-text').innerText(),
    /99% of 10,000,000 contacts processed/);
  assert.ok(await page.evaluate(() =>
    document.documentElement.scrollWidth <= innerWidth));
  await page.context().close();
});
