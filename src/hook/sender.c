#include "hook/sender.h"

#include <inttypes.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include <curl/curl.h>

#include "base/arena.h"
#include "base/buf.h"
#include "config.h"
#include "hook/address.h"

#define ANSWER_MOST 65536 /* bytes, header lines and body */
#define IDLE_MOST 64	  /* connections that are kept */

/* One request under way. */
struct transfer {
	struct sender *sender;
	struct transfer *next, **at;
	CURL *easy;
	struct curl_slist *headers;
	char *body;
	size_t read; /* bytes of the answer */
	void *arg;
	bool plain;   /* http:// */
	bool refused; /* an address was */
};

struct sender {
	const struct address_nets *nets;
	sender_fn *done;
	CURLM *multi;
	struct transfer *all;
};

struct sender *
sender_new(const struct address_nets *nets, sender_fn *done)
{
	struct sender *s = xcalloc(1, sizeof(*s));

	if (curl_global_init(CURL_GLOBAL_DEFAULT) ||
	    !(s->multi = curl_multi_init()))
		abort(); /* no memory */
	curl_multi_setopt(s->multi, CURLMOPT_MAXCONNECTS, (long)IDLE_MOST);
	s->nets = nets;
	s->done = done;
	return s;
}

static void
transfer_free(struct transfer *t)
{
	*t->at = t->next;
	if (t->next)
		t->next->at = t->at;
	curl_multi_remove_handle(t->sender->multi, t->easy);
	curl_easy_cleanup(t->easy);
	curl_slist_free_all(t->headers);
	free(t->body);
	free(t);
}

void
sender_drop(struct sender *s)
{
	while (s->all)
		transfer_free(s->all);
}

void
sender_free(struct sender *s)
{
	sender_drop(s);
	curl_multi_cleanup(s->multi);
	free(s);
}

/* Judges an address and opens its socket. */
static curl_socket_t
open_socket(void *transfer, curlsocktype purpose, struct curl_sockaddr *to)
{
	struct transfer *t = transfer;
	enum address_verdict v = address_judge(&to->addr, t->sender->nets);

	(void)purpose;
	if (v == ADDRESS_REFUSED || (t->plain && v != ADDRESS_ALLOWED)) {
		t->refused = true;
		return CURL_SOCKET_BAD;
	}
	return socket(to->family, to->socktype | SOCK_CLOEXEC, to->protocol);
}

/* Counts what is read; nobody reads it. */
static size_t
drop_answer(char *p, size_t size, size_t count, void *transfer)
{
	struct transfer *t = transfer;

	(void)p;
	t->read += size * count;
	return t->read > ANSWER_MOST ? 0 : size * count;
}

static void
add_header(struct transfer *t, struct buf *line)
{
	struct curl_slist *more = curl_slist_append(t->headers, line->data);

	if (!more)
		abort(); /* no memory */
	t->headers = more;
	buf_clear(line);
}

static void
set_headers(struct transfer *t, const struct post *p)
{
	struct buf line = BUF_INIT;

	buf_str(&line, "Content-Type: application/json");
	add_header(t, &line);
	buf_printf(&line, "webhook-id: %s", p->id);
	add_header(t, &line);
	buf_printf(&line, "webhook-timestamp: %" PRId64, p->timestamp);
	add_header(t, &line);
	buf_printf(&line, "webhook-signature: %s", p->signature);
	add_header(t, &line);
	/* Without this curl asks first whether it may send a body. */
	buf_str(&line, "Expect:");
	add_header(t, &line);
	buf_free(&line);
	curl_easy_setopt(t->easy, CURLOPT_HTTPHEADER, t->headers);
}

