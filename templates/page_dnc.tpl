{{%AUTOESCAPE context="HTML"}}
<nav class="crumbs" aria-label="Breadcrumb"><a href="/dashboard/settings">Settings</a><i class="icon flip i-chevron-right"></i><span aria-current="page">Do not call</span></nav>
<div class="head"><div class="head-text"><h1>Do not call</h1>
<p class="sub"><span>No campaign of this workspace calls a number that is on one of these lists.</span></p></div></div>
<div class="form narrow">
{{#WARNING}}
<p class="notice"><i class="icon i-triangle-alert"></i><span>{{TEXT}}</span></p>
{{/WARNING}}
<form class="card form" method="get" action="/dashboard/settings/do-not-call" role="search" aria-labelledby="t-lookup">
<h2 id="t-lookup">Look up a number</h2>
<div class="f{{#LOOKUP_BAD}} bad{{/LOOKUP_BAD}}"><label for="q-number">Phone number to look up</label><span class="field-box"><input id="q-number" name="number" type="tel" value="{{ASKED}}" autocomplete="off" required{{#LOOKUP_BAD}} aria-invalid="true" aria-describedby="e-number" autofocus{{/LOOKUP_BAD}}></span>{{#LOOKUP_BAD}}<p class="err" id="e-number" role="alert"><i class="icon i-circle-alert"></i><span>{{WHY}}</span></p>{{/LOOKUP_BAD}}</div>
<div class="foot-bar"><button type="submit" class="btn"><i class="icon i-search"></i>Look up</button></div>
</form>
{{#ANSWER}}
<section class="card prose wide" id="answer" role="status">
{{#BARRED}}<h2>+{{PHONE}} is not called</h2>{{/BARRED}}{{#FREE}}<h2>+{{PHONE}} may be called</h2><p>{{#FOUND}}Every date has passed.{{/FOUND}} No do-not-call list bars it now.</p>{{/FREE}}
</section>
{{#FOUND}}
<div class="scroll-x" role="region" aria-label="Lists with this number" tabindex="0"><table class="pool many"><thead><tr><th scope="col">List</th><th scope="col">Since</th><th scope="col">Added by</th><th scope="col">Until</th><th scope="col">Reason</th></tr></thead><tbody>
{{#ENTRY}}<tr{{#PAST}} class="past"{{/PAST}}><th scope="row"><a href="/dashboard/settings/do-not-call/{{PLACE}}"><bdi>{{LIST_NAME}}</bdi></a></th><td>{{>SINCE}}</td><td><bdi>{{BY}}</bdi></td><td>{{#UNTIL}}{{>LAST}}{{/UNTIL}}{{#FOR_GOOD}}For good{{/FOR_GOOD}}{{#PAST}}<span class="vh">, past</span>{{/PAST}}</td><td><bdi>{{REASON}}</bdi></td></tr>
{{/ENTRY}}</tbody></table></div>
{{/FOUND}}
{{/ANSWER}}
<div class="scroll-x" role="region" aria-label="Do-not-call lists" tabindex="0"><table class="pool many"><thead><tr><th scope="col">List</th><th scope="col">Kind</th><th scope="col">Numbers</th><th scope="col">Imported</th><th scope="col">Highest age</th><th scope="col">Source</th></tr></thead><tbody>
{{#LIST}}<tr><th scope="row"><a href="/dashboard/settings/do-not-call/{{PLACE}}"><bdi>{{NAME}}</bdi></a></th><td>{{KIND}}</td><td>{{NUMBERS}}</td><td>{{#IMPORTED}}{{>AT}}{{/IMPORTED}}{{#NEVER}}Never{{/NEVER}}{{#STALE}} <span class="badge paused">Too old</span>{{/STALE}}</td><td>{{#AGED}}{{DAYS}}{{/AGED}}</td><td><bdi>{{SOURCE}}</bdi></td></tr>
{{/LIST}}</tbody></table></div>
{{#MAY_ADD}}
<form class="card form" method="post" action="/dashboard/settings/do-not-call" novalidate>
<input type="hidden" name="csrf" value="{{CSRF}}">
<h2>Add a number to the own list</h2>
{{>INPUT}}
<div class="foot-bar"><button type="submit" class="btn btn-primary"><i class="icon i-plus"></i>Add number</button></div>
</form>
{{/MAY_ADD}}
{{#MAY_MAKE}}
<form class="card form" method="post" action="/dashboard/settings/do-not-call/new" novalidate>
<input type="hidden" name="csrf" value="{{CSRF}}">
<h2>Add a list</h2>
{{#KINDS}}<div class="f{{#BAD}} bad{{/BAD}}"><label for="f-kind">Kind</label><span class="select"><select id="f-kind" name="kind"{{#BAD}} aria-invalid="true" aria-describedby="e-kind"{{/BAD}}>{{#KIND}}<option value="{{VALUE}}"{{#ON}} selected{{/ON}}>{{TEXT}}</option>{{/KIND}}</select><i class="icon i-chevron-down"></i></span>{{#BAD}}<p class="err" id="e-kind" role="alert"><i class="icon i-circle-alert"></i><span>{{WHY}}</span></p>{{/BAD}}</div>{{/KINDS}}
{{>INPUT}}
<div class="foot-bar"><button type="submit" class="btn"><i class="icon i-plus"></i>Add list</button></div>
</form>
{{/MAY_MAKE}}
</div>
