{{%AUTOESCAPE context="HTML"}}
<nav class="crumbs" aria-label="Breadcrumb"><a href="/dashboard/settings">Settings</a><i class="icon flip i-chevron-right"></i><span aria-current="page">Webhooks</span></nav>
<div class="head"><div class="head-text"><h1>Webhooks</h1>
<p class="sub"><span>Addresses of other programs that this workspace tells what happens to its calls, contacts and campaigns.</span></p></div></div>
<div class="form narrow">
{{#NONE}}
<section class="card prose wide"><h2>No webhooks yet</h2><p>Add the address of a program below. It gets its first events within two seconds.</p></section>
{{/NONE}}
{{#SOME}}
<div class="scroll-x" role="region" aria-label="Webhooks" tabindex="0"><table class="pool hooks"><thead><tr><th scope="col">State</th><th scope="col">Address and events</th></tr></thead><tbody>
{{#WEBHOOK}}<tr{{#OFF}} class="past"{{/OFF}}><td>{{STATE}}{{#SINCE}} since {{>AT}}{{/SINCE}}</td><th scope="row"><a href="/dashboard/settings/webhooks/{{ID}}"><bdi>{{URL}}</bdi></a>{{#ABOUT}}<br><small><bdi>{{DESCRIPTION}}</bdi></small>{{/ABOUT}}<br><small>{{KINDS}}</small></th></tr>
{{/WEBHOOK}}</tbody></table></div>
{{/SOME}}
<form class="card form" method="post" action="/dashboard/settings/webhooks" novalidate>
<input type="hidden" name="csrf" value="{{CSRF}}">
<h2>Add a webhook</h2>
{{>FIELDS}}
<div class="foot-bar"><button type="submit" class="btn btn-primary"><i class="icon i-plus"></i>Add</button></div>
</form>
<form class="card form" method="post" action="/dashboard/settings/webhooks/feed">
<input type="hidden" name="csrf" value="{{CSRF}}">
<h2>Event feed</h2>
<p class="help">Programs that cannot be reached from here read the events of the last seven days from the API instead: attempt.finished, contact.final and campaign.status. The feed is {{FEED}}.</p>
<div class="foot-bar"><button type="submit" class="btn" name="on" value="{{FEED_TO}}">{{FEED_ACTION}}</button></div>
</form>
</div>
