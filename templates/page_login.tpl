{{%AUTOESCAPE context="HTML"}}
<form class="card signin" method="post" action="/login">
<div class="brand"><span class="brand-mark"><i class="icon i-audio-lines"></i></span><span>Outdial</span></div>
<h1>Sign in</h1>
{{#WHY}}
<p class="said" role="status">{{TEXT}}</p>
{{/WHY}}
{{#WRONG}}
<p class="err" id="wrong" role="alert"><i class="icon i-circle-alert"></i><span>{{TEXT}}</span></p>
{{/WRONG}}
{{#WAIT}}
<p class="err" role="alert"><i class="icon i-clock"></i><span>{{TEXT}} at <time datetime="{{UTC}}" data-local>{{TIME}}</time>.</span></p>
{{/WAIT}}
<input type="hidden" name="next" value="{{NEXT}}">
<div class="f"><label for="email">E-mail</label><span class="field-box"><input id="email" name="email" type="email" autocomplete="username" required value="{{EMAIL}}"{{#FRESH}} autofocus{{/FRESH}}{{#WRONG}} aria-invalid="true" aria-describedby="wrong"{{/WRONG}}></span></div>
<div class="f"><label for="password">Password</label><span class="field-box"><input id="password" name="password" type="password" autocomplete="current-password" required{{#WRONG}} autofocus aria-invalid="true" aria-describedby="wrong"{{/WRONG}}></span></div>
<button type="submit" class="btn btn-primary">Sign in</button>
</form>
