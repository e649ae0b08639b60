/* attempt_report.h - the attempts of a run as a file, a line each
 * (doc/product.md 5.6). */
#ifndef WEB_EXPORT_ATTEMPT_REPORT_H
#define WEB_EXPORT_ATTEMPT_REPORT_H

#include <stdint.h>

struct fault;
struct record;
struct reply;
struct request;

/* What is asked for, by the parameters of the address. */
struct attempt_report_query {
	int64_t run;		 /* its number; 0: the current or last one */
	unsigned outcome;	 /* enum outcome; 0: any */
	const char *disposition; /* "": any */
	int64_t from, to;	 /* days of the workspace; 0: any */
	unsigned format;	 /* of export_format_words */
};
extern const struct record attempt_report_record;

/*
 * Answers with the file of the campaign in the address, a few thousand contacts
 * at a time; an XLSX file is made before it is sent, in the directory of
 * uploads.  FAULT_ABSENT: no such campaign or run.  FAULT_BUSY: the disk has no
 * room for the XLSX file.
 */
int attempt_report_answer(struct request *q, struct reply *r,
			  const struct attempt_report_query *asked,
			  struct fault *f);

#endif
