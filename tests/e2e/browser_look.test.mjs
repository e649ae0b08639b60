// What is true of how pages look: nobody is left out by colour, width or
// direction (axe, WCAG 2.2 AA), nothing scrolls sideways, nothing jumps.
// Pictures of everything are left in run/shots.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';

import { close, find, list, noErrors, open, openOut, rowOf, shoot, violations }
  from './browser.mjs';

after(close);

const WIDTHS = [1280, 390];
const THEMES = ['light', 'dark'];

// axe is given to the page past its policy; nothing moves meanwhile
const look = (width, colorScheme) => ({
  viewport: { width, height: 844 },
  colorScheme,
  bypassCSP: true,
  reducedMotion: 'reduce',
  hasTouch: width < 600,
});

const firstCampaign = async (page) =>
  `${list}/${await page.locator('tr.row').first()
    .getAttribute('data-campaign-id')}`;

const states = {
  list: async () => {},
  'none-found': async (page) => {
    await page.goto(page.url() + '?q=zzzz');
  },
  dialog: async (page) => {
    const id = await find(page, 'completed', 'Restart');

    await rowOf(page, id).getByRole('button', { name: 'Restart' }).click();
    await page.getByRole('dialog').waitFor();
  },
  toast: async (page) => {
    await page.route('**/start?*', (route) => route.abort());
    await page.getByRole('button', { name: 'Start', exact: true }).first()
      .click();
    await page.getByRole('status').getByText('Failed to start').waitFor();
    page.errors.length = 0;
  },
  menu: async (page) => {
    const button = page.getByRole('button', { name: 'Open menu' });

    if (await button.isVisible())
      await button.click();
  },
  campaign: async (page) => {
    await page.goto(new URL(await firstCampaign(page), page.url()).href);
  },
  new: async (page) => {
    await page.getByRole('link', { name: 'New Campaign' }).click();
  },
  missing: async (page) => {
    await page.goto(new URL(`${list}/0000000000`, page.url()).href);
    page.errors.length = 0;
  },
};

for (const width of WIDTHS) {
  for (const theme of THEMES) {
    test(`axe finds nothing at ${width} px, ${theme}`, async (t) => {
      for (const [name, enter] of Object.entries(states)) {
        await t.test(name, async () => {
          const page = await open(list, look(width, theme));

          await enter(page);
          await shoot(page, `${name}-${width}-${theme}`);
          assert.deepEqual(await violations(page), []);
          noErrors(page);
          await page.context().close();
        });
      }
      await t.test('sign-in', async () => {
        const page = await openOut('/login', look(width, theme));

        await shoot(page, `sign-in-${width}-${theme}`);
        assert.deepEqual(await violations(page), []);
        noErrors(page);
        await page.context().close();
      });
    });
  }
}

test('no page scrolls sideways at any width, in either direction', async () => {
  const page = await open(list);
  const addresses = [list, await firstCampaign(page), `${list}/new`];

  for (const address of addresses) {
    await page.goto(new URL(address, page.url()).href);
    for (const width of [320, 360, 390, 640, 768, 961, 1024, 1280]) {
      await page.setViewportSize({ width, height: 800 });
      for (const dir of ['ltr', 'rtl']) {
        assert.ok(await page.evaluate((way) => {
          document.documentElement.dir = way;
          return document.documentElement.scrollWidth <= innerWidth;
        }, dir), `${address} at ${width} px, ${dir}`);
      }
    }
  }
  await page.goto(new URL(list, page.url()).href);
  await page.evaluate(() => { document.documentElement.dir = 'rtl'; });
  await shoot(page, 'list-rtl');
  await page.context().close();
});

test('text twice as large fits, and nobody reads a title letter by letter',
  async () => {
    const page = await open(list);
    const addresses = [list, await firstCampaign(page), `${list}/new`];
    const devtools = await page.context().newCDPSession(page);

    await devtools.send('Page.setFontSizes',
      { fontSizes: { standard: 32, fixed: 26 } });
    for (const address of addresses) {
      for (const width of [390, 768, 1280]) {
        await page.setViewportSize({ width, height: 844 });
        await page.goto(new URL(address, page.url()).href);
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

test('with forced colours a status keeps its shape, and a field its focus',
  async () => {
    const page = await open(`${list}?size=100`, { forcedColors: 'active' });
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
    await shoot(page, 'list-forced');
    await page.context().close();
  });

test('on the smallest phone a row’s buttons stand in one line', async () => {
  const page = await open(list, look(320, 'light'));

  for (const status of ['draft', 'running', 'paused', 'completed']) {
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
  const page = await open(list, look(390, 'light'));
  const small = await page.locator('.acts button, .acts a, .btn, .topbar button')
    .evaluateAll((all) => all.map((element) => element.getBoundingClientRect())
      .filter((box) => box.width > 0 && (box.width < 44 || box.height < 33))
      .length);

  assert.equal(small, 0);
  await page.context().close();
});
