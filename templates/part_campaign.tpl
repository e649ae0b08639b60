{{%AUTOESCAPE context="HTML"}}
<div id="campaign" hx-target:inherited="#campaign" hx-swap:inherited="outerMorph" hx-sync:inherited="closest .head:drop">
<nav class="crumbs" aria-label="Breadcrumb"><a href="/dashboard/campaigns">Campaigns</a><i class="icon flip i-chevron-right"></i><span aria-current="page"><bdi>{{NAME}}</bdi></span></nav>
<div class="head stack" data-campaign-id="{{ID}}" data-status="{{STATUS}}">
<div class="head-text">
<div class="title-line"><h1 id="n-{{ID}}"><bdi>{{NAME}}</bdi></h1><span class="badge {{STATUS}}{{#WAITS}} waits{{/WAITS}}">{{STATUS_LABEL}}</span><span class="live" id="live" data-state="live" aria-live="polite">Live</span><span class="as-of">as of <time id="as-of" data-zone="{{ZONE}}">{{AS_OF}}</time></span></div>
<p class="sub"><span class="cid"><code>{{ID}}</code><button type="button" class="icon-btn i-copy copy tip" aria-label="Copy ID {{ID}}" data-copy="{{ID}}"></button></span><span>Bot: <bdi>{{BOT}}</bdi></span><span>{{NUMBERS}}</span><span>{{CONTACTS}}</span><span>{{HOURS}}</span>{{#ALWAYS_ON}}<span class="always-on">Always-on · runs until stopped</span>{{/ALWAYS_ON}}{{#RESTARTED}}<span class="note"><i class="icon i-rotate-ccw"></i>Restarted {{>AT}} by <bdi>{{BY}}</bdi></span>{{/RESTARTED}}</p>
</div>
<div class="head-actions">
{{#ACTION}}
{{#BUTTON}}<button type="submit" form="act" id="b{{SLOT}}-{{ID}}" class="btn {{WORD}}" aria-describedby="n-{{ID}}" formaction="/dashboard/campaigns/{{ID}}/{{WORD}}?from={{STATUS}}" hx-post=""{{#ASK}} hx-confirm="{{TEXT}}"{{/ASK}}><i class="icon i-{{ICON}}"></i>{{LABEL}}</button>{{/BUTTON}}{{#LINK}}<a id="b{{SLOT}}-{{ID}}" class="btn" aria-describedby="n-{{ID}}" href="/dashboard/campaigns/{{ID}}/{{WORD}}"><i class="icon i-{{ICON}}"></i>{{LABEL}}</a>{{/LINK}}
{{/ACTION}}
</div>
</div>
{{>TABS}}
{{#UNSAVED}}
<section class="card unsaved" aria-label="Unsaved changes"><p>You have unsaved changes from {{>AT}}.</p><a class="btn" href="/dashboard/campaigns/{{ID}}/edit"><i class="icon i-pencil"></i>Continue</a><button type="submit" form="act" class="btn" formaction="/dashboard/campaigns/{{ID}}/edit/discard"><i class="icon i-trash-2"></i>Discard</button></section>
{{/UNSAVED}}
{{#WARNING}}
<section class="card unsaved" aria-label="Do-not-call list"><p>{{TEXT}}</p><a class="btn" href="/dashboard/settings/do-not-call">Do-not-call lists</a></section>
{{/WARNING}}
{{#BANNER}}<section class="card state is-{{TONE}}" aria-labelledby="state-title"><i class="icon i-{{ICON}}"></i><h2 id="state-title">{{TITLE}}</h2><p>{{TEXT}}</p></section>{{/BANNER}}
<section class="card phase is-{{STATUS}}" aria-label="Progress">
<div class="phase-text"><span><b>{{PROGRESS}}</b> of {{TOTAL}} contacts processed</span><span><b>{{CONNECTED}}</b> connected</span>{{#CALLS}}<span><b>{{ACTIVE}}</b> in progress</span>{{/CALLS}}{{#DONE}}<span class="eta">{{TEXT}}</span>{{/DONE}}</div>
<svg class="bar" role="progressbar" aria-label="Contacts processed, {{NAME}}" aria-valuemin="0" aria-valuemax="100" aria-valuenow="{{PERCENT}}" width="100%" height="10"><rect class="done" width="{{DONE_WIDTH}}%" height="100%"/><rect class="conn" width="{{CONNECTED_WIDTH}}%" height="100%"/></svg>
{{#FIGURES}}<dl class="tiles">{{#TILE}}<div><dt>{{LABEL}}</dt><dd>{{VALUE}}{{#SMALL}}<small>{{TEXT}}</small>{{/SMALL}}</dd></div>{{/TILE}}</dl>
{{>WORDS}}{{/FIGURES}}
</section>
{{#NOW}}<div class="split now monitor">
{{>MINUTES}}
{{#LIVE}}<section class="card" aria-labelledby="calls-title">
<h2 class="card-title" id="calls-title">Calls now</h2>
<dl class="tiles"><div><dt>Dialling</dt><dd>{{DIALLING}}</dd></div><div><dt>Ringing</dt><dd>{{RINGING}}</dd></div><div><dt>In a call</dt><dd>{{TALKING}}</dd></div><div><dt>Retries</dt><dd>{{RETRIES}}</dd></div><div><dt>Callbacks</dt><dd>{{CALLBACKS}}</dd></div><div><dt>Calls/sec</dt><dd>{{PER_SECOND}}</dd></div><div><dt>Connected/hr</dt><dd>{{PER_HOUR}}</dd></div><div><dt>Avg Ring Time</dt><dd>{{RING}}</dd></div><div><dt>Last call</dt><dd>{{LAST}}</dd></div></dl>
{{#PACING}}<p class="foot-bar">{{TEXT}}</p>
{{/PACING}}<table class="calls"><caption class="vh">The last calls that were placed</caption><thead class="vh"><tr><th scope="col">State</th><th scope="col">Number</th><th scope="col">Since</th></tr></thead><tbody>
{{#CALL}}<tr><td>{{LABEL}}</td><th scope="row">{{PHONE}}</th><td>{{ELAPSED}}</td></tr>
{{/CALL}}</tbody></table>
</section>{{/LIVE}}
</div>{{/NOW}}
<div class="split monitor">
{{#ENDED_SOME}}<section class="card" aria-labelledby="outcomes-title">
<h2 class="card-title" id="outcomes-title">Outcomes</h2>
{{>OUTCOMES}}
</section>{{/ENDED_SOME}}
{{#BESIDE}}<div class="cards">
{{#DISPOSITIONS}}<section class="card" aria-labelledby="dispositions-title">
<h2 class="card-title" id="dispositions-title">Dispositions</h2>
<table class="outcomes"><caption class="vh">What bots reported in this run</caption><thead class="vh"><tr><th scope="col">Disposition</th><th scope="col">Share</th><th scope="col">Calls</th><th scope="col">Percent</th></tr></thead><tbody>
{{#DISPOSITION}}<tr><th scope="row"><bdi>{{LABEL}}</bdi>{{#GOAL}} <span class="goal">Goal</span>{{/GOAL}}</th><td><svg class="bar" aria-hidden="true" width="100%" height="6"><rect class="done" width="{{WIDTH}}%" height="100%"/></svg></td><td>{{COUNT}}</td><td>{{PERCENT}}</td></tr>
{{/DISPOSITION}}</tbody></table>
{{#OTHERS}}<p class="foot-bar">{{COUNT}} with other dispositions.</p>{{/OTHERS}}
</section>{{/DISPOSITIONS}}
{{#PASSES}}<section class="card" aria-labelledby="passes-title">
<h2 class="card-title" id="passes-title">Passes</h2>
<div class="scroll-x" role="region" aria-label="Passes as a table" tabindex="0"><table class="calls figures"><thead><tr><th scope="col">Pass</th><th scope="col">Calls finished</th><th scope="col">Connected</th><th scope="col">First ended</th><th scope="col">Last ended</th></tr></thead><tbody>
{{#PASS}}<tr><th scope="row">{{NO}}</th><td>{{ENDED}}</td><td>{{CONNECTED}}</td><td>{{>FROM}}</td><td>{{>TO}}</td></tr>
{{/PASS}}</tbody></table></div>
</section>{{/PASSES}}
</div>{{/BESIDE}}
</div>
<div class="split">
<div class="cards">
<section class="card" aria-labelledby="run-title">
<h2 class="card-title" id="run-title">This run</h2>
<dl class="facts">
<div><dt>Run</dt><dd>{{RUN}}</dd></div>
{{#MOMENT}}
<div><dt>{{LABEL}}</dt><dd>{{>AT}}{{#BY}} by <bdi>{{BY}}</bdi>{{/BY}}</dd></div>
{{/MOMENT}}
</dl>
{{#REPORT}}<p class="foot-bar"><a class="btn" href="/dashboard/campaigns/{{ID}}/report" download>Attempt Report</a><a class="btn" href="/dashboard/campaigns/{{ID}}/report?format=xlsx" download>Attempt Report (XLSX)</a></p>{{/REPORT}}
</section>
<section class="card" aria-labelledby="with-title">
<h2 class="card-title" id="with-title">Bot, numbers and contacts</h2>
<dl class="facts">
<div><dt>Bot</dt><dd><bdi>{{BOT}}</bdi></dd></div>
<div><dt>Number pool</dt><dd>{{POOL}}{{#PHONES}}<small>{{TEXT}}</small>{{/PHONES}}</dd></div>
<div><dt>Contact list</dt><dd>{{CONTACTS}}</dd></div>
</dl>
</section>
</div>
<section class="card" aria-labelledby="set-title">
<h2 class="card-title" id="set-title">Dialling rules</h2>
<dl class="facts">
{{#RULE}}
<div><dt>{{LABEL}}</dt><dd>{{VALUE}}</dd></div>
{{/RULE}}
</dl>
</section>
</div>
</div>
