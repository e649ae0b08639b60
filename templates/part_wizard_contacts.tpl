{{%AUTOESCAPE context="HTML"}}
<div id="contacts" class="form" data-state="{{STATE}}" hx-get="{{ROOT}}/progress?step={{WORD}}" hx-trigger="file{{#LIVE}}, every 1s{{/LIVE}}" hx-target="this" hx-swap="outerMorph">
{{#COMING}}
<section class="card" id="coming" aria-labelledby="coming-title" hidden>
<h2 id="coming-title" tabindex="-1"><bdi></bdi></h2>
<progress max="100" value="0" aria-labelledby="coming-title"></progress>
<p class="help"></p>
<p class="err" role="alert" hidden></p>
<div class="foot-bar"><button type="button" class="btn btn-primary" data-again hidden>Try again</button><button type="button" class="btn" data-abort>Cancel</button></div>
</section>
{{/COMING}}
{{#LOCKED}}<section class="card"><h2>Contact list</h2><p class="fixed" id="f-contacts"><i class="icon i-lock"></i>{{TOTAL}} contacts</p><p class="help">The contact list is locked after the first run. To use another list, clone the campaign.</p></section>{{/LOCKED}}
{{#READING}}
<section class="card" aria-labelledby="upload-title">
<h2 id="upload-title" tabindex="-1"><bdi>{{FILE}}</bdi></h2>
<svg class="bar" role="progressbar" aria-label="Rows read, {{FILE}}" aria-valuemin="0" aria-valuemax="100" aria-valuenow="{{PERCENT}}" width="100%" height="10"><rect class="conn" width="{{WIDTH}}%" height="100%"/></svg>
<p class="help">{{PHASE}}</p>
<dl class="counts">{{#COUNT}}<div><dt>{{LABEL}}</dt><dd>{{VALUE}}</dd></div>{{/COUNT}}</dl>
<p><button type="submit" form="step" name="go" value="cancel" class="btn"><i class="icon i-x"></i>Cancel</button> <noscript><a class="btn" href="{{ROOT}}/{{WORD}}">Show the progress</a></noscript></p>
</section>
{{/READING}}
{{#DONE}}
<section class="card" aria-labelledby="upload-title">
<h2 id="upload-title" tabindex="-1"><i class="icon i-circle-check"></i> <bdi>{{FILE}}</bdi></h2>
<p class="help" role="status">The whole file has been read. It becomes the campaign’s contact list when you {{SAVE}}.</p>
<dl class="counts">{{#COUNT}}<div><dt>{{LABEL}}</dt><dd>{{VALUE}}</dd></div>{{/COUNT}}</dl>
{{#WARNED}}<p class="notice"><i class="icon i-triangle-alert"></i><span>{{TEXT}}</span></p>{{/WARNED}}
{{#REJECTS}}<p><a class="btn" href="{{ROOT}}/rejected/export" download><i class="icon i-download"></i>Download the rejected rows</a></p>{{/REJECTS}}
<div class="scroll-x" role="region" aria-label="First rows of the file" tabindex="0"><table class="preview"><thead><tr>{{#HEADER}}<th scope="col"><bdi>{{TEXT}}</bdi></th>{{/HEADER}}</tr></thead><tbody>
{{#ROW}}<tr>{{#CELL}}<td><bdi>{{TEXT}}</bdi></td>{{/CELL}}</tr>
{{/ROW}}</tbody></table></div>
<p><button type="submit" form="step" name="go" value="cancel" class="btn"><i class="icon i-trash-2"></i>Use another file</button></p>
</section>
{{/DONE}}
{{#TOLD}}
{{#TAKEN}}<p class="notice calm" role="status" id="told" tabindex="-1"><i class="icon i-circle-check"></i><span><b><bdi>{{FILE}}</bdi></b> has been read: {{COUNTS}}. <a href="{{ROOT}}/contacts">View the file</a></span></p>{{/TAKEN}}
{{#NOT_TAKEN}}<div class="err-sum" role="alert" id="told" tabindex="-1"><h2>The file was not accepted</h2><p><b><bdi>{{FILE}}</bdi></b>: {{WHY}}</p><p><a href="{{ROOT}}/contacts">Choose another file</a></p></div>{{/NOT_TAKEN}}
{{/TOLD}}
{{#FAILED}}
<div class="err-sum" role="alert"><h2 id="upload-title" tabindex="-1">The file was not accepted</h2><p><b><bdi>{{FILE}}</bdi></b>: {{WHY}}</p>{{#REJECTS}}<p><a href="{{ROOT}}/rejected/export" download>Download the rejected rows</a></p>{{/REJECTS}}{{#KEEP}}<p><button type="submit" form="step" name="go" value="cancel" class="btn">Keep the {{TOTAL}} contacts</button></p>{{/KEEP}}</div>
{{/FAILED}}
{{#FORM}}
{{#KEEP}}<section class="card"><h2>Contact list</h2><p>{{TOTAL}} contacts. A new file replaces them when you save, once it is complete and valid.</p></section>{{/KEEP}}
<form class="card form upload" id="upload" method="post" action="{{ROOT}}/upload" enctype="multipart/form-data">
<input type="hidden" name="csrf" value="{{CSRF}}">
<h2>Upload contacts</h2>
<div class="drop"><i class="icon i-upload"></i><label for="f-contacts">CSV file</label><input id="f-contacts" type="file" name="file" accept=".csv,.txt,text/csv" required aria-describedby="h-contacts"><p class="drop-hint">Drop a file here, or choose one.</p></div>
<div class="foot-bar"><button type="submit" class="btn"><i class="icon i-upload"></i>Upload</button></div>
<div class="help" id="h-contacts"><p>A CSV file in UTF-8. The first line must name the columns, and one of them must be <code>phone_number</code>. Every other column becomes a variable of the contact. Up to 5,000,000 rows or 1 GB.</p>{{#ALWAYS_ON}}<p>An always-on campaign needs no file: contacts can be added over time.</p>{{/ALWAYS_ON}}</div>
</form>
{{/FORM}}
</div>
