{{%AUTOESCAPE context="HTML"}}
<nav class="crumbs" aria-label="Breadcrumb"><a href="/dashboard/campaigns">Campaigns</a><i class="icon flip i-chevron-right"></i><a href="/dashboard/campaigns/{{ID}}"><bdi>{{NAME}}</bdi></a><i class="icon flip i-chevron-right"></i><span aria-current="page">Config</span></nav>
{{>HEAD}}
<div class="cards"><p class="help">{{#RUN}}Run {{NO}} began {{>AT}} with the settings beside those of now. {{/RUN}}Who changed what is on the page <a href="/dashboard/campaigns/{{ID}}/activity">Activity</a>.</p>
<div class="scroll-x" role="region" aria-label="Settings" tabindex="0"><table class="pool config"><thead><tr><th scope="col">Setting</th>{{#RUN}}<th scope="col">When run {{NO}} began</th>{{/RUN}}<th scope="col">Now</th></tr></thead><tbody>
{{#SETTING}}<tr{{#CHANGED}} class="changed"{{/CHANGED}}><th scope="row">{{LABEL}}</th>{{#THEN}}<td><bdi>{{VALUE}}</bdi></td>{{/THEN}}<td><bdi>{{NOW}}</bdi>{{#CHANGED}} <small>Changed</small>{{/CHANGED}}</td></tr>
{{/SETTING}}</tbody></table></div></div>
