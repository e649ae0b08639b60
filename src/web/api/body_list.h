/*
 * body_list.h - bodies that are an object with one list in it, such as phone
 * numbers.
 */
#ifndef WEB_API_BODY_LIST_H
#define WEB_API_BODY_LIST_H

#include <stddef.h>

struct fault;
struct json;
struct record;
struct request;

/* What a body may have: the list, which it must have, and members of a field
 * table (NULL: none). */
struct body_list {
	const char *name;
	const struct record *record;
	size_t most; /* elements; at least one is needed */
};

/* Reads the members into 'base'; *out is the list.  FAULT_INVALID names the
 * member. */
int body_list_read(struct request *q, const struct body_list *b, void *base,
		   const struct json **out, struct fault *f);

/* The same for a list of strings; FAULT_INVALID names the element that is
 * none: "phone_numbers/3". */
struct body_texts {
	const char **at;
	size_t count;
};
int body_list_texts(struct request *q, const struct body_list *b, void *base,
		    struct body_texts *out, struct fault *f);

#endif
