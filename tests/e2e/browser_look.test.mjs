// What is true of how pages look: nobody is left out by colour, width or
// direction (axe, WCAG 2.2 AA), nothing scrolls sideways, nothing jumps.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { makeCampaigns } from '../bench/lib/campaigns.mjs';
import { close, examine, fits, list, noErrors, open, openOut, press, rowOf, shoot, toast, url } from
  './browser.mjs';
import { Scene } from './scene.mjs';

const LONG = 'Grundstücksverkehrsgenehmigungszuständigkeitsübertragung';

let scene, bare, many, cut;
const ids = {};

// all statuses, long and right-to-left names; none at all; more than a page
before(() => {
  scene = new Scene('Look', 'viewer').furnish();
  bare = new Scene('Bare');
  many = new Scene('Many');
  cut = new Scene('Cut');
  for (const word of ['gone', 'failed'])
    cut.run(['webhook', 'add', `https://hooks.example.com/${word}/${'long'.repeat(30)}`]);
  cut.change(`UPDATE endpoint SET enabled = 0, off_at = UTC_TIMESTAMP(6),
    off_why = IF(url LIKE '%/gone/%', 2, 3) WHERE workspace_id = ${cut.id}`);
  for (const state of ['draft', 'prepared', 'running', 'paused', 'completed',
    'failed'])
    ids[state] = scene.make(`Is ${state}`, state);
  for (const name of [`${LONG}, ${LONG}`, 'متابعة مواعيد العيادة'])
    scene.draft(name);
  scene.figures(ids.completed, { contacts: 4_321_000, processed: 1_234_567,
    connected: 234_567, ended: 9_000, answered: 4_321, completed: 4_000 });
  scene.figures(ids.paused, { processed: 1, connected: 1, ended: 2, answered: 1 });
  makeCampaigns(many.id, 60);
});
after(close);

// axe is given to the page past its policy; nothing moves meanwhile
const look = (width) => ({
  viewport: { width, height: 844 },
  bypassCSP: true,
  reducedMotion: 'reduce',
  hasTouch: width < 600,
});

const go = (query, what) => async (page) => {
  await page.goto(`${url}${list}${query}`);
  await page.getByText(what).first().waitFor();
};

const ask = (state, name) => async (page) => {
  await press(rowOf(page, ids[state]), name);
  await page.getByRole('dialog').waitFor();
};

async function select(page) {
  for (const state of ['running', 'paused', 'draft'])
    await rowOf(page, ids[state]).getByRole('checkbox').check();
}

// a form that htmx does not send: as without JavaScript
const plainly = (state, name) => async (page) => {
  await page.route('**/htmx.min.js', (route) => route.abort());
  await page.reload();
  await press(rowOf(page, ids[state]), name);
  await page.locator('form.confirm').waitFor();
  page.errors.length = 0;
};

async function hold(page) {
  await press(page.locator('#strip'), 'Hold all');
  await page.getByText(/On hold since/).first().waitFor();
  await page.getByRole('button', { name: 'Dismiss' }).click();
}

async function pastTheEnd(page) {
  await page.getByRole('link', { name: 'Next' }).click();
  await page.waitForURL(/after=/);
  await go(`${new URL(page.url()).search}&q=reminders+0`,
    'no campaigns left on this page')(page);
}

