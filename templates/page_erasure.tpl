{{%AUTOESCAPE context="HTML"}}
<nav class="crumbs" aria-label="Breadcrumb"><a href="/dashboard/settings">Settings</a><i class="icon flip i-chevron-right"></i><span aria-current="page">Erase a person</span></nav>
<div class="head"><div class="head-text"><h1>Erase a person</h1>
<p class="sub"><span>Removes a phone number, and all that is known of the person, from every list, campaign and run of this workspace.</span></p></div></div>
<div class="form narrow">
<form class="card form" method="post" action="/dashboard/settings/erasure" novalidate>
<input type="hidden" name="csrf" value="{{CSRF}}">
<div class="f{{#BAD}} bad{{/BAD}}"><label for="f-phone">Phone number</label><span class="field-box"><input id="f-phone" name="phone" type="tel" value="{{PHONE}}" autocomplete="off" required aria-describedby="h-phone{{#BAD}} e-phone{{/BAD}}"{{#BAD}} aria-invalid="true" autofocus{{/BAD}}></span><p class="help" id="h-phone">With the country code, or as it is dialled in this workspace’s country. History keeps that there were calls, not to whom. A number on a do-not-call list stays there, so that it is not called. Any other can be called again if it is uploaded again.</p>{{#BAD}}<p class="err" id="e-phone" role="alert"><i class="icon i-circle-alert"></i><span>{{WHY}}</span></p>{{/BAD}}</div>
<label class="check"><input type="checkbox" name="sure" value="1" required{{#BAD_SURE}} aria-invalid="true" aria-describedby="e-sure"{{/BAD_SURE}}><span><b>Erase this person. It cannot be undone.</b></span></label>
{{#BAD_SURE}}<p class="err" id="e-sure" role="alert"><i class="icon i-circle-alert"></i><span>{{WHY}}</span></p>{{/BAD_SURE}}
<div class="foot-bar"><button type="submit" class="btn"><i class="icon i-trash-2"></i>Erase</button></div>
</form>
{{#SOME}}
<section class="card prose wide"><h2>Erasures</h2>
<ol class="erasures">
{{#ERASURE}}<li><b>{{STATE}}</b> asked for {{>AT}} by <bdi>{{BY}}</bdi>: {{COUNTS}}</li>
{{/ERASURE}}
</ol></section>
{{/SOME}}
</div>
