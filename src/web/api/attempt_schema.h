/*
 * attempt_schema.h - an attempt as the API shows it.
 */
#ifndef WEB_API_ATTEMPT_SCHEMA_H
#define WEB_API_ATTEMPT_SCHEMA_H

#include <stdbool.h>
#include <stdint.h>

struct attempt_row;
struct request;
struct result_site;
struct schema;

/* In the order of enum live_state, after those that are over. */
extern const char *const attempt_state_words[];

struct attempt_shown {
	const char *attempt_id, *contact, *phone_number;
	int64_t attempt;
	unsigned state; /* 0: ended, else enum live_state and 1 */
	unsigned outcome;
	bool counted;
	int64_t sip_code, q850_cause; /* -1: not reported */
	const char *reason, *sip_phrase;
	unsigned hung_up_by;
	int64_t sent_at, ring_ms, talk_ms, join_ms, number_id, carrier_id;
	const char *result_url; /* NULL: none */
};
extern const struct schema attempt_schema;

/* 'site' is that of api_result_site(). */
struct attempt_shown attempt_show(const struct request *q,
				  const struct result_site *site,
				  const struct attempt_row *row);

#endif
