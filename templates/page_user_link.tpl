{{%AUTOESCAPE context="HTML"}}
<nav class="crumbs" aria-label="Breadcrumb"><a href="/dashboard/settings">Settings</a><i class="icon flip i-chevron-right"></i><a href="/dashboard/settings/users">Users</a><i class="icon flip i-chevron-right"></i><a href="/dashboard/settings/users/edit?user={{ID}}"><bdi>{{NAME}}</bdi></a><i class="icon flip i-chevron-right"></i><span aria-current="page">Link</span></nav>
<div class="head"><div class="head-text"><h1>{{#INVITATION}}Invitation{{/INVITATION}}{{#RESET}}New password{{/RESET}} for <bdi>{{NAME}}</bdi></h1></div></div>
<div class="form narrow">
<section class="card form">
<p>Send this link to <b><bdi>{{EMAIL}}</bdi></b>. Outdial sends no e-mail. The link is shown only now, works once and is valid for {{LIFE}}.</p>
<div class="f"><label for="f-link">Link</label><span class="field-box"><input id="f-link" type="text" readonly value="{{ADDRESS}}" autofocus><button type="button" class="icon-btn i-copy copy tip tip-end" aria-label="Copy link" data-copy="{{ADDRESS}}"></button></span></div>
<p class="help">Anyone who opens the link can sign in as this user, so send it in a way that only this user reads.</p>
<div class="foot-bar"><a class="btn" href="/dashboard/settings/users">Back to users</a></div>
</section>
</div>
