/*
 * api_doc.h - doc/api.md: the API for people, made of the same lists as
 * openapi.json.
 */
#ifndef WEB_API_API_DOC_H
#define WEB_API_API_DOC_H

#include <stdio.h>

void api_doc_print(FILE *out);

#endif
