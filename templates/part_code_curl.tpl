{{%AUTOESCAPE context="HTML"}}
<pre tabindex="0" data-language="curl"><code>curl -sS --fail-with-body -X POST '{{URL}}' \
  -H "Authorization: Bearer $OUTDIAL_API_KEY" \
  -H 'Content-Type: application/json' \
  -d '{{BODY}}'
</code></pre><button type="button" class="icon-btn i-copy copy tip" data-copy="" aria-label="Copy the curl command"></button>