// What leads to each state from the list of 'scene', or of somebody else.
const states = {
  list: async () => {},
  pages: { of: () => many.admin, enter: go('?sort=progress&size=25', 'Next') },
  'past-the-end': { of: () => many.admin, enter: pastTheEnd },
  viewer: { of: () => scene.viewer, enter: async () => {} },
  'first-run': { of: () => bare.admin, enter: async () => {} },
  'none-found': go('?q=zzzz%3Cb%3E&status=draft', 'Nothing matches'),
  selected: select,
  keys: async (page) => {
    await page.keyboard.press('?');
    await page.getByRole('dialog', { name: 'Keyboard shortcuts' }).waitFor();
  },
  'dialog-restart': ask('completed', 'Restart'),
  'dialog-delete': ask('draft', 'Delete'),
  'dialog-stop': async (page) => {
    await select(page);
    await page.locator('#bulk-stop').click();
    await page.getByRole('dialog').waitFor();
  },
  'confirm-restart': plainly('completed', 'Restart'),
  'confirm-delete': plainly('draft', 'Delete'),
  'toast-success': async (page) => {
    await press(rowOf(page, ids.running), 'Pause');
    await toast(page, 'Campaign paused').hover();
    scene.run(['campaign', 'resume', ids.running]);
  },
  'toast-failed': async (page) => {
    await page.route('**/clone?*', (route) => route.abort());
    await press(rowOf(page, ids.draft), 'Clone');
    await toast(page, 'Failed to clone').waitFor();
    page.errors.length = 0;
  },
  stale: async (page) => {
    await page.clock.install();
    await page.route('**/dashboard/**', (route) => route.abort());
    await page.getByText('Reconnecting').waitFor();
    await page.clock.fastForward(11000);
    await page.locator('html[data-stale]').waitFor();
    page.errors = []; // those of live updates come on, and are not kept here
  },
  menu: async (page) => {
    const button = page.getByRole('button', { name: 'Open menu' });

    if (await button.isVisible())
      await button.click();
  },
  campaign: async (page) => {
    await page.goto(`${url}${list}/${ids.prepared}`);
  },
  settings: async (page) => {
    await states.menu(page);
    await page.getByRole('link', { name: 'Settings' }).click();
    await page.getByRole('link', { name: /^Holidays/ }).waitFor();
  },
  new: async (page) => {
    await page.getByRole('link', { name: 'New Campaign' }).click();
    await page.getByRole('heading', { level: 1, name: 'New Campaign' }).waitFor();
  },
  holidays: async (page) => {
    const add = async (day, name) => {
      await page.getByLabel('Day', { exact: true }).fill(day);
      await page.getByLabel('Name', { exact: true }).fill(name);
      await page.getByRole('button', { name: 'Add' }).click();
    };

    await page.goto(`${url}/dashboard/settings`);
    await page.getByRole('link', { name: /^Holidays/ }).click();
    await page.getByRole('navigation', { name: 'Breadcrumb' })
      .getByRole('link', { name: 'Settings' }).waitFor();
    await add('2026-12-25', LONG);
    const button = page.getByRole('button', { name: 'Delete 2026-12-25' });
    const { x, width } = await button.boundingBox();

    assert.ok(x + width <= page.viewportSize().width, 'Delete is in sight');
    await add('2020-01-01', 'يوم رأس السنة');
    await add('2026-12-26', '');
    await page.getByRole('alert').waitFor();
    page.errors.length = 0; // the answer is a 422
  },
  'api keys': async (page) => {
    await page.goto(`${url}/dashboard/settings`);
    await page.getByRole('link', { name: /^API keys/ }).click();
    await page.getByLabel('Name', { exact: true }).fill(LONG);
    await page.getByLabel(/^trigger/).check();
    await page.getByRole('button', { name: 'Add' }).click();
    await page.getByRole('heading', { name: 'Copy the new key now' }).waitFor();
  },
  'webhooks-off': { of: () => cut.admin, enter: (page) =>
    page.getByText('2 webhooks are off because the address failed').waitFor() },
  'webhooks-off-list': { of: () => cut.admin, enter: async (page) => {
    await page.locator('.banner').getByRole('link', { name: 'Webhooks' }).click();
    await page.getByRole('heading', { level: 1, name: 'Webhooks' }).waitFor();
    for (const why of ['Off, gone (410)', 'Off, failed for a day'])
      await page.getByText(why).first().waitFor();
    assert.ok((await page.locator('.hooks td').first().boundingBox()).width > 80, 'no word is broken');
  } },
  'webhook-off': { of: () => cut.admin, enter: async (page) => {
    await page.goto(`${url}/dashboard/settings/webhooks`);
    await page.getByRole('link', { name: /gone/ }).click();
    await page.getByText(/410/).first().waitFor();
  } },
  missing: async (page) => {
    await page.goto(`${url}${list}/0000000000`);
    page.errors.length = 0;
  },
  held: hold, // the last one: it is let go after it
};

// Narrow, these are looked at by the tests of those pages, or look like others.
const ONLY_WIDE = new Set(['campaign', 'new', 'confirm-restart']);

