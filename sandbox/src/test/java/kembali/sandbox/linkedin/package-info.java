/** LinkedIn's stand-in, called as LinkedIn is called: over HTTP. */
@NullMarked
package kembali.sandbox.linkedin;

import org.jspecify.annotations.NullMarked;
