{{%AUTOESCAPE context="HTML"}}
<nav class="crumbs" aria-label="Breadcrumb"><a href="/dashboard/settings">Settings</a><i class="icon flip i-chevron-right"></i><span aria-current="page">Holidays</span></nav>
<div class="head"><div class="head-text"><h1>Holidays</h1>
<p class="sub"><span>Campaigns that observe holidays make no calls on these days.</span></p></div></div>
<div class="form narrow">
{{#FORMS}}
<form class="card form" method="post" action="/dashboard/settings/holidays" novalidate>
<input type="hidden" name="csrf" value="{{CSRF}}">
<h2>Add a holiday</h2>
<div class="frow">
<div class="f{{#BAD_DAY}} bad{{/BAD_DAY}}"><label for="f-day">Day</label><span class="field-box"><input id="f-day" name="day" type="date" value="{{DAY}}" placeholder="2026-12-24" autocomplete="off" required{{#BAD_DAY}} aria-invalid="true" aria-describedby="e-day" autofocus{{/BAD_DAY}}></span>{{#BAD_DAY}}<p class="err" id="e-day" role="alert"><i class="icon i-circle-alert"></i><span>{{WHY}}</span></p>{{/BAD_DAY}}</div>
<div class="f{{#BAD_NAME}} bad{{/BAD_NAME}}"><label for="f-name">Name</label><span class="field-box"><input id="f-name" name="name" type="text" value="{{NAME}}" autocomplete="off" required{{#BAD_NAME}} aria-invalid="true" aria-describedby="e-name" autofocus{{/BAD_NAME}}></span>{{#BAD_NAME}}<p class="err" id="e-name" role="alert"><i class="icon i-circle-alert"></i><span>{{WHY}}</span></p>{{/BAD_NAME}}</div>
</div>
<div class="foot-bar"><button type="submit" class="btn btn-primary"><i class="icon i-plus"></i>Add</button></div>
</form>
<form class="card form" method="post" action="/dashboard/settings/holidays/upload" enctype="multipart/form-data">
<input type="hidden" name="csrf" value="{{CSRF}}">
<h2>Import a list</h2>
<div class="f{{#BAD_FILE}} bad{{/BAD_FILE}}"><label for="f-file">CSV file</label><input id="f-file" type="file" name="file" accept=".csv,.txt,text/csv" required aria-describedby="h-file{{#BAD_FILE}} e-file{{/BAD_FILE}}"{{#BAD_FILE}} aria-invalid="true" autofocus{{/BAD_FILE}}><p class="help" id="h-file">A CSV file in UTF-8 with the columns <code>day</code> (such as 2026-12-24) and <code>name</code>. A day that is already listed gets the new name.</p>{{#BAD_FILE}}<p class="err" id="e-file" role="alert"><i class="icon i-circle-alert"></i><span>{{WHY}}</span></p>{{/BAD_FILE}}</div>
<div class="foot-bar"><button type="submit" class="btn"><i class="icon i-upload"></i>Import</button></div>
</form>
{{/FORMS}}
{{#NONE}}
<section class="card prose wide"><h2>No holidays yet</h2><p>Campaigns make calls on every working day.</p></section>
{{/NONE}}
{{#SOME}}
<div class="scroll-x" role="region" aria-label="Holidays" tabindex="0"><table class="pool"><thead><tr><th scope="col">Day</th><th scope="col">Name</th>{{#KEEPER}}<th scope="col"><span class="vh">Delete</span></th>{{/KEEPER}}</tr></thead><tbody>
{{#HOLIDAY}}<tr{{#PAST}} class="past"{{/PAST}}><th scope="row"><time datetime="{{ISO}}">{{DAY}}</time>{{#PAST}}<span class="vh">, past</span>{{/PAST}}</th><td><bdi id="h-{{ISO}}">{{NAME}}</bdi></td>{{#DROP}}<td><button type="submit" form="act" class="icon-btn i-trash-2 delete tip tip-end" aria-label="Delete {{ISO}}" aria-describedby="h-{{ISO}}" formaction="/dashboard/settings/holidays/delete?day={{ISO}}" hx-post="" hx-swap="none" hx-confirm="{{ASK}}"></button></td>{{/DROP}}</tr>
{{/HOLIDAY}}</tbody></table></div>
{{/SOME}}
</div>
