// list.js - the list of campaigns: several rows at once, the order, keys.  It
// stands behind app.js in one file and takes from it what both need.
(() => {
  'use strict';

  const { $, on, poll, rowOf } = globalThis.outdial;

  if (!$('#list'))
    return;

  // --- How many run, in the tab -------------------------------------------

  const title = document.title;

  function showRunning() {
    const running = Number($('#strip')?.dataset.running);

    if (!isNaN(running))
      document.title = running > 0 ? `(${running} running) ${title}` : title;
  }
  showRunning();

  // --- Several rows at once -----------------------------------------------

  const campaigns = (n) => n === 1 ? '1 campaign' : `${n} campaigns`;
  const picks = () => [...document.querySelectorAll('#list tbody .pick')];
  const picked = () => picks().filter((box) => box.checked);
  const pickedFor = (button) => picked().filter((box) =>
    button.dataset.offers.split(' ').includes(rowOf(box).dataset.status));

  // each button says for how many of them it is
  function showPicked() {
    const count = picked().length, all = $('#all');

    if (!all)
      return;
    all.checked = count > 0 && count === picks().length;
    all.indeterminate = count > 0 && !all.checked;
    $('#picked').textContent = `${count} selected`;
    for (const button of document.querySelectorAll('.bulk [data-offers]')) {
      const n = pickedFor(button).length;

      button.hidden = n === 0;
      button.dataset.nowCount = n;
      button.dataset.nowSubject = campaigns(n);
    }
    $('.idle').hidden = $('.bulk [data-offers]:not([hidden])') !== null;
  }

  function pickAll(checked) {
    for (const box of picks())
      box.checked = checked;
    showPicked();
  }

  // their bar goes with them, and the focus in it to where they are
  function unpick() {
    const boxes = picked();

    for (const box of boxes)
      box.checked = false;
    boxes[0]?.focus({ preventScroll: true });
  }

  on('change', (event) => {
    if (event.target.id === 'all')
      pickAll(event.target.checked);
    else if (event.target.matches('.pick'))
      showPicked();
  });

  on('click', ({ target }) => {
    if (target.closest('#bulk-all'))
      pickAll(true);
  });

  // Clear
  on('reset', (event) => {
    event.preventDefault();
    unpick();
    showPicked();
  });
  showPicked();

  // --- Order, filter and page ----------------------------------------------

  // the menu of a phone says by what is sorted
  function showOrder() {
    const th = $('th[aria-sort]');

    if (th)
      $('#sorted span').textContent = `Sort: ${th.dataset.order}`;
  }

  on('click', ({ target }) => {
    const q = $('#q');

    if (!target.closest('#q-clear'))
      return;
    q.value = '';
    q.focus();
    q.dispatchEvent(new Event('input', { bubbles: true }));
  });

  // another part of the list is shown
  function sayList() {
    $('#said').textContent = $('.foot .num')?.textContent ??
      $('#list h2').textContent;
    $('#act [name="back"]').value = location.pathname + location.search;
  }

  function goToHead() {
    $('#list').scrollIntoView();
    $('.row-link')?.focus({ preventScroll: true });
  }

  on('htmx:after:swap', (event) => {
    const { ctx } = event.detail;
    const { sourceElement: by, target } = ctx;

    showRunning();
    showOrder();
    if (by.closest('.bulk'))
      unpick();
    showPicked();
    if (target?.id !== 'list' || by === poll || by.matches('[form="act"]'))
      return;
    sayList();
    $('#sorts:popover-open')?.hidePopover();
    // the link may have gone with its page
    if (by.classList.contains('page'))
      goToHead();
  });
  showOrder();

  // --- Keys; the letters can be switched off (WCAG 2.1.4) -----------------

  function step(by) {
    const links = [...document.querySelectorAll('.row-link')];
    const at = links.findIndex((link) =>
      rowOf(link).contains(document.activeElement));

    links[Math.max(0, Math.min(at + by, links.length - 1))]?.focus();
  }

  const keys = {
    '/': () => $('#q')?.focus(),
    n: () => $('[aria-keyshortcuts="n"]')?.click(),
    j: () => step(1),
    k: () => step(-1),
    x: () => rowOf(document.activeElement)?.querySelector('.pick')?.click(),
    '?': () => $('#keys')?.togglePopover(),
  };

  on('keydown', (event) => {
    if (event.key === 'Enter' && event.target.matches('tr.row'))
      $('.row-link', event.target).click();
    if (event.ctrlKey || event.metaKey || event.altKey || !keys[event.key] ||
        event.target.matches('input:not(.pick), select, textarea') ||
        document.documentElement.dataset.keys === 'off' || $('dialog[open]') ||
        ($('#keys:popover-open') && event.key !== '?'))
      return;
    event.preventDefault();
    keys[event.key]();
  });
})();
