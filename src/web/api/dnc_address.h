/*
 * dnc_address.h - the do-not-call list that an address of the API names: "own"
 * or an id.
 */
#ifndef WEB_API_DNC_ADDRESS_H
#define WEB_API_DNC_ADDRESS_H

#include <stdint.h>

struct dnc_list;
struct fault;
struct request;

/* The id; FAULT_ABSENT: it cannot be one. */
int dnc_address_id(const struct request *q, int64_t *id, struct fault *f);

/* The list itself; FAULT_ABSENT: the workspace has no such list. */
int dnc_address_list(struct request *q, struct dnc_list *out, struct fault *f);

#endif
