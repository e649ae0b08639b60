{{%AUTOESCAPE context="HTML"}}
<nav class="crumbs" aria-label="Breadcrumb"><a href="/dashboard/account">Your account</a><i class="icon flip i-chevron-right"></i><span aria-current="page">Recovery codes</span></nav>
<div class="head"><div class="head-text"><h1>Recovery codes</h1>
<p class="sub"><span>The second factor is on.</span></p></div></div>
<div class="form narrow">
<section class="card form">
<p>Without your phone, each of these codes signs you in once instead of a code of the app. They are shown only now: print them or write them down.</p>
<ul class="codes">
{{#CODE}}<li><code>{{TEXT}}</code></li>
{{/CODE}}</ul>
<div class="foot-bar"><a class="btn btn-primary" href="/dashboard/account">Done</a></div>
</section>
</div>
