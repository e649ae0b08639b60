{{%AUTOESCAPE context="HTML"}}
<form class="card signin" method="post" action="{{ACTION}}" novalidate>
<div class="brand"><span class="brand-mark"><i class="icon i-audio-lines"></i></span><span>Outdial</span></div>
<h1>{{#WELCOME}}Welcome{{/WELCOME}}{{#RESET}}New password{{/RESET}}</h1>
<p class="said">{{#WELCOME}}You are invited to <bdi>{{WORKSPACE}}</bdi>. You will sign in as <bdi>{{ADDRESS}}</bdi>.{{/WELCOME}}{{#RESET}}<bdi>{{HOLDER}}</bdi>, set a new password for <bdi>{{ADDRESS}}</bdi>. You are then signed out everywhere else.{{/RESET}}</p>
<input type="hidden" name="username" value="{{ADDRESS}}" autocomplete="username">
{{#NAMED}}
<div class="f{{#BAD_NAME}} bad{{/BAD_NAME}}"><label for="f-name">Your name</label><span class="field-box"><input id="f-name" name="name" type="text" autocomplete="name" required value="{{NAME}}"{{#BAD_NAME}} aria-describedby="e-name"{{/BAD_NAME}}{{#BAD_NAME}} aria-invalid="true" autofocus{{/BAD_NAME}}></span>{{#BAD_NAME}}<p class="err" id="e-name" role="alert"><i class="icon i-circle-alert"></i><span>{{WHY}}</span></p>{{/BAD_NAME}}</div>
{{/NAMED}}
<div class="f{{#BAD_PASSWORD}} bad{{/BAD_PASSWORD}}"><label for="f-password">Password</label><span class="field-box"><input id="f-password" name="password" type="password" autocomplete="new-password" required aria-describedby="h-password{{#BAD_PASSWORD}} e-password{{/BAD_PASSWORD}}"{{#BAD_PASSWORD}} aria-invalid="true" autofocus{{/BAD_PASSWORD}}></span><p class="help" id="h-password">At least {{PASSWORD_MIN}} characters. Several unusual words are easy to remember.</p>{{#BAD_PASSWORD}}<p class="err" id="e-password" role="alert"><i class="icon i-circle-alert"></i><span>{{WHY}}</span></p>{{/BAD_PASSWORD}}</div>
<button type="submit" class="btn btn-primary">{{#WELCOME}}Accept{{/WELCOME}}{{#RESET}}Set password{{/RESET}}</button>
</form>
