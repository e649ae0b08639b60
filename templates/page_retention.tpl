{{%AUTOESCAPE context="HTML"}}
<nav class="crumbs" aria-label="Breadcrumb"><a href="/dashboard/settings">Settings</a><i class="icon flip i-chevron-right"></i><span aria-current="page">Data retention</span></nav>
<div class="head"><div class="head-text"><h1>Data retention</h1>
<p class="sub"><span>How long this workspace keeps whom it called.</span></p></div></div>
<div class="form narrow">
{{#FORM}}
<form class="card form" method="post" action="/dashboard/settings/retention" novalidate>
<input type="hidden" name="csrf" value="{{CSRF}}">
<input type="hidden" name="was" value="{{WAS}}">
<div class="f{{#BAD}} bad{{/BAD}}"><label for="f-keep_days">{{LABEL}}</label><span class="field-box"><input id="f-keep_days" name="keep_days" type="number" inputmode="numeric" min="0" max="3650" value="{{DAYS}}" autocomplete="off" required aria-describedby="h-keep_days{{#BAD}} e-keep_days{{/BAD}}"{{#BAD}} aria-invalid="true" autofocus{{/BAD}}><span class="unit">days</span></span><p class="help" id="h-keep_days">{{HELP}} At least {{LEAST}} days.</p>{{#BAD}}<p class="err" id="e-keep_days" role="alert"><i class="icon i-circle-alert"></i><span>{{WHY}}</span></p>{{/BAD}}</div>
<div class="foot-bar"><button type="submit" class="btn btn-primary">Save</button></div>
</form>
{{/FORM}}
<section class="card prose wide"><h2>{{NOW}}</h2>
<p>What goes first, {{WHEN}}:</p>
<ol><li>The numbers, variables and external IDs of contacts, when no other run or draft needs their list. They cannot be called again.</li><li>The numbers of the run’s attempts.</li></ol>
<p>Rejected rows of uploaded files are deleted 30 days after the upload in any case. Outcomes, times and all figures stay. Campaigns that are drafts, running or paused lose nothing.</p></section>
</div>