for (const width of [1280, 390]) {
  test(`axe finds nothing at ${width} px, and nothing scrolls sideways`,
    async (t) => {
      for (const [name, state] of Object.entries(states)) {
        const { of = () => scene.admin, enter = state } = state;

        if (width < 600 && ONLY_WIDE.has(name))
          continue;
        await t.test(name, async () => {
          const page = await open(list, { who: of(), ...look(width) });

          await enter(page);
          await examine(page, name);
          if (width > 600)
            await fits(page);
          noErrors(page);
          await page.context().close();
        });
      }
      scene.run(['workspace', 'release']);
      await t.test('sign-in', async () => {
        const page = await openOut('/login', look(width));

        await examine(page, 'sign-in');
        if (width > 600)
          await fits(page);
        noErrors(page);
        await page.context().close();
      });
    });
}

test('text twice as large fits, and nobody reads a title letter by letter',
  async () => {
    const page = await open(list, { who: scene.admin });
    const addresses = [list, `${list}?q=zzzz`, `${list}/${ids.completed}`,
      `${list}/new`];
    const devtools = await page.context().newCDPSession(page);

    await devtools.send('Page.setFontSizes',
      { fontSizes: { standard: 32, fixed: 26 } });
    for (const address of addresses) {
      for (const width of [390, 768, 1280]) {
        await page.setViewportSize({ width, height: 844 });
        await page.goto(new URL(address, page.url()).href);
        if (address === list)
          await select(page);
        const seen = await page.evaluate(() => ({
          font: getComputedStyle(document.documentElement).fontSize,
          page: document.documentElement.scrollWidth,
          title: document.querySelector('h1').offsetWidth,
        }));

        assert.equal(seen.font, '32px');
        assert.ok(seen.page <= width, `${address} at ${width}: ${seen.page} px`);
        assert.ok(seen.title >= 150, `${address} at ${width}: ${seen.title} px`);
      }
    }
    await page.context().close();
  });

test('with forced colours a status keeps its shape, a box its tick, a field its focus',
  async () => {
    const page = await open(list, { who: scene.admin, forcedColors: 'active' });
    const shape = (status) => page.evaluate((word) => {
      const { backgroundColor, backgroundImage, boxShadow } = getComputedStyle(
        document.querySelector(`.badge.${word}`), '::before');

      return [backgroundColor, backgroundImage, boxShadow].join(' ');
    }, status);
    const paper = await page.evaluate(() =>
      getComputedStyle(document.body).backgroundColor);
    const shapes = await Promise.all(['draft', 'running', 'paused', 'completed',
      'failed'].map(shape));

    for (const seen of shapes)
      assert.notEqual(seen, `${paper} none none`);
    await page.getByLabel('Search campaigns').focus();
    assert.notEqual(await page.locator('.field-box').first()
      .evaluate((box) => getComputedStyle(box).outlineStyle), 'none');
    await select(page);
    for (const box of ['#all', `#c-${ids.draft} .pick`])
      assert.notEqual(await page.locator(box).evaluate((one) =>
        getComputedStyle(one, '::after').backgroundColor), paper);
    await shoot(page, 'list-forced');
    await page.context().close();
  });

test('on the smallest phone a row’s buttons stand in one line', async () => {
  const page = await open(list, { who: scene.admin, ...look(320) });

  for (const status of ['draft', 'running', 'paused', 'completed', 'failed']) {
    const row = page.locator(`tr[data-status="${status}"]`).first();
    const tops = await row.locator('.acts > *').evaluateAll((all) =>
      all.map((element) => element.getBoundingClientRect().top));

    assert.equal(new Set(tops).size, 1, status);
  }
  await shoot(page, 'list-320');
  await page.context().close();
});

test('nothing jumps while figures change', async () => {
  const page = await open(list);
  const moved = await page.evaluate(() => new Promise((resolve) => {
    let sum = 0;

    new PerformanceObserver((seen) => {
      for (const entry of seen.getEntries())
        sum += entry.hadRecentInput ? 0 : entry.value;
    }).observe({ type: 'layout-shift', buffered: true });
    setTimeout(() => resolve(sum), 5000);
  }));

  assert.ok(moved <= 0.01, `layout shift of ${moved}`);
  await page.context().close();
});

test('touch targets are large enough', async () => {
  const page = await open(list, { who: scene.admin, ...look(390) });
  const small = await page.locator('.acts > *, .btn, .topbar button, .pick, ' +
    '.sort, .sizes a, .select select, .field-box').evaluateAll((all) =>
    all.filter((element) => {
      const box = element.getBoundingClientRect();

      return box.width > 0 && (box.width < 44 || box.height < 44);
    }).map((element) => element.className));

  assert.deepEqual(small, []);
  await page.context().close();
});
