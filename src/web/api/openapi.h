/*
 * openapi.h - the description of the API (OpenAPI 3.1), made of the lists of
 * its operations.
 */
#ifndef WEB_API_OPENAPI_H
#define WEB_API_OPENAPI_H

struct arena;
struct buf;

/* Writes the document; 'url' is the address of this installation. */
void openapi_write(struct buf *out, const char *url, struct arena *a);

#endif
