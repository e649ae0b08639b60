{{%AUTOESCAPE context="HTML"}}
<nav class="crumbs" aria-label="Breadcrumb"><a href="/dashboard/settings">Settings</a><i class="icon flip i-chevron-right"></i><a href="/dashboard/settings/webhooks">Webhooks</a><i class="icon flip i-chevron-right"></i><span aria-current="page"><bdi>{{TITLE}}</bdi></span></nav>
<div class="head"><div class="head-text"><h1><bdi>{{TITLE}}</bdi></h1>
<p class="sub"><span>{{STATE}}{{#SINCE}} since {{>AT}}{{/SINCE}}</span></p></div></div>
<div class="form narrow">
{{>SECRET}}
{{#ADVICE}}<p class="notice"><i class="icon i-triangle-alert"></i><span>{{TEXT}}</span></p>{{/ADVICE}}
<form class="card form" method="post" action="/dashboard/settings/webhooks/{{ID}}" novalidate>
<input type="hidden" name="csrf" value="{{CSRF}}">
<input type="hidden" name="ver" value="{{VER}}">
<h2>Settings</h2>
{{>FIELDS}}
<div class="foot-bar"><button type="submit" class="btn btn-primary"><i class="icon i-check"></i>Save</button></div>
</form>
<form class="card form" method="post" action="/dashboard/settings/webhooks/{{ID}}/test">
<input type="hidden" name="csrf" value="{{CSRF}}">
<input type="hidden" name="ver" value="{{VER}}">
<h2>Actions</h2>
<p class="help">A test event shows at once whether the address answers. A new secret signs beside the old one for 24 hours. A webhook that is switched on again gets the events from then on; what it missed can be sent again below.</p>
<div class="foot-bar">
{{#ON}}<button type="submit" class="btn"><i class="icon i-play"></i>Send a test event</button>
<button type="submit" class="btn" formaction="/dashboard/settings/webhooks/{{ID}}/off"><i class="icon i-pause"></i>Switch off</button>{{/ON}}
{{#OFF}}<button type="submit" class="btn btn-primary" formaction="/dashboard/settings/webhooks/{{ID}}/on"><i class="icon i-play"></i>Switch on</button>{{/OFF}}
<button type="submit" class="btn" formaction="/dashboard/settings/webhooks/{{ID}}/rotate?ver={{VER}}"><i class="icon i-rotate-ccw"></i>New secret</button>
<button type="submit" class="btn btn-danger" formaction="/dashboard/settings/webhooks/{{ID}}/remove?ver={{VER}}"><i class="icon i-trash-2"></i>Remove</button>
</div>
</form>
<section class="form" aria-labelledby="log"><h2 id="log">Deliveries</h2>
{{#NO_LOG}}<p class="help">Nothing has been sent in the last seven days.</p>{{/NO_LOG}}
{{#LOG}}
<div class="scroll-x" role="region" aria-labelledby="log" tabindex="0"><table class="pool"><thead><tr><th scope="col">Event</th><th scope="col">Kind</th><th scope="col">Last try</th><th scope="col">Answer</th><th scope="col">Tries</th>{{#ON}}<th scope="col"><span class="vh">Send again</span></th>{{/ON}}</tr></thead><tbody>
{{#DELIVERY}}<tr><th scope="row">{{SEQ}}</th><td>{{KIND}}</td><td>{{>AT}}</td><td>{{STATE}}: {{ANSWER}}</td><td>{{TRIES}}</td>{{#AGAIN}}<td><button type="submit" form="act" class="icon-btn i-rotate-ccw tip tip-end" aria-label="Send event {{SEQ}} again" formaction="/dashboard/settings/webhooks/{{ID}}/replay?from={{SEQ}}&amp;to={{SEQ}}"></button></td>{{/AGAIN}}</tr>
{{/DELIVERY}}</tbody></table></div>
{{#MORE}}<p><a href="/dashboard/settings/webhooks/{{ID}}?before={{BEFORE}}">Older deliveries</a></p>{{/MORE}}
{{/LOG}}
</section>
{{#ON}}
<form class="card form" method="post" action="/dashboard/settings/webhooks/{{ID}}/replay">
<input type="hidden" name="csrf" value="{{CSRF}}">
<h2>Send again</h2>
<div class="frow">
<div class="f{{#BAD_FROM}} bad{{/BAD_FROM}}"><label for="f-from">First event</label><span class="field-box"><input id="f-from" name="from" type="number" inputmode="numeric" min="1" value="{{FROM}}" autocomplete="off"{{#BAD_FROM}} aria-invalid="true" aria-describedby="e-from" autofocus{{/BAD_FROM}}></span>{{#BAD_FROM}}<p class="err" id="e-from" role="alert"><i class="icon i-circle-alert"></i><span>{{WHY}}</span></p>{{/BAD_FROM}}</div>
<div class="f{{#BAD_TO}} bad{{/BAD_TO}}"><label for="f-to">Last event</label><span class="field-box"><input id="f-to" name="to" type="number" inputmode="numeric" min="1" value="{{TO}}" autocomplete="off"{{#BAD_TO}} aria-invalid="true" aria-describedby="e-to" autofocus{{/BAD_TO}}></span>{{#BAD_TO}}<p class="err" id="e-to" role="alert"><i class="icon i-circle-alert"></i><span>{{WHY}}</span></p>{{/BAD_TO}}</div>
</div>
<p class="help">The numbers are those of the list above. Without a last event everything since the first one is sent again, under the same identifiers.</p>
<div class="foot-bar"><button type="submit" class="btn"><i class="icon i-rotate-ccw"></i>Send again</button></div>
</form>
{{/ON}}
</div>
