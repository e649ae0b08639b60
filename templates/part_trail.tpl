{{%AUTOESCAPE context="HTML"}}
{{#NONE}}<p class="help">There was no attempt.</p>{{/NONE}}
{{#SOME}}<div class="scroll-x" role="region" aria-label="Attempts" tabindex="0"><table class="pool"><thead><tr><th scope="col">Attempt</th><th scope="col">Sent</th><th scope="col">Outcome</th><th scope="col">From</th><th scope="col">Carrier</th><th scope="col">Rang</th><th scope="col">Talked</th></tr></thead><tbody>
{{#ATTEMPT}}<tr><th scope="row">{{SEQ}}</th><td>{{#SENT}}{{>AT}}{{/SENT}}</td><td>{{OUTCOME}}{{#REASON}} <small>{{TEXT}}</small>{{/REASON}}{{#NOT_COUNTED}} <small>Not counted</small>{{/NOT_COUNTED}}</td><td>{{CALLER}}</td><td><bdi>{{CARRIER}}</bdi></td><td>{{RING}}</td><td>{{TALK}}</td></tr>
{{/ATTEMPT}}</tbody></table></div>{{/SOME}}
