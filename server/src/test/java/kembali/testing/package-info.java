/**
 * What tests of several features share: fresh databases, a whole hub without the web server, a fake
 * of Meta on loopback, leads to submit, and waiting with an end. No test lives here.
 */
@NullMarked
package kembali.testing;

import org.jspecify.annotations.NullMarked;
