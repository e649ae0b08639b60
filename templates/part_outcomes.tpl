{{%AUTOESCAPE context="HTML"}}
<table class="outcomes"><caption class="vh">Outcomes of {{OF}}</caption><thead class="vh"><tr><th scope="col">Outcome</th><th scope="col">Share</th><th scope="col">Attempts</th><th scope="col">Percent</th></tr></thead><tbody>
{{#OUTCOME}}<tr><th scope="row">{{LABEL}}</th><td><svg class="bar" aria-hidden="true" width="100%" height="6"><rect class="done" width="{{WIDTH}}%" height="100%"/></svg></td><td>{{COUNT}}</td><td>{{PERCENT}}</td></tr>
{{/OUTCOME}}</tbody></table>
