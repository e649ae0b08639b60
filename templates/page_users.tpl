{{%AUTOESCAPE context="HTML"}}
<nav class="crumbs" aria-label="Breadcrumb"><a href="/dashboard/settings">Settings</a><i class="icon flip i-chevron-right"></i><span aria-current="page">Users</span></nav>
<div class="head"><div class="head-text"><h1>Users</h1>
<p class="sub"><span>Who may sign in to this workspace, and what they may do.</span></p></div></div>
<div class="form narrow">
{{#FORMS}}
<form class="card form" method="post" action="/dashboard/settings/users" novalidate>
<input type="hidden" name="csrf" value="{{CSRF}}">
<h2>Invite a user</h2>
<div class="frow">
<div class="f{{#BAD_EMAIL}} bad{{/BAD_EMAIL}}"><label for="f-email">E-mail</label><span class="field-box"><input id="f-email" name="email" type="email" autocomplete="off" required value="{{EMAIL}}"{{#BAD_EMAIL}} aria-describedby="e-email"{{/BAD_EMAIL}}{{#BAD_EMAIL}} aria-invalid="true" autofocus{{/BAD_EMAIL}}></span>{{#BAD_EMAIL}}<p class="err" id="e-email" role="alert"><i class="icon i-circle-alert"></i><span>{{WHY}}</span></p>{{/BAD_EMAIL}}</div>
<div class="f{{#BAD_NAME}} bad{{/BAD_NAME}}"><label for="f-name">Name <span class="opt">optional</span></label><span class="field-box"><input id="f-name" name="name" type="text" autocomplete="off" value="{{NAME}}"{{#BAD_NAME}} aria-describedby="e-name"{{/BAD_NAME}}{{#BAD_NAME}} aria-invalid="true" autofocus{{/BAD_NAME}}></span>{{#BAD_NAME}}<p class="err" id="e-name" role="alert"><i class="icon i-circle-alert"></i><span>{{WHY}}</span></p>{{/BAD_NAME}}</div>
</div>
<div class="f{{#BAD_ROLE}} bad{{/BAD_ROLE}}"><label for="f-role">Role</label><span class="select"><select id="f-role" name="role" aria-describedby="h-role{{#BAD_ROLE}} e-role{{/BAD_ROLE}}"{{#BAD_ROLE}} aria-invalid="true"{{/BAD_ROLE}}>
{{#ROLE_OPTION}}<option value="{{WORD}}"{{#ON}} selected{{/ON}}>{{LABEL}}</option>
{{/ROLE_OPTION}}</select><i class="icon i-chevron-down"></i></span><p class="help" id="h-role">{{ROLE_HELP}}</p>{{#BAD_ROLE}}<p class="err" id="e-role" role="alert"><i class="icon i-circle-alert"></i><span>{{WHY}}</span></p>{{/BAD_ROLE}}</div>
<div class="foot-bar"><button type="submit" class="btn btn-primary"><i class="icon i-plus"></i>Invite</button></div>
</form>
{{/FORMS}}
<div class="scroll-x" role="region" aria-label="Users" tabindex="0"><table class="pool"><thead><tr><th scope="col">Name</th><th scope="col">E-mail</th><th scope="col">Role</th><th scope="col">Status</th></tr></thead><tbody>
{{#USER}}<tr><th scope="row">{{#LINKED}}<a href="/dashboard/settings/users/edit?user={{ID}}"><bdi>{{NAME}}</bdi></a>{{/LINKED}}{{#PLAIN}}<bdi>{{NAME}}</bdi>{{/PLAIN}}{{#YOU}} (you){{/YOU}}</th><td><bdi>{{EMAIL}}</bdi></td><td>{{ROLE}}</td><td>{{#ACTIVE}}Active{{/ACTIVE}}{{#DISABLED}}Disabled{{/DISABLED}}{{#INVITED}}Invited{{#UNTIL}}, link valid until {{>AT}}{{/UNTIL}}{{#EXPIRED}}, link expired{{/EXPIRED}}{{/INVITED}}</td></tr>
{{/USER}}</tbody></table></div>
{{#TO_FIRST}}<p><a class="btn" href="/dashboard/settings/users">First page</a></p>{{/TO_FIRST}}
{{#MORE}}<p><a class="btn" href="/dashboard/settings/users?after={{AFTER}}">Next page<i class="icon flip i-chevron-right"></i></a></p>{{/MORE}}
</div>
