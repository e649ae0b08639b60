// app.js - what plain HTML and htmx leave open.  Every page works without it.
//
// Attributes that begin with data-now- belong to this script: the morph leaves
// them alone (morphIgnore in layout.tpl), so a live update does not undo them.
(() => {
  'use strict';

  // after a row has changed
  const GUARD_MS = 500;
  // for a page that never comes
  const SENT_MS = 10000;
  const TOAST_MS = 6000;
  const TOASTS = 3;
  // without an answer the page is live no more; later its figures look old
  const LATE_MS = 2000;
  const STALE_MS = 10000;
  const COPIED_MS = 1600;

  const $ = (selector, root = document) => root.querySelector(selector);
  const on = (name, handler, capture = false) =>
    document.addEventListener(name, handler, capture);
  const poll = $('#poll');
  // what it keeps as it is: the list, or one campaign
  const shown = poll?.getAttribute('hx-target').slice(1);
  const isAction = (ctx) => ctx.request.method === 'POST' &&
    ctx.sourceElement.matches('[form="act"]');
  const rowOf = (element) => element.closest('tr.row');

  globalThis.outdial = { $, on, poll, rowOf };

  // --- Questions: the hx-confirm text in one shared dialog ----------------

  // what its %s stands for
  const subjectOf = (button) => button.dataset.nowSubject ??
    document.getElementById(button.getAttribute('aria-describedby')).textContent;

  function showQuestion(button) {
    const [before, after] = button.getAttribute('hx-confirm').split('%s');
    const rest = after ?? before;
    const cut = rest.indexOf('?') + 1;
    const grave = button.matches('.delete, .stop');
    const title = $('#confirm-title');
    const icon = [...($('.icon', button) ?? button).classList]
      .find((name) => name.startsWith('i-'));

    title.replaceChildren();
    if (after !== undefined) {
      // a name of the other direction stays in its place
      const subject = document.createElement('bdi');

      subject.textContent = subjectOf(button);
      title.append(before, subject);
    }
    title.append(rest.slice(0, cut));
    $('#confirm-text').textContent = rest.slice(cut + 1);
    $('#confirm-mark').className = grave ? 'dialog-mark' : 'dialog-mark calm';
    $('#confirm-mark .icon').className = `icon ${icon}`;
    $('#confirm-ok').className = grave ? 'btn btn-danger' : 'btn btn-primary';
  }

  on('htmx:confirm', (event) => {
    const { ctx, issueRequest, dropRequest } = event.detail;
    const dialog = $('#confirm');

    if (!ctx.confirm || !dialog)
      return;
    event.preventDefault();
    const button = ctx.sourceElement;
    const place = placeOf(button);

    showQuestion(button);
    dialog.returnValue = 'cancel';
    dialog.addEventListener('close', () => {
      const sure = dialog.returnValue === 'ok';

      if (sure && button.isConnected) {
        ctx.request.body.set('confirm', '1');
        return issueRequest();
      }
      dropRequest();
      // its row has left meanwhile
      if (!button.isConnected)
        giveFocusBack(place);
      if (sure)
        sayFailed(button, 'It is no longer in this list.');
    }, { once: true });
    dialog.showModal();
  });

  // --- Copying the ID -----------------------------------------------------

  async function copy(button) {
    const name = button.getAttribute('aria-label');

    if ('nowCopied' in button.dataset)
      return;
    try {
      await navigator.clipboard.writeText(button.dataset.copy ||
        $('code', button.parentElement).textContent);
    } catch {
      getSelection().selectAllChildren($('code', button.parentElement));
      return;
    }
    button.dataset.nowCopied = '';
    button.setAttribute('aria-label', 'Copied');
    $('#said').textContent = 'Copied';
    setTimeout(() => {
      delete button.dataset.nowCopied;
      button.setAttribute('aria-label', name);
      $('#said').textContent = '';
    }, COPIED_MS);
  }

  on('click', (event) => {
    const button = event.target.closest('[data-copy]');

    if (button)
      copy(button);
  });

  // --- What was opened in a row closes again ------------------------------

  on('click', (event) => {
    const row = event.target.closest('[data-close]')?.closest('.trail-row');

    row?.previousElementSibling.querySelector('[hx-get]').focus();
    row?.replaceChildren();
  });

  // --- Times of people whose zone nobody knows: that of their browser -----

  for (const time of document.querySelectorAll('time[data-local]'))
    time.textContent = new Date(time.dateTime).toLocaleTimeString([],
      { hour: '2-digit', minute: '2-digit' });

  // --- The whole row opens the campaign -----------------------------------

  // its link lies over the row, but for what has a tooltip of its own
  on('click', (event) => {
    const row = rowOf(event.target);

    if (row && !event.target.closest('a, button, input, .acts') &&
        getSelection().isCollapsed)
      $('.row-link', row).click();
  });

  // --- A second press must not hit what took the place of the first -------

  const groups = '.acts, .bulk, #strip, .head-actions';

  function guard(group) {
    if (!group)
      return;
    group.dataset.nowGuarded = '';
    setTimeout(() => delete group.dataset.nowGuarded, GUARD_MS);
  }

  on('click', (event) => {
    const button = event.target.closest('button[form="act"]');

    if (button && (event.detail > 1 || button.closest('[data-now-guarded]'))) {
      event.preventDefault();
      event.stopImmediatePropagation();
    }
  }, true);

  // a key that is held neither presses again nor answers what it has asked
  on('keydown', (event) => {
    if (event.repeat && event.key === 'Enter' &&
        event.target.closest(`${groups}, dialog`))
      event.preventDefault();
  }, true);

  // the same for a form, until its answer or the next page is there; before
  // htmx hears of it
  on('submit', (event) => {
    const form = event.target;

    if (form.method !== 'post')
      return;
    if ('nowSent' in form.dataset) {
      event.preventDefault();
      return event.stopImmediatePropagation();
    }
    form.dataset.nowSent = '';
    setTimeout(() => delete form.dataset.nowSent, SENT_MS);
  }, true);
  addEventListener('pageshow', () => {
    for (const form of document.querySelectorAll('[data-now-sent]'))
      delete form.dataset.nowSent;
  });

  // --- Focus never falls to the top of the page ---------------------------

  // where it was when an action was sent, or rows were changed
  let held = null;

  function placeOf(at) {
    const row = rowOf(at);
    const next = row && (row.nextElementSibling || row.previousElementSibling);

    return { slot: at.id, row: row?.id, next: next?.id };
  }

  function holdFocus() {
    const at = document.activeElement ?? document.body;

    if (at.closest(`${groups}, #${shown}`))
      held = placeOf(at);
  }

  function giveFocusBack(at = held) {
    const shown = (element) => element?.checkVisibility() ? element : null;

    held = null;
    if (!at || (shown(document.activeElement) ?? document.body) !== document.body)
      return;
    (shown(document.getElementById(at.slot)) ??
      (at.row && $(`#${at.row} .row-link`)) ??
      (at.next && $(`#${at.next} .row-link`)) ?? $('#main'))
      .focus({ preventScroll: true });
  }

  // --- Toasts -------------------------------------------------------------

  const toasts = $('#toasts');
  // where the focus was before it went to one of them
  let outside = {};

  on('focusout', (event) => {
    if (!toasts.contains(event.target))
      outside = placeOf(event.target);
  });

  on('click', (event) => {
    if (!event.target.closest('[data-dismiss]'))
      return;
    event.target.closest('.toast').remove();
    giveFocusBack(outside);
  });

  // where an action was sent from: a row, or the button itself
  let acted = null;

  // never over what was pressed: else at the other edge of the screen
  function placeToasts() {
    const at = acted && (document.getElementById(acted.row) ??
      document.getElementById(acted.slot))?.getBoundingClientRect();

    delete toasts.dataset.nowAway;
    const box = toasts.getBoundingClientRect();

    if (at && box.bottom > at.top && box.top < at.bottom &&
        box.right > at.left && box.left < at.right)
      toasts.dataset.nowAway = '';
  }

  function letGo(toast) {
    const timer = setInterval(() => {
      if (toast.matches(':hover, :focus-within'))
        return;
      clearInterval(timer);
      toast.remove();
    }, TOAST_MS);
  }

  new MutationObserver((changes) => {
    for (const node of changes.flatMap((change) => [...change.addedNodes])) {
      if (node.nodeType === Node.ELEMENT_NODE && !node.matches('.bad'))
        letGo(node);
    }
    while (toasts.childElementCount > TOASTS)
      toasts.firstElementChild.remove();
    // not before all has changed: the page is laid out once
    requestAnimationFrame(placeToasts);
  }).observe(toasts, { childList: true });
  toasts.querySelectorAll('.toast:not(.bad)').forEach(letGo);

  // No answer, or one that says nothing: say which action failed, and why if
  // it is not that.
  function sayFailed(button, why) {
    const toast = $('#toast-failed').content.firstElementChild.cloneNode(true);
    const word = new URL(button.formAction).pathname.split('/').pop();

    $('p', toast).firstChild.textContent = `Failed to ${word} `;
    if (why || !navigator.onLine)
      $('small', toast).textContent = why ?? 'You are offline.';
    toasts.append(toast);
  }

  // --- Live updates -------------------------------------------------------

  const underWay = new Set();
  const filter = $('#filter');
  // version of the list that is shown
  let tag = poll?.dataset.tag;
  // what is typed is not what is shown: no answer came
  let unanswered = false;
  let fresh = Date.now();
  // runs while a poll has no answer
  let late;

  function setLive(state) {
    const live = $('#live');
    const word = { live: 'Live', stale: 'Reconnecting', off: 'Offline' }[state];

    if (state === 'live')
      fresh = Date.now();
    document.documentElement.toggleAttribute('data-stale',
      Date.now() - fresh > STALE_MS);
    if (live && live.dataset.state !== state) {
      live.dataset.state = state;
      live.textContent = word;
    }
  }

  // The time of the server's last answer, in the workspace's zone: until then
  // the page is right, also where nothing had changed.
  let answered;

  function showTime() {
    const time = $('#as-of');

    if (time && answered)
      time.textContent = new Date(answered).toLocaleTimeString('en-GB',
        { timeZone: time.dataset.zone });
  }

  on('htmx:after:swap', showTime);

  const setLost = () => setLive(navigator.onLine ? 'stale' : 'off');

  // What is typed, with order and size as they are; nothing that is empty.
  function fillFilter(body) {
    const shown = new URLSearchParams(location.search);

    for (const name of ['sort', 'dir', 'size'])
      body.set(name, shown.get(name) ?? '');
    for (const [name, value] of [...body]) {
      // the server takes no control characters, a paste may bring them
      if (value === '')
        body.delete(name);
      else
        body.set(name, value.replace(/\p{Cc}+/gu, ' '));
    }
  }

  // htmx is told to show it anew, by a poll, the filter, an order, a page
  const isShown = (ctx) => ctx.target?.id === shown && !isAction(ctx);

  on('htmx:config:request', (event) => {
    const { ctx } = event.detail;

    // a button or link says once where it goes
    if (isAction(ctx))
      ctx.request.action = ctx.sourceElement.getAttribute('formaction');
    if (!isShown(ctx))
      return;
    if (ctx.sourceElement === poll)
      ctx.request.action = location.pathname + location.search;
    else if (ctx.sourceElement === filter)
      fillFilter(ctx.request.body);
    else
      ctx.request.action = ctx.sourceElement.getAttribute('href');
    ctx.request.headers['HX-PTag'] = tag;
  });

  function askFilterAgain() {
    unanswered = false;
    htmx.trigger(filter, 'submit');
  }

  on('htmx:before:request', (event) => {
    const { ctx } = event.detail;

    if (ctx.sourceElement === poll && (document.hidden || underWay.size > 0)) {
      event.preventDefault();
    } else if (ctx.sourceElement === poll) {
      late = setTimeout(setLost, LATE_MS);
    } else if (isAction(ctx)) {
      // an older answer must not overtake the one of this action
      underWay.add(ctx);
      acted = placeOf(ctx.sourceElement);
      if (poll)
        htmx.trigger(poll, 'htmx:abort');
      holdFocus();
    }
  });

  on('htmx:after:request', (event) => {
    const { ctx } = event.detail;
    const { status, headers } = ctx.response;

    setLive(status < 500 ? 'live' : 'stale');
    if (status < 400 && (ctx.sourceElement === poll || isAction(ctx)))
      answered = headers.get('Date');
    showTime();
    if (isShown(ctx) && status < 400)
      tag = headers.get('HX-PTag') ?? tag;
    if (ctx.sourceElement === filter)
      unanswered = status >= 500;
    else if (unanswered && status < 500)
      askFilterAgain();
    if (isAction(ctx) && status >= 400 && !ctx.text.includes('<hx-partial') &&
        !headers.has('HX-Redirect'))
      sayFailed(ctx.sourceElement);
  });

  on('htmx:error', (event) => {
    const { ctx } = event.detail;

    setLost();
    if (ctx?.sourceElement === filter)
      unanswered = true;
    if (ctx && isAction(ctx) && !ctx.response)
      sayFailed(ctx.sourceElement);
  });

  on('htmx:before:swap', holdFocus);

  on('htmx:after:swap', (event) => {
    const { ctx } = event.detail;

    giveFocusBack();
    if (isAction(ctx))
      guard(document.getElementById(ctx.sourceElement.id)?.closest(groups));
  });

  on('htmx:finally:request', (event) => {
    const { ctx } = event.detail;

    underWay.delete(ctx);
    // unless the next page is on its way
    if (!ctx.response?.headers.has('HX-Redirect'))
      delete ctx.sourceElement.dataset.nowSent;
    if (ctx.sourceElement === poll)
      clearTimeout(late);
    // the rows follow what was done to all of them
    if (isAction(ctx) && ctx.target?.id === 'strip')
      htmx.trigger(poll, 'every');
  });

  on('visibilitychange', () => {
    if (poll && !document.hidden)
      htmx.trigger(poll, 'every');
  });
  addEventListener('offline', setLost);
  addEventListener('online', () => poll && htmx.trigger(poll, 'every'));

})();
