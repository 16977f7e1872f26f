/** Tests of the sandbox's own machinery over real sockets. Platforms are tested in their folders. */
@NullMarked
package kembali.sandbox;

import org.jspecify.annotations.NullMarked;
