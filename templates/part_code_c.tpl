{{%AUTOESCAPE context="HTML"}}
<pre tabindex="0" data-language="c"><code>/* cc -o request request.c -lcurl */
#include &lt;curl/curl.h&gt;
#include &lt;stdio.h&gt;
#include &lt;stdlib.h&gt;

int
main(void)
{
	const char *key = getenv("OUTDIAL_API_KEY");
	char authorization[200];
	struct curl_slist *headers;
	CURLcode rc;
	CURL *curl;

	snprintf(authorization, sizeof(authorization),
		 "Authorization: Bearer %s", key ? key : "");
	curl_global_init(CURL_GLOBAL_DEFAULT);
	curl = curl_easy_init();
	headers = curl_slist_append(NULL, authorization);
	headers = curl_slist_append(headers, "Content-Type: application/json");
	curl_easy_setopt(curl, CURLOPT_URL, "{{URL}}");
	curl_easy_setopt(curl, CURLOPT_HTTPHEADER, headers);
	curl_easy_setopt(curl, CURLOPT_FAILONERROR, 1L);
	curl_easy_setopt(curl, CURLOPT_POSTFIELDS,
			 "{{BODY_IN_C}}");
	rc = curl_easy_perform(curl);
	if (rc)
		fprintf(stderr, "%s\n", curl_easy_strerror(rc));
	curl_slist_free_all(headers);
	curl_easy_cleanup(curl);
	curl_global_cleanup();
	return rc ? 1 : 0;
}
</code></pre><button type="button" class="icon-btn i-copy copy tip" data-copy="" aria-label="Copy the C program"></button>
