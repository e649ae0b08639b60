{{%AUTOESCAPE context="HTML"}}
<nav class="crumbs" aria-label="Breadcrumb"><a href="/dashboard/settings">Settings</a><i class="icon flip i-chevron-right"></i><a href="/dashboard/settings/users">Users</a><i class="icon flip i-chevron-right"></i><span aria-current="page"><bdi>{{TITLE}}</bdi></span></nav>
<div class="head"><div class="head-text"><h1><bdi id="u-name">{{TITLE}}</bdi></h1>
<p class="sub"><span><bdi>{{ADDRESS}}</bdi></span>{{#ACTIVE}}<span>Active</span>{{/ACTIVE}}{{#DISABLED}}<span>Disabled</span>{{/DISABLED}}{{#INVITED}}<span>Invited{{#UNTIL}}, link valid until {{>AT}}{{/UNTIL}}{{#EXPIRED}}, link expired{{/EXPIRED}}</span>{{/INVITED}}</p></div></div>
<div class="form narrow">
<form class="card form" method="post" action="/dashboard/settings/users/edit?user={{ID}}" novalidate>
<input type="hidden" name="csrf" value="{{CSRF}}">
<input type="hidden" name="version" value="{{VERSION}}">
<h2>Name and role</h2>
<div class="f{{#BAD_NAME}} bad{{/BAD_NAME}}"><label for="f-name">Name</label><span class="field-box"><input id="f-name" name="name" type="text" autocomplete="off" required value="{{NAME}}"{{#BAD_NAME}} aria-describedby="e-name"{{/BAD_NAME}}{{#BAD_NAME}} aria-invalid="true" autofocus{{/BAD_NAME}}></span>{{#BAD_NAME}}<p class="err" id="e-name" role="alert"><i class="icon i-circle-alert"></i><span>{{WHY}}</span></p>{{/BAD_NAME}}</div>
{{#ROLES}}
<div class="f{{#BAD_ROLE}} bad{{/BAD_ROLE}}"><label for="f-role">Role</label><span class="select"><select id="f-role" name="role" aria-describedby="h-role{{#BAD_ROLE}} e-role{{/BAD_ROLE}}"{{#BAD_ROLE}} aria-invalid="true"{{/BAD_ROLE}}>
{{#ROLE_OPTION}}<option value="{{WORD}}"{{#ON}} selected{{/ON}}>{{LABEL}}</option>
{{/ROLE_OPTION}}</select><i class="icon i-chevron-down"></i></span><p class="help" id="h-role">{{ROLE_HELP}}</p>{{#BAD_ROLE}}<p class="err" id="e-role" role="alert"><i class="icon i-circle-alert"></i><span>{{WHY}}</span></p>{{/BAD_ROLE}}</div>
{{/ROLES}}
{{#OWN}}
<p class="help">Your role is {{ROLE}}. Another administrator can change it, disable you or remove you.</p>
{{/OWN}}
<div class="foot-bar"><button type="submit" class="btn btn-primary">Save</button></div>
</form>
{{#LINK}}
<section class="card form">
{{#INVITE}}
<h2>Invitation</h2>
<p class="help">A new link takes the place of the one before. It is valid for {{LIFE}}.</p>
<div class="foot-bar"><button type="submit" form="act" class="btn" formaction="/dashboard/settings/users/link?user={{ID}}">New invitation link</button></div>
{{/INVITE}}
{{#RESET}}
<h2>Password</h2>
<p class="help">Make a link with which this user can set a new password. It is valid for {{LIFE}}. The present password works until then.</p>
<div class="foot-bar"><button type="submit" form="act" class="btn" formaction="/dashboard/settings/users/link?user={{ID}}">Password reset link</button></div>
{{/RESET}}
</section>
{{/LINK}}
{{#FACTOR}}
<section class="card form">
<h2>Second factor</h2>
<p class="help">If this user has lost their device and the recovery codes, switch the second factor off. They can set up another one.</p>
<div class="foot-bar"><button type="submit" form="act" class="btn" formaction="/dashboard/settings/users/second-factor?user={{ID}}">Switch second factor off</button></div>
</section>
{{/FACTOR}}
{{#REMOVE}}
<section class="card form">
<h2>Access</h2>
<p class="help">A disabled user is signed out at once and cannot sign in until enabled again.</p>
<div class="foot-bar">{{#ENABLE}}<button type="submit" form="act" class="btn" formaction="/dashboard/settings/users/enable?user={{ID}}">Enable</button>{{/ENABLE}}{{#DISABLE}}<button type="submit" form="act" class="btn" formaction="/dashboard/settings/users/disable?user={{ID}}" aria-describedby="u-name" hx-post="" hx-swap="none" hx-confirm="{{ASK}}"><i class="icon i-circle-pause"></i>Disable</button>{{/DISABLE}}
<button type="submit" form="act" class="btn delete" formaction="/dashboard/settings/users/remove?user={{ID}}" aria-describedby="u-name" hx-post="" hx-swap="none" hx-confirm="{{ASK}}"><i class="icon i-trash-2"></i>Remove</button></div>
</section>
{{/REMOVE}}
</div>
