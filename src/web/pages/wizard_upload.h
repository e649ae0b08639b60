/* wizard_upload.h - the file of the fourth step; see wizard.c. */
#ifndef WEB_PAGES_WIZARD_UPLOAD_H
#define WEB_PAGES_WIZARD_UPLOAD_H

#include "web/server/route.h"

struct wizard_request;

handler_fn wizard_upload, wizard_upload_progress, wizard_upload_rejected;

/* Cancels the upload and detaches its file; there may be none. */
int wizard_upload_cancel(struct wizard_request *s, struct fault *f);

#endif
