{{%AUTOESCAPE context="HTML"}}
<pre tabindex="0" data-language="python"><code>import json, os, urllib.request

request = urllib.request.Request(
    "{{URL}}",
    data=json.dumps({{BODY}}).encode(),
    headers={"Authorization": "Bearer " + os.environ["OUTDIAL_API_KEY"],
             "Content-Type": "application/json"},
)
with urllib.request.urlopen(request) as answer:
    print(answer.read().decode())
</code></pre><button type="button" class="icon-btn i-copy copy tip" data-copy="" aria-label="Copy the Python program"></button>