static void
set_options(struct transfer *t, const struct post *p)
{
	CURL *e = t->easy;

	curl_easy_setopt(e, CURLOPT_URL, p->url);
	curl_easy_setopt(e, CURLOPT_PROTOCOLS_STR, "http,https");
	curl_easy_setopt(e, CURLOPT_PROXY, "");
	curl_easy_setopt(e, CURLOPT_FOLLOWLOCATION, 0L);
	curl_easy_setopt(e, CURLOPT_NOSIGNAL, 1L);
	curl_easy_setopt(e, CURLOPT_HTTP_VERSION, (long)CURL_HTTP_VERSION_1_1);
	curl_easy_setopt(e, CURLOPT_USERAGENT,
			 PACKAGE_NAME "/" PACKAGE_VERSION);
	curl_easy_setopt(e, CURLOPT_CONNECTTIMEOUT_MS, (long)SEND_CONNECT_MS);
	curl_easy_setopt(e, CURLOPT_TIMEOUT_MS, (long)SEND_TOTAL_MS);
	curl_easy_setopt(e, CURLOPT_OPENSOCKETFUNCTION, open_socket);
	curl_easy_setopt(e, CURLOPT_OPENSOCKETDATA, t);
	curl_easy_setopt(e, CURLOPT_WRITEFUNCTION, drop_answer);
	curl_easy_setopt(e, CURLOPT_WRITEDATA, t);
	curl_easy_setopt(e, CURLOPT_HEADERFUNCTION, drop_answer);
	curl_easy_setopt(e, CURLOPT_HEADERDATA, t);
	curl_easy_setopt(e, CURLOPT_POSTFIELDS, t->body);
	curl_easy_setopt(e, CURLOPT_POSTFIELDSIZE, (long)p->len);
	curl_easy_setopt(e, CURLOPT_PRIVATE, t);
}

void
sender_post(struct sender *s, const struct post *p)
{
	struct transfer *t = xcalloc(1, sizeof(*t));

	t->sender = s;
	t->arg = p->arg;
	t->plain = address_url_is_plain(p->url);
	t->body = xmalloc(p->len + 1);
	memcpy(t->body, p->body, p->len + 1);
	t->next = s->all;
	t->at = &s->all;
	if (t->next)
		t->next->at = &t->next;
	s->all = t;
	if (!(t->easy = curl_easy_init()))
		abort(); /* no memory */
	set_options(t, p);
	set_headers(t, p);
	curl_multi_add_handle(s->multi, t->easy);
}

static const char *
why(const struct transfer *t, CURLcode code)
{
	if (t->refused)
		return t->plain ? "The address may not be sent to: http:// and "
				  "private networks need webhook_allow."
				: "The address may not be sent to: it is not "
				  "public.";
	return curl_easy_strerror(code);
}

static void
finish(struct sender *s, const CURLMsg *m)
{
	struct post_result r = { .error = "" };
	struct transfer *t = NULL;
	CURLcode code = m->data.result;
	curl_off_t us = 0;
	void *arg, *own = NULL;
	long status = 0;

	curl_easy_getinfo(m->easy_handle, CURLINFO_PRIVATE, &own);
	t = own;
	curl_easy_getinfo(t->easy, CURLINFO_TOTAL_TIME_T, &us);
	curl_easy_getinfo(t->easy, CURLINFO_RESPONSE_CODE, &status);
	/* Too much of an answer is as good as all of it; a part is not. */
	if (code == CURLE_OK || t->read > ANSWER_MOST)
		r.status = (int)status;
	if (!r.status)
		r.error = why(t, code);
	r.ms = us / 1000;
	arg = t->arg;
	transfer_free(t);
	s->done(arg, &r);
}

void
sender_turn(struct sender *s, int wait_ms)
{
	const CURLMsg *m;
	int running, left, got = 0;

	curl_multi_perform(s->multi, &running);
	while ((m = curl_multi_info_read(s->multi, &left)))
		if (m->msg == CURLMSG_DONE) {
			finish(s, m);
			got++;
		}
	/* A result may let the caller post the next one. */
	if (!got)
		curl_multi_poll(s->multi, NULL, 0, wait_ms, NULL);
}
