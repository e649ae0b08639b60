// visit.mjs - one visit to the list by a real Chromium, and what it cost.
import { launch } from '../../e2e/browser.mjs';
import { LIST } from './load.mjs';
import { url } from './stack.mjs';

export const SLOW = { network: { offline: false, latency: 150,
  downloadThroughput: 1.6e6 / 8, uploadThroughput: 750e3 / 8 }, cpu: 4 };

// In the page, from its very beginning.
function watch() {
  const seen = globalThis.seen = { shift: 0, blocked: 0, largest: 0 };
  const on = (type, add) => new PerformanceObserver((list) =>
    list.getEntries().forEach(add)).observe({ type, buffered: true });

  on('layout-shift', (e) => { if (!e.hadRecentInput) seen.shift += e.value; });
  on('longtask', (e) => { seen.blocked += Math.max(0, e.duration - 50); });
  on('largest-contentful-paint', (e) => { seen.largest = e.startTime; });
}

// A browser that has never been here, signed in.
export async function newVisitor(ws) {
  const [name, value] = ws.cookie.split('=');
  const context = await (await launch()).newContext({
    viewport: { width: 1280, height: 860 } });

  await context.addCookies([{ name, value, url }]);
  await context.addInitScript(watch);
  return context;
}

async function limit(session, { network, cpu }) {
  await session.send('Network.emulateNetworkConditions', network);
  await session.send('Emulation.setCPUThrottlingRate', { rate: cpu });
}

/*
 * Opens the list in a new page of a visitor and stays for as long as during()
 * takes.  Returns { page, files, first, largest, shift, blocked, nodes }: files
 * (but polls) as { path, type, bytes } with bytes on the wire and headers, times
 * in ms.
 */
export async function visit(visitor, { query = '', limits, during } = {}) {
  const page = await visitor.newPage();
  const session = await visitor.newCDPSession(page);
  const files = new Map();

  await session.send('Network.enable');
  session.on('Network.responseReceived', ({ requestId, type, response }) =>
    files.set(requestId, { path: new URL(response.url).pathname, type }));
  session.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
    const file = files.get(requestId);

    if (file) file.bytes = encodedDataLength;
  });
  if (limits) await limit(session, limits);
  await page.goto(url + LIST + query, { waitUntil: 'load' });
  await during?.(page);
  await page.waitForFunction(() =>
    performance.getEntriesByName('first-contentful-paint').length > 0);
  const seen = await page.evaluate(() => ({ ...globalThis.seen,
    first: performance.getEntriesByName('first-contentful-paint')[0].startTime,
    nodes: document.querySelectorAll('*').length }));

  return { page, files: [...files.values()].filter((f) => f.type !== 'Fetch'),
    ...seen };
}

// Presses the button of a row; resolves to the ms until the row has changed
// and was painted.
export const pressAndSee = (page, id) => page.evaluate((campaign) => {
  const row = () => document.getElementById(`c-${campaign}`);
  const was = row().dataset.status;
  const button = row().querySelector('.slot-1');

  return new Promise((resolve) => {
    const began = performance.now();
    const observer = new MutationObserver(() => {
      if (row()?.dataset.status === was) return;
      observer.disconnect();
      requestAnimationFrame(() => {
        const { port1, port2 } = new MessageChannel(); // after the paint

        port1.onmessage = () => resolve(performance.now() - began);
        port2.postMessage('');
      });
    });

    observer.observe(document.getElementById('list'),
      { subtree: true, childList: true, attributes: true });
    button.click();
  });
}, id);
