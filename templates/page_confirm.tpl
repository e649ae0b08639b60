{{%AUTOESCAPE context="HTML"}}
{{#OF}}
<nav class="crumbs" aria-label="Breadcrumb"><a href="/dashboard/campaigns">Campaigns</a><i class="icon flip i-chevron-right"></i><a href="/dashboard/campaigns/{{ID}}"><bdi>{{NAME}}</bdi></a><i class="icon flip i-chevron-right"></i><span aria-current="page">{{LABEL}}</span></nav>
{{/OF}}
<form class="card confirm" method="post" action="{{ACTION}}" aria-labelledby="ask">
<div class="dialog-body">
<span class="dialog-mark{{#CALM}} calm{{/CALM}}"><i class="icon i-{{ICON}}"></i></span>
<h1 id="ask">{{#ABOUT}}{{BEFORE}}<bdi>{{WHAT}}</bdi>{{/ABOUT}}{{QUESTION}}</h1>
<p>{{CONSEQUENCE}}</p>
</div>
<input type="hidden" name="csrf" value="{{CSRF}}">
{{#PICKED}}<input type="hidden" name="id" value="{{ID}}">{{/PICKED}}
<input type="hidden" name="back" value="{{BACK}}">
<div class="dialog-foot">
<button type="submit" class="btn" name="confirm" value="0" autofocus>Cancel</button>
<button type="submit" class="btn {{#CALM}}btn-primary{{/CALM}}{{#GRAVE}}btn-danger{{/GRAVE}}" name="confirm" value="1">OK</button>
</div>
</form>
