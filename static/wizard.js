// wizard.js - what the wizard's pages do beyond plain HTML and htmx: focus goes
// where the step says, a file is dropped and its way is seen.
(() => {
  'use strict';

  const MOST = 1024 ** 3;
  const $ = (selector, root = document) => root.querySelector(selector);
  const on = (name, handler) => document.addEventListener(name, handler);

  // --- A step in the place of another -----------------------------------

  on('htmx:after:swap', (event) => {
    const { ctx } = event.detail;

    if (ctx.target?.id !== 'wizard')
      return;
    ($('#errors') ?? $('#notice') ?? $('#step-title'))
      .focus({ preventScroll: true });
    scrollTo({ top: 0 });
    $('#act [name="back"]').value = location.pathname;
  });

  // what cannot be kept now is still there, and it is said
  for (const name of ['htmx:error', 'htmx:response:error'])
    on(name, (event) => {
      const { ctx } = event.detail;

      if (ctx?.sourceElement.id === 'step' &&
          !ctx.text?.includes('<hx-partial') &&
          !ctx.response?.headers.has('HX-Redirect'))
        sayLost('Failed to save', 'The server did not answer. What you ' +
          'entered is still here; press the button again.');
    });

  function sayLost(text, why) {
    const toast = $('#toast-failed').content.firstElementChild.cloneNode(true);

    $('p', toast).firstChild.textContent = `${text} `;
    $('small', toast).textContent = why;
    $('#toasts').append(toast);
  }

  // --- The file -----------------------------------------------------------

  let sending = null;

  const size = (bytes) => bytes < 1e6 ? `${Math.ceil(bytes / 1e3)} KB` :
    `${(bytes / 1e6).toFixed(bytes < 1e7 ? 1 : 0)} MB`;

  function setWrong(form, text) {
    const wrong = $('[data-wrong]', form);

    wrong.hidden = !text;
    wrong.textContent = text;
  }

  function setSending(form, yes) {
    $('.sending', form).hidden = !yes;
    $('[data-abort]', form).hidden = !yes;
    $('[type="submit"]', form).hidden = yes;
  }

  function showSent(form, event, since) {
    const part = event.total ? event.loaded / event.total : 0;
    const s = (performance.now() - since) / 1000;
    const left = part > 0 ? Math.ceil(s / part - s) : 0;

    $('progress', form).value = part * 100;
    $('[data-said]', form).textContent = event.loaded < event.total ?
      `${size(event.loaded)} of ${size(event.total)} sent, ${left} s left` :
      'Sent; the server takes it.';
  }

  // the part that is answered takes the place of the form
  function showAnswer(text) {
    const fresh = document.createRange().createContextualFragment(text);
    const part = $('#contacts', fresh);

    if (!part)
      return false;
    // the person has gone on to another step
    $('#contacts')?.replaceWith(part);
    htmx.process(part);
    keepRevision();
    return true;
  }

  // a file that has come is a revision of its own
  async function keepRevision() {
    const page = await fetch(location.pathname, {
      headers: { 'HX-Request': 'true', 'HX-Request-Type': 'partial' } })
      .then((answer) => answer.ok ? answer.text() : '', () => '');
    const fresh = document.createRange().createContextualFragment(page);

    for (const name of ['#step [name="rev"]', '#means', '.steps', '.sub']) {
      if ($(name, fresh))
        $(name)?.replaceWith($(name, fresh));
    }
    htmx.process($('#means'));
  }

  const reasonOf = (request) => {
    const text = new DOMParser().parseFromString(request.responseText,
      'text/html');

    return $('.toast small, body > p', text)?.textContent.trim() ||
      $('.toast p', text)?.textContent.trim() ||
      'The server did not take the file. Try again.';
  };

  function send(form) {
    const file = $('[type="file"]', form).files[0];
    const request = new XMLHttpRequest();
    const since = performance.now();
    const end = (why) => {
      // another file may be on its way in the place of this one
      if (sending !== request)
        return;
      sending = null;
      setSending(form, false);
      setWrong(form, why);
    };
    const before = sending;

    sending = null;
    before?.abort();

    setWrong(form, '');
    // what was wrong with the file before says nothing of this one
    $('#contacts > .err-sum')?.remove();
    if (!file)
      return setWrong(form, 'Choose a file.');
    if (file.size > MOST)
      return setWrong(form, 'The file is larger than 1 GB. Split it.');
    sending = request;
    setSending(form, true);
    request.upload.onprogress = (event) => showSent(form, event, since);
    request.onload = () => {
      const elsewhere = request.getResponseHeader('HX-Redirect');

      if (elsewhere) {
        sending = null;
        location.assign(elsewhere);
      } else if (request.status >= 400) {
        end(reasonOf(request));
      } else {
        sending = null;
        if (!showAnswer(request.responseText))
          location.reload();
      }
    };
    request.onerror = () => end('The connection was lost; nothing was ' +
      'stored. Try again.');
    request.onabort = () => end('');
    request.open('POST', form.getAttribute('action'));
    request.setRequestHeader('HX-Request', 'true');
    request.setRequestHeader('HX-Request-Type', 'partial');
    request.send(new FormData(form));
  }

  on('submit', (event) => {
    if (event.target.id !== 'upload')
      return;
    event.preventDefault();
    send(event.target);
  });

  on('change', (event) => {
    if (event.target.matches('#upload [type="file"]') && event.target.files[0])
      send(event.target.form);
  });

  on('click', (event) => {
    if (event.target.closest('[data-abort]'))
      sending?.abort();
  });

  // leaving would cut it off
  addEventListener('beforeunload', (event) => {
    if (sending)
      event.preventDefault();
  });

  for (const name of ['dragover', 'dragleave', 'drop'])
    on(name, (event) => {
      const zone = event.target.closest?.('.drop');

      if (!$('.drop'))
        return;
      // a file beside the zone must not take the page's place
      event.preventDefault();
      if (zone)
        zone.toggleAttribute('data-now-over', name === 'dragover');
      if (name !== 'drop' || !zone || !event.dataTransfer.files.length)
        return;
      $('[type="file"]', zone).files = event.dataTransfer.files;
      send(zone.closest('form'));
    });
})();
