/* What every unit test includes: cmocka, and the loop that runs a body again
 * and again, failing its 1st, 2nd, 3rd … allocation until it gets through. */
#ifndef CORACLE_TESTS_UNIT_H
#define CORACLE_TESTS_UNIT_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/base.h"

/* body returns < 0 when it could not do its work, else 0; it must clean up
 * either way (LeakSanitizer is watching) and must not have lost an error:
 * a run in which an allocation failed may still answer 0 only when the body
 * does not depend on that allocation. */
static inline void unit_fail_allocations(int (*body)(void *ctx), void *ctx)
{
    for (unsigned long n = 1;; n++) {
        assert_true(n < 1000000);
        mem_fail_at(n);
        int r = body(ctx);
        bool hit = mem_fail_hit();
        mem_fail_at(0);
        if (!hit) {
            assert_int_equal(r, 0);
            return;
        }
        assert_true(r <= 0);
    }
}

#define assert_str(s, text) \
    do { \
        struct str got_ = (s); \
        if (!str_is(got_, (text))) \
            fail_msg("got \"%.*s\", wanted \"%s\"", STR_FMT(got_), (const char *)(text)); \
    } while (0)
#define assert_done(call) \
    do { \
        int got_ = (call); \
        if (got_ != 0) \
            fail_msg("%s: %d (%s)", #call, got_, strerror(got_ < 0 ? -got_ : 0)); \
    } while (0)

#endif
