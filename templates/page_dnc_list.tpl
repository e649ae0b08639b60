{{%AUTOESCAPE context="HTML"}}
<nav class="crumbs" aria-label="Breadcrumb"><a href="/dashboard/settings">Settings</a><i class="icon flip i-chevron-right"></i><a href="/dashboard/settings/do-not-call">Do not call</a><i class="icon flip i-chevron-right"></i><span aria-current="page"><bdi>{{NAME}}</bdi></span></nav>
<div class="head"><div class="head-text"><h1><bdi>{{NAME}}</bdi></h1>
<p class="sub"><span>No campaign of this workspace calls a number on this list.</span></p></div>
<div class="head-actions"><a class="btn" href="/dashboard/settings/do-not-call/{{PLACE}}/export"><i class="icon i-download"></i>Export</a></div></div>
<div class="form narrow">
{{#WARNING}}
<p class="notice"><i class="icon i-triangle-alert"></i><span>{{TEXT}}</span></p>
{{/WARNING}}
<section class="card" aria-label="This list"><dl class="facts">
<div><dt>Kind</dt><dd>{{KIND}}</dd></div>
<div><dt>Numbers</dt><dd>{{NUMBERS}}</dd></div>
<div><dt>Imported</dt><dd>{{#IMPORTED}}{{>AT}}{{/IMPORTED}}{{#NEVER}}Never{{/NEVER}}{{#STALE}} <span class="badge paused">Too old</span>{{/STALE}}</dd></div>
{{#AGED}}<div><dt>Highest age</dt><dd>{{DAYS}}</dd></div>
{{/AGED}}<div><dt>Source</dt><dd><bdi>{{SOURCE}}</bdi></dd></div>
{{#LAST}}<div><dt>Last file</dt><dd><bdi>{{FILE}}</bdi>, by <bdi>{{BY}}</bdi>, {{>AT}}<small>{{#READING}}Being read: {{/READING}}{{#FAILED}}Not read to its end: {{/FAILED}}{{ROWS}} rows, {{ADDED}} new numbers, {{#DONE}}{{DUPLICATE}} duplicates, {{/DONE}}{{REJECTED}} rejected.{{#REJECTS}} <a href="/dashboard/settings/do-not-call/{{PLACE}}/rejected/export">Rejected rows</a>{{/REJECTS}}</small></dd></div>
{{/LAST}}</dl></section>
{{#MAY_ADD}}
<form class="card form" method="post" action="/dashboard/settings/do-not-call/{{PLACE}}/numbers" novalidate>
<input type="hidden" name="csrf" value="{{CSRF}}">
<h2>Add a number</h2>
{{>INPUT}}
<div class="foot-bar"><button type="submit" class="btn btn-primary"><i class="icon i-plus"></i>Add number</button></div>
</form>
{{/MAY_ADD}}
{{#MAY_CHANGE}}
<form class="card form" method="post" action="/dashboard/settings/do-not-call/{{PLACE}}/upload" enctype="multipart/form-data">
<input type="hidden" name="csrf" value="{{CSRF}}">
<h2>Import a file</h2>
<div class="f"><span class="lbl" id="l-mode">The numbers in the file</span><div class="days" role="radiogroup" aria-labelledby="l-mode" id="f-mode" tabindex="-1">
<label class="day"><input type="radio" name="mode" value="add" checked><span>are added</span></label>
<label class="day"><input type="radio" name="mode" value="replace"><span>replace the list</span></label>
</div></div>
<div class="f{{#BAD_FILE}} bad{{/BAD_FILE}}"><label for="f-file">CSV file</label><input id="f-file" type="file" name="file" accept=".csv,.txt,text/csv" required aria-describedby="h-file{{#BAD_FILE}} e-file{{/BAD_FILE}}"{{#BAD_FILE}} aria-invalid="true" autofocus{{/BAD_FILE}}><p class="help" id="h-file">A CSV file in UTF-8 with the column <code>phone_number</code>, and if you like <code>reason</code> and <code>until</code> (a last day, such as 2026-12-24). While a file replaces the list, the old numbers are still not called.</p>{{#BAD_FILE}}<p class="err" id="e-file" role="alert"><i class="icon i-circle-alert"></i><span>{{WHY}}</span></p>{{/BAD_FILE}}</div>
<div class="foot-bar"><button type="submit" class="btn"><i class="icon i-upload"></i>Import</button></div>
</form>
{{/MAY_CHANGE}}
{{#NONE}}
<section class="card prose wide"><h2>No numbers yet</h2><p>Supervisors can add numbers to the own list. Administrators can add numbers to every list and import a file.</p></section>
{{/NONE}}
{{#NO_MORE}}
<section class="card prose wide"><h2>No more numbers</h2><p><a href="/dashboard/settings/do-not-call/{{PLACE}}">First numbers of the list</a></p></section>
{{/NO_MORE}}
{{#SOME}}
<div class="scroll-x" role="region" aria-label="Numbers" tabindex="0"><table class="pool many"><thead><tr><th scope="col">Phone number</th><th scope="col">Since</th><th scope="col">Added by</th><th scope="col">Until</th><th scope="col">Reason</th>{{#KEEPER}}<th scope="col"><span class="vh">Remove</span></th>{{/KEEPER}}</tr></thead><tbody>
{{#ENTRY}}<tr{{#PAST}} class="past"{{/PAST}}><th scope="row">+{{PHONE}}</th><td>{{>SINCE}}</td><td><bdi>{{BY}}</bdi></td><td>{{#UNTIL}}{{>LAST}}{{/UNTIL}}{{#FOR_GOOD}}For good{{/FOR_GOOD}}{{#PAST}}<span class="vh">, past</span>{{/PAST}}</td><td><bdi>{{REASON}}</bdi></td>{{#DROP}}<td><button type="submit" form="act" class="icon-btn i-trash-2 delete tip tip-end" aria-label="Remove +{{PHONE}}" formaction="/dashboard/settings/do-not-call/{{PLACE}}/remove?number={{PHONE}}" hx-post="" hx-swap="none" hx-confirm="{{ASK}}"></button></td>{{/DROP}}</tr>
{{/ENTRY}}</tbody></table></div>
<div class="foot-bar">{{#FIRST}}<a class="btn" href="/dashboard/settings/do-not-call/{{PLACE}}">First</a>{{/FIRST}}{{#NEXT}}<a class="btn" href="/dashboard/settings/do-not-call/{{PLACE}}?after={{AFTER}}">Next</a>{{/NEXT}}</div>
{{/SOME}}
{{#MAY_CHANGE}}
{{#CHANGE}}
<form class="card form" method="post" action="/dashboard/settings/do-not-call/{{PLACE}}" novalidate>
<input type="hidden" name="csrf" value="{{CSRF}}">
<h2>Change this list</h2>
{{#KINDS}}<div class="f{{#BAD}} bad{{/BAD}}"><label for="f-kind">Kind</label><span class="select"><select id="f-kind" name="kind"{{#BAD}} aria-invalid="true" aria-describedby="e-kind"{{/BAD}}>{{#KIND}}<option value="{{VALUE}}"{{#ON}} selected{{/ON}}>{{TEXT}}</option>{{/KIND}}</select><i class="icon i-chevron-down"></i></span>{{#BAD}}<p class="err" id="e-kind" role="alert"><i class="icon i-circle-alert"></i><span>{{WHY}}</span></p>{{/BAD}}</div>{{/KINDS}}
{{>INPUT}}
<div class="foot-bar"><button type="submit" class="btn"><i class="icon i-check"></i>Save</button></div>
</form>
{{/CHANGE}}
{{#DELETE}}<div class="foot-bar"><button type="submit" form="act" class="btn btn-danger" formaction="/dashboard/settings/do-not-call/{{PLACE}}/delete" hx-post="" hx-swap="none" hx-confirm="{{ASK}}"><i class="icon i-trash-2"></i>Delete this list</button></div>{{/DELETE}}
{{/MAY_CHANGE}}
</div>
