{{%AUTOESCAPE context="HTML"}}
<nav class="crumbs" aria-label="Breadcrumb"><a href="{{BACK}}">Campaigns</a><i class="icon flip i-chevron-right"></i><span aria-current="page">New Campaign</span></nav>
<div class="head"><div class="head-text"><h1>New Campaign</h1></div></div>
<section class="card prose">
<h2>You have an unfinished campaign</h2>
<p><b><bdi>{{TITLE}}</bdi></b> was last saved on {{>AT}}.</p>
<p class="foot-bar"><a class="btn btn-primary" href="{{ROOT}}/{{WORD}}">Continue<i class="icon flip i-arrow-right"></i></a>
<button type="submit" form="act" class="btn" formaction="{{ROOT}}/discard?again=1">Discard and start over</button></p>
</section>
