{{%AUTOESCAPE context="HTML"}}
<pre tabindex="0" data-language="javascript"><code>const answer = await fetch("{{URL}}", {
  method: "POST",
  headers: { Authorization: `Bearer ${process.env.OUTDIAL_API_KEY}`,
             "Content-Type": "application/json" },
  body: JSON.stringify({{BODY}}),
});
if (!answer.ok) throw new Error(await answer.text());
console.log(await answer.text());
</code></pre><button type="button" class="icon-btn i-copy copy tip" data-copy="" aria-label="Copy the JavaScript program"></button>
