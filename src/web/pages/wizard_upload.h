/* wizard_upload.h - the file of the fourth step; see wizard.c. */
#ifndef WEB_PAGES_WIZARD_UPLOAD_H
#define WEB_PAGES_WIZARD_UPLOAD_H

#include <stdint.h>

#include "web/server/route.h"

struct wizard_request;

handler_fn wizard_upload, wizard_upload_progress, wizard_upload_rejected;

/* Cancels the upload and detaches its file; there may be none. */
int wizard_upload_cancel(struct wizard_request *s, struct fault *f);

/* Cancels an upload with upload_cancel() and removes its file. */
int wizard_drop_upload(struct wizard_request *s, int64_t id, struct fault *f);

#endif
