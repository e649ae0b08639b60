{{%AUTOESCAPE context="HTML"}}
<div class="head"><div class="head-text"><h1>Your account</h1>
<p class="sub"><span><bdi>{{NAME}}</bdi></span><span><bdi>{{EMAIL}}</bdi></span><span>{{ROLE}}</span></p></div></div>
<div class="form narrow">
<form class="card form" method="post" action="/dashboard/account">
<input type="hidden" name="csrf" value="{{CSRF}}">
<h2>Appearance</h2>
<div class="frow">
<div class="f{{#BAD_THEME}} bad{{/BAD_THEME}}"><label for="f-theme">Theme</label><span class="select"><select id="f-theme" name="theme" aria-describedby="h-theme{{#BAD_THEME}} e-theme{{/BAD_THEME}}"{{#BAD_THEME}} aria-invalid="true"{{/BAD_THEME}}>
{{#THEME}}<option value="{{WORD}}"{{#ON}} selected{{/ON}}>{{LABEL}}</option>
{{/THEME}}</select><i class="icon i-chevron-down"></i></span><p class="help" id="h-theme">{{THEME_HELP}}</p>{{#BAD_THEME}}<p class="err" id="e-theme" role="alert"><i class="icon i-circle-alert"></i><span>{{WHY}}</span></p>{{/BAD_THEME}}</div>
<div class="f{{#BAD_DENSITY}} bad{{/BAD_DENSITY}}"><label for="f-density">Density</label><span class="select"><select id="f-density" name="density" aria-describedby="h-density{{#BAD_DENSITY}} e-density{{/BAD_DENSITY}}"{{#BAD_DENSITY}} aria-invalid="true"{{/BAD_DENSITY}}>
{{#DENSITY}}<option value="{{WORD}}"{{#ON}} selected{{/ON}}>{{LABEL}}</option>
{{/DENSITY}}</select><i class="icon i-chevron-down"></i></span><p class="help" id="h-density">{{DENSITY_HELP}}</p>{{#BAD_DENSITY}}<p class="err" id="e-density" role="alert"><i class="icon i-circle-alert"></i><span>{{WHY}}</span></p>{{/BAD_DENSITY}}</div>
</div>
<div class="f"><label class="check"><input type="checkbox" name="letter_keys" value="yes"{{#KEYS}} checked{{/KEYS}} aria-describedby="h-keys"><span><b>Letter keys</b></span></label><p class="help" id="h-keys">{{KEYS_HELP}}</p></div>
<div class="foot-bar"><button type="submit" class="btn btn-primary">Save</button></div>
</form>
<form class="card form" method="post" action="/dashboard/account/password" novalidate>
<input type="hidden" name="csrf" value="{{CSRF}}">
<h2>Password</h2>
<div class="frow">
<div class="f{{#BAD_PRESENT}} bad{{/BAD_PRESENT}}"><label for="f-present">Present password</label><span class="field-box"><input id="f-present" name="present" type="password" autocomplete="current-password" required{{#BAD_PRESENT}} aria-describedby="e-present"{{/BAD_PRESENT}}{{#BAD_PRESENT}} aria-invalid="true" autofocus{{/BAD_PRESENT}}></span>{{#BAD_PRESENT}}<p class="err" id="e-present" role="alert"><i class="icon i-circle-alert"></i><span>{{WHY}}</span></p>{{/BAD_PRESENT}}</div>
<div class="f{{#BAD_PASSWORD}} bad{{/BAD_PASSWORD}}"><label for="f-password">New password</label><span class="field-box"><input id="f-password" name="password" type="password" autocomplete="new-password" required aria-describedby="h-password{{#BAD_PASSWORD}} e-password{{/BAD_PASSWORD}}"{{#BAD_PASSWORD}} aria-invalid="true" autofocus{{/BAD_PASSWORD}}></span><p class="help" id="h-password">At least {{PASSWORD_MIN}} characters. You are signed out everywhere else.</p>{{#BAD_PASSWORD}}<p class="err" id="e-password" role="alert"><i class="icon i-circle-alert"></i><span>{{WHY}}</span></p>{{/BAD_PASSWORD}}</div>
</div>
<div class="foot-bar"><button type="submit" class="btn">Change password</button></div>
</form>
{{#FACTOR_OFF}}
<section class="card form">
<h2>Second factor</h2>
<p class="help">With a second factor, signing in also takes a code from an app on your phone.</p>
<div class="foot-bar"><button type="submit" form="act" class="btn" formaction="/dashboard/account/second-factor">Set up</button></div>
</section>
{{/FACTOR_OFF}}
{{#FACTOR_ON}}
<form class="card form" method="post" action="/dashboard/account/second-factor/off" novalidate>
<input type="hidden" name="csrf" value="{{CSRF}}">
<h2>Second factor</h2>
<p class="help">The second factor is on. Recovery codes left: {{LEFT}}. To get new ones, switch it off and set it up again.</p>
<div class="f{{#BAD_FACTOR}} bad{{/BAD_FACTOR}}"><label for="f-factor">Your password</label><span class="field-box"><input id="f-factor" name="factor" type="password" autocomplete="current-password" required{{#BAD_FACTOR}} aria-invalid="true" aria-describedby="e-factor" autofocus{{/BAD_FACTOR}}></span>{{#BAD_FACTOR}}<p class="err" id="e-factor" role="alert"><i class="icon i-circle-alert"></i><span>{{WHY}}</span></p>{{/BAD_FACTOR}}</div>
<div class="foot-bar"><button type="submit" class="btn">Switch off</button></div>
</form>
{{/FACTOR_ON}}
<section class="card form">
<h2>Sessions</h2>
<div class="scroll-x" role="region" aria-label="Sessions" tabindex="0"><table class="pool"><thead><tr><th scope="col">Browser</th><th scope="col">Address</th><th scope="col">Signed in</th><th scope="col">Last seen</th><th scope="col"><span class="vh">Sign out</span></th></tr></thead><tbody>
{{#SESSION}}<tr><th scope="row" id="s-{{KEY}}">{{AGENT}}{{#THIS}} (this one){{/THIS}}</th><td>{{ADDRESS}}</td><td>{{>SINCE}}</td><td>{{>SEEN}}</td><td><button type="submit" form="act" class="icon-btn i-log-out tip tip-end" aria-label="Sign out" aria-describedby="s-{{KEY}}" formaction="/dashboard/account/sign-out?session={{KEY}}"></button></td></tr>
{{/SESSION}}</tbody></table></div>
<div class="foot-bar"><button type="submit" form="act" class="btn" formaction="/dashboard/account/sign-out-everywhere" hx-post="" hx-swap="none" hx-confirm="{{ASK}}"><i class="icon i-log-out"></i>Sign out everywhere</button></div>
</section>
</div>
