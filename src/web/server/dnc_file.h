/*
 * dnc_file.h - a file that was received, read into a do-not-call list.
 */
#ifndef WEB_SERVER_DNC_FILE_H
#define WEB_SERVER_DNC_FILE_H

struct dnc_import;
struct dnc_order;
struct fault;
struct request;
struct uploaded_file;

/* Reads the file for q->actor as dnc_import_run() does, and removes it.  The
 * order says which list, and whether the file replaces it. */
int dnc_file_import(struct request *q, const struct uploaded_file *file,
		    const struct dnc_order *order, struct dnc_import *out,
		    struct fault *f);

#endif
