{{%AUTOESCAPE context="HTML"}}
<section id="strip" aria-label="Now" data-running="{{RUNNING}}">
{{#HELD}}
<div class="banner hold">
<i class="icon i-circle-pause"></i>
<p><b>On hold</b> since {{>SINCE}} by <bdi>{{BY}}</bdi>. This workspace places no new calls; calls in progress finish.</p>
{{#MAY}}<button type="submit" form="act" id="hold" class="btn" formaction="/dashboard/release" hx-post="" hx-target="#strip" hx-swap="outerMorph" hx-sync="this:drop"><i class="icon i-play"></i>Release</button>{{/MAY}}
</div>
{{/HELD}}
{{#DOWN}}
<p class="banner"><i class="icon i-triangle-alert"></i><span>{{COUNT}} {{NOUN}} off because the address failed: programs there get no more events.{{#REPAIR}} <a href="/dashboard/settings/webhooks">Webhooks</a>{{/REPAIR}}</span></p>
{{/DOWN}}
{{#ALARMS}}
<div class="banner alarm">
<i class="icon i-triangle-alert"></i>
<ul>{{#ALARM}}<li><a href="/dashboard/campaigns/{{ID}}"><bdi>{{NAME}}</bdi></a> {{TEXT}} <span class="when">{{>AT}}</span></li>{{/ALARM}}{{#MORE}}<li>{{COUNT}} more in the last 24 hours</li>{{/MORE}}</ul>
{{#MAY}}<button type="submit" form="act" id="alarms-dismiss" class="btn" formaction="/dashboard/alarms/dismiss?upto={{UPTO}}" hx-post="" hx-target="#strip" hx-swap="outerMorph" hx-sync="this:drop"><i class="icon i-x"></i>Dismiss</button>{{/MAY}}
</div>
{{/ALARMS}}
<dl class="strip card"{{#BARE}} tabindex="0"{{/BARE}}>
<div><dt>Dialling now</dt><dd>{{DIALLING}} <small>{{OF_RUNNING}}</small>{{#MAY_HOLD}}<button type="submit" form="act" id="hold" class="btn small" formaction="/dashboard/hold" hx-post="" hx-target="#strip" hx-swap="outerMorph" hx-sync="this:drop"><i class="icon i-pause"></i>Hold all</button>{{/MAY_HOLD}}</dd></div>
<div><dt>Calls per minute</dt><dd>{{PER_MINUTE}} <small>{{OF_ALLOWED}}</small></dd></div>
<div><dt>Answered today</dt><dd>{{ANSWERED}} <small>{{OF_ENDED}}</small></dd></div>
<div><dt>Calling hours</dt><dd>{{WINDOWS}} <small>{{WINDOWS_NOTE}}</small></dd></div>
</dl>
</section>
